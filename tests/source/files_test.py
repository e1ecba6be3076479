from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.source import files


def read(path: Path | str) -> list[tuple[str, bytes | str]]:
    items = files.read(os.fsencode(path), files.buffer())
    return [('read', bytes(i.data)) if isinstance(i, Blob) else ('unread', i.reason) for i in items]


def test_files_links_and_nothing(tmp_path: Path) -> None:
    (tmp_path / 'empty').touch()
    (tmp_path / 'file').write_bytes(b'text')
    (tmp_path / 'link').symlink_to('file')
    (tmp_path / 'dangling').symlink_to('/nowhere/at all')
    (tmp_path / 'loop').symlink_to('loop')
    assert read(tmp_path / 'empty') == [('read', b'')]
    assert read(tmp_path / 'file') == [('read', b'text')]
    assert read(tmp_path / 'link') == [('read', b'file')]
    assert read(tmp_path / 'dangling') == [('read', b'/nowhere/at all')]
    assert read(tmp_path / 'loop') == [('read', b'loop')]
    assert read(tmp_path / 'missing') == [('unread', 'no such file or directory')]
    assert read(tmp_path / ('x' * 300)) == [('unread', 'file name too long')]


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / 'fifo')
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / 'socket'))
        assert read(tmp_path / 'fifo') == [('unread', 'a FIFO, not a file')]
        assert read(tmp_path / 'socket') == [('unread', 'a socket, not a file')]
    assert read(tmp_path) == [('unread', 'a folder, not a file')]
    for device in ('/dev/null', '/dev/zero', '/dev/urandom'):
        assert read(device) == [('unread', 'a device, not a file')]


def test_a_fifo_with_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / 'fifo')
    reader = os.open(tmp_path / 'fifo', os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(tmp_path / 'fifo', os.O_WRONLY)
    os.write(writer, b'x')
    assert read(tmp_path / 'fifo') == [('unread', 'a FIFO, not a file')]
    os.close(writer)
    os.close(reader)


def test_a_file_of_proc_has_no_size_but_contents() -> None:
    (kind, text), = read('/proc/self/status')
    assert (kind, text[:5]) == ('read', b'Name:')


def test_a_file_that_changes_under_the_read(tmp_path: Path) -> None:
    path = tmp_path / 'growing'
    path.write_bytes(b'x' * (4 << 20))
    items = files.read(os.fsencode(path), files.buffer())
    next(items)
    with path.open('ab') as file:
        file.write(b'more')
    os.utime(path, ns=(1, 1))
    *_, last = items
    assert isinstance(last, Unread)
    assert last.reason == 'changed while it was read'


@pytest.mark.skipif(os.geteuid() != 0, reason='gives its rights away')
def test_an_unreadable_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / 'secret').write_bytes(b'x')
    (tmp_path / 'secret').chmod(0)
    (tmp_path / 'closed').mkdir(mode=0)
    child = os.fork()
    if not child:
        os.seteuid(65534)
        wanted = [('unread', 'permission denied')]
        os._exit(0 if read(tmp_path / 'secret') == read(tmp_path / 'closed' / 'x') == wanted else 1)
    assert os.waitpid(child, 0)[1] == 0

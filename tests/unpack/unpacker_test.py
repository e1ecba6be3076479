"""How a source's blobs become containers: small and large files, streams, objects of git, what breaks off."""
from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pina_scan import token
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from tests.decode.sevenzip_test import packed
from tests.helpers.command import pina_scan
from tests.helpers.command import places
from tests.helpers.command import report
from tests.helpers.pack import scanned
from tests.helpers.pack import tarred
from tests.helpers.pack import zipped
from tests.helpers.repo import Repo

LARGE = os.urandom(3 << 20)


@pytest.fixture
def large() -> bytes:
    return zipped({'noise': LARGE, 'd/a.env': b'\n ' + token.make()})


def test_a_clean_container_is_clean(tmp_path: Path) -> None:
    (tmp_path / 'a.zip').write_bytes(zipped({'noise': LARGE, 'b': b'x'}))
    assert pina_scan('-q', cwd=tmp_path) == (0, '', '')
    assert pina_scan('hook', '--', 'a.zip', cwd=tmp_path) == (0, '', '')


def test_a_large_file_and_a_small_one(tmp_path: Path, large: bytes) -> None:
    (tmp_path / 'large.zip').write_bytes(large)
    (tmp_path / 'small.tgz').write_bytes(tarred({'a': token.make()}, 'w:gz'))
    (tmp_path / 'behind').write_bytes(b'#!/bin/sh\n' + os.urandom(2 << 20) + large)
    assert places(cwd=tmp_path) == [
        ('behind!d/a.env', 2, 2, 'high'), ('large.zip!d/a.env', 2, 2, 'high'), ('small.tgz!small.tar!a', 1, 1, 'high'),
    ]
    assert places('hook', '--', 'large.zip', cwd=tmp_path) == [('large.zip!d/a.env', 2, 2, 'high')]


def test_standard_input(large: bytes) -> None:
    assert places('-', stdin=large) == [('-!d/a.env', 2, 2, 'high')]
    assert places('-', stdin=gzip.compress(token.make())) == [('-!content', 1, 1, 'high')]


def test_a_stream_that_is_too_large_to_be_kept_is_unread(tmp_path: Path, large: bytes) -> None:
    (tmp_path / '.pina-scan.toml').write_text('[limits]\nmemory = 1000000\n')
    code, found = report('-', cwd=tmp_path, stdin=large)
    assert code == 2
    assert found['unread'] == [
        {'path': '-', 'reason': 'a container in a stream, too large to be kept in memory (limits.memory)'},
    ]


def test_what_is_staged(repo: Repo, large: bytes) -> None:
    repo.add('large.zip', large)
    repo.add('small.zip', zipped({'b': token.make()}))
    assert places('staged', cwd=repo.path) == [('large.zip!d/a.env', 2, 2, 'high'), ('small.zip!b', 1, 1, 'high')]
    _, found = report('staged', cwd=repo.path)
    objects = [repo.git('rev-parse', f':{name}').decode().strip() for name in ('large.zip', 'small.zip')]
    assert [finding['object'] for finding in found['findings']] == objects


def test_a_container_that_a_filter_changes_is_no_leak(repo: Repo) -> None:
    """git stores what the filter makes of it, here the same bytes turned round."""
    repo.write('.gitattributes', '*.zip filter=turned\n')
    turn = 'import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])'
    repo.git('config', 'filter.turned.clean', f'{sys.executable} -c "{turn}"')
    repo.add('a.zip', zipped({'b': token.make()}))
    assert pina_scan('hook', '--', 'a.zip', cwd=repo.path).code == 0
    repo.add('plain.jar', zipped({'b': token.make()}))
    assert pina_scan('hook', '--', 'a.zip', 'plain.jar', cwd=repo.path).code == 1


def test_a_finding_in_a_container_can_be_accepted(tmp_path: Path) -> None:
    (tmp_path / 'a.zip').write_bytes(zipped({'d/b': token.make()}))
    assert pina_scan('baseline', 'create', cwd=tmp_path).code == 0
    assert 'a.zip!d/b' in (tmp_path / '.pina-scan-baseline').read_text()
    assert pina_scan(cwd=tmp_path).code == 0


def test_a_container_that_breaks_off_keeps_what_was_found() -> None:
    secret = token.make()
    data = b'PK\5\6\0' + bytes(20) + secret + bytes(1 << 17)
    first = Blob(b'a', data, 0, 0, len(data) - (1 << 16), last=False)
    for after in ((), (Unread(b'a', 'changed while it was read'),), (Blob(b'b', b'x'),), (Blob(b'b', zipped({'c': b''})),)):
        results = list(scan([first, *after], Totals()))
        assert [r.path for r in results if isinstance(r, Finding)] == [b'a']


def test_a_tree_of_unread_members_is_told_in_few_words() -> None:
    secret = token.make()
    broken = bytearray(gzip.compress(os.urandom(500)))
    broken[60:80] = bytes(20)
    files = {f'{n}.gz': bytes(broken) for n in range(100)} | {f'{secret.decode()}.gz': bytes(broken), 'last': token.make()}
    findings, unread = scanned(zipped(files))
    assert len(unread) == 21
    assert unread[-1].reason == '81 more of what is in it could not be read'
    assert [f.line for f in findings] == [None, 1]


def test_a_token_in_the_outer_name_is_never_shown() -> None:
    secret = token.make()
    data = zipped({'a': b'x'})
    for content in (data[:-30], data, zipped({'a.gz': gzip.compress(os.urandom(99))[:-20]})):
        findings, unread = scanned(content, b'd/' + secret + b'.zip')
        assert [f.line for f in findings] == [None]
        assert all(secret not in path for path in (*(f.path for f in findings), *(u.path for u in unread)))


@pytest.mark.parametrize(('module', 'extra', 'data'), (
    ('py7zr', '7z', packed({'a': b'x'})), ('pypdf', 'pdf', b'%PDF-1.4\n'),
    ('backports.zstd', 'zstd', b'\x28\xb5\x2f\xfd' + bytes(20)), ('lz4.frame', 'lz4', b'\x04\x22\x4d\x18' + bytes(20)),
    ('olefile', 'ole', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(20)),
))
def test_a_missing_extra_is_unread(module: str, extra: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    if module.startswith('backports') and sys.version_info >= (3, 14):
        pytest.skip('comes with Python')
    for loaded in list(sys.modules):
        if loaded == module or loaded.startswith(module + '.'):
            monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delattr('backports.zstd', raising=False)
    secret = token.make()
    findings, unread = scanned(data + b'\n' + secret)
    assert [f.token_sha256 for f in findings] == [token.sha256(secret)]
    assert [u.reason for u in unread] == [f"its format needs an extra to be read: pip install 'pina-scan[{extra}]'"]


def test_text_loads_none_of_it(tmp_path: Path) -> None:
    (tmp_path / 'a').write_bytes(b'text\n' * 1000)
    (tmp_path / 'b.pyc').write_bytes(b'\xa7\r\r\n' + bytes(100))
    (tmp_path / 'c.png').write_bytes(b'\x89PNG\r\n\x1a\n' + bytes(100))
    script = (
        'import sys; from pina_scan.cli.main import main; assert main(["-q"]) == 0; '
        'print([m for m in sys.modules if m.startswith("pina_scan.decode.") or m.startswith("pina_scan.unpack")])'
    )
    done = subprocess.run(
        (sys.executable, '-c', script), cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])},
    )
    assert done.stdout == "['pina_scan.decode.containers', 'pina_scan.decode.encodings']\n"


@pytest.mark.parametrize('name', (b'a.zip', b'wow!.zip', b'a!b/c!d', b'x' + token.make() + b'.zip'))
def test_a_finding_says_which_file_it_is_in(name: bytes) -> None:
    secret = b'x' + token.make()
    nested = zipped({'in!side/b.tgz': tarred({'c.env': secret}, 'w:gz'), secret.decode(): b'', 'd': b'\0' + secret})
    found = [f for f in scan([Blob(name, nested), Blob(b'e!f', secret)], Totals()) if isinstance(f, Finding)]
    shown = token.scrub(name[:-4].decode()).encode() + name[-4:]
    files = {(finding.path[:len(finding.path) - finding.inner], bool(finding.inner)) for finding in found}
    own = {(shown, False)} if shown != name else set()
    assert files == {(shown, True), (b'e!f', False)} | own

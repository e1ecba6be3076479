"""What stands in a store in place of a file, or says what is not so: told of, never waited for, and the rest is found."""
from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import pytest

from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.gitrepo import Repo
from tests.helpers.gitrepo import add_pack
from tests.helpers.gitrepo import backwards
from tests.helpers.gitrepo import copy
from tests.helpers.gitrepo import entry_header
from tests.helpers.gitrepo import insert
from tests.helpers.gitrepo import make_delta
from tests.helpers.gitrepo import make_pack
from tests.helpers.gitrepo import object_id
from tests.helpers.history import found
from tests.helpers.history import pack_files
from tests.helpers.history import run

_ODD = '05' + 'a' * 38


def _in_store(repo: Repo, name: str) -> str:
    path = os.path.join(repo.path, '.git', 'objects', name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path):
        os.unlink(path)
    return path


def _first(repo: Repo, extension: str) -> str:
    return 'pack/' + os.path.basename(pack_files(repo, '.pack')[0])[:-5] + extension


def _fifo(name: str) -> Callable[[Repo], None]:
    return lambda repo: os.mkfifo(_in_store(repo, name))


def _fifo_beside(extension: str) -> Callable[[Repo], None]:
    return lambda repo: os.mkfifo(_in_store(repo, _first(repo, extension)))


def _endless(extension: str) -> Callable[[Repo], None]:
    return lambda repo: os.symlink('/dev/zero', _in_store(repo, _first(repo, extension)))


def _link(name: str, target: str) -> Callable[[Repo], None]:
    return lambda repo: os.symlink(target, _in_store(repo, name))


def _with_holes(extension: str) -> Callable[[Repo], None]:
    def change(repo: Repo) -> None:
        path = os.path.join(repo.path, '.git', 'objects', _first(repo, extension))
        with open(path, 'ab') as file:
            os.chmod(path, 0o644)
            os.truncate(file.fileno(), 1 << 42)
    return change


def _no_folder(repo: Repo) -> None:
    os.rename(os.path.join(repo.path, '.git', 'objects', 'pack'), os.path.join(repo.path, 'moved'))
    Path(_in_store(repo, 'pack')).write_bytes(b'')


def _alternates(lines: bytes) -> Callable[[Repo], None]:
    def change(repo: Repo) -> None:
        Path(_in_store(repo, 'info/alternates')).write_bytes(lines)
    return change


_NOT_THERE = 'objects are borrowed from it, and it is not there'


@pytest.mark.parametrize(('change', 'tokens', 'unread'), (
    (_link('05', '/nowhere'), {0, 1}, [('.git/objects/05', 'no such file or directory')]),
    (_fifo_beside('.rev'), {0, 1}, []),
    (_endless('.rev'), {0, 1}, []),
    (_with_holes('.rev'), {0, 1}, []),
    (_fifo('05'), {0, 1}, [('.git/objects/05', 'a FIFO, not a file')]),
    (_fifo(f'05/{_ODD[2:]}'), {0, 1}, [(f'object {_ODD}', 'a FIFO, not a file')]),
    (_link(f'05/{_ODD[2:]}', '/dev/zero'), {0, 1}, [(f'object {_ODD}', 'a device, not a file')]),
    (_fifo_beside('.pack'), {1}, [('*.pack', 'a FIFO, not a file')]),
    (_endless('.idx'), {1}, [('*.pack', 'a device, not a file')]),
    (_with_holes('.idx'), {1}, [('*.pack', f'{1 << 42} bytes, where no more than {1 << 31} are expected')]),
    (_no_folder, {1}, [('.git/objects/pack', 'not a directory')]),
    (_alternates(b'/nowhere\0\n'), {0, 1}, [('/nowhere', _NOT_THERE)]),
    (_alternates(b'"/nowhere\\x"\n'), {0, 1}, [('.git/objects/"/nowhere\\x"', _NOT_THERE)]),
    (
        _alternates(b'/dev/null\n' * 1025), {0, 1},
        [('.git/objects/info/alternates', '1 more lines of it are not followed'), *[('/dev/null', _NOT_THERE)] * 1024],
    ),
))
def test_what_is_no_file(
        tmp_path: Path, change: Callable[[Repo], None], tokens: set[int], unread: list[tuple[str, str]],
) -> None:
    repo = Repo(str(tmp_path / 'r'))
    made = [make(), make()]
    # by no commit: git itself waits for a FIFO in place of what it looks for
    repo.blob(made[0])
    repo.git('pack-objects', '-q', os.path.join(repo.path, '.git', 'objects', 'pack', 'pack'), stdin=repo.blob(made[0]).encode())
    repo.git('prune-packed')
    repo.blob(made[1])
    change(repo)
    code, report = run(repo, '--no-cache')
    assert (code, found(report, made)) == (2 if unread else 1, tokens)
    said = [(item['path'], item['reason']) for item in report['unread']]
    assert [('*.pack' if path.endswith('.pack') else path, reason) for path, reason in said] == unread


@pytest.mark.parametrize('name', ('shallow', 'objects/info/alternates'))
def test_what_git_would_wait_for(tmp_path: Path, name: str) -> None:
    repo = Repo(str(tmp_path))
    repo.blob(make())
    os.makedirs(os.path.join(repo.path, '.git', 'objects', 'info'), exist_ok=True)
    os.mkfifo(os.path.join(repo.path, '.git', name))
    code, report = run(repo)
    assert (code, f'{name}: a FIFO, not a file' in report['error']) == (2, True)


@pytest.mark.skipif(os.geteuid() == 0, reason='root reads everything')
@pytest.mark.parametrize('name', ('05', 'pack', 'other'))
def test_a_folder_that_may_not_be_read(tmp_path: Path, name: str) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    repo.blob(b'see ' + token)
    folder = Path(repo.path, '.git', 'objects', name)
    folder.mkdir(exist_ok=True)
    folder.chmod(0)
    try:
        code, report = run(repo)
    finally:
        folder.chmod(0o755)
    assert (code, found(report, [token])) == (2, {0})
    assert [(item['path'], item['reason']) for item in report['unread']] == [(f'.git/objects/{name}', 'permission denied')]


def test_what_stands_behind_a_loose_object(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    tokens = [make(), make()]
    name = repo.blob(tokens[0])
    path = os.path.join(repo.path, '.git', 'objects', name[:2], name[2:])
    os.chmod(path, 0o644)
    with open(path, 'ab') as file:
        file.write(b' ' + tokens[1])
    code, report = run(repo)
    assert (code, found(report, tokens)) == (2, {0, 1})
    assert [(item['path'], item['reason']) for item in report['unread']] == [
        (f'object {name}', '102 bytes stand behind its data, so that git does not read it'),
    ]


def _pack_of(repo: Repo, entries: list[tuple[bytes, str]], body: bytes) -> None:
    """A pack with an index of the objects that are given, and of no others: what each entry is, and its id."""
    offsets, at = {}, 12
    for entry, name in entries:
        offsets[name] = at
        at += len(entry)
    listed = sorted((bytes.fromhex(name), at) for name, at in offsets.items() if name)
    data = b'PACK\0\0\0\2' + len(listed).to_bytes(4, 'big') + body
    data += sha1(data).digest()
    fanout = b''.join(sum(name[0] <= byte for name, _ in listed).to_bytes(4, 'big') for byte in range(256))
    index = b'\377tOc\0\0\0\2' + fanout + b''.join(name for name, _ in listed) + bytes(4 * len(listed))
    index += b''.join(at.to_bytes(4, 'big') for _, at in listed) + data[-20:]
    path = os.path.join(repo.path, '.git', 'objects', 'pack', 'pack-' + data[-20:].hex())
    Path(path + '.pack').write_bytes(data)
    Path(path + '.idx').write_bytes(index + sha1(index).digest())


def test_a_base_that_the_index_does_not_list(tmp_path: Path) -> None:
    """git takes it from where the delta says. The delta itself is a copy of all of it, and shows nothing."""
    repo = Repo(str(tmp_path))
    token = make()
    base = b'see ' + token + b' and more'
    delta = make_delta(base, len(base), copy(0, len(base)))
    first = entry_header(3, len(base)) + zlib.compress(base)
    second = entry_header(6, len(delta)) + backwards(len(first)) + zlib.compress(delta)
    name = object_id('blob', base)
    _pack_of(repo, [(first, ''), (second, name)], first + second)
    assert repo.git('cat-file', 'blob', name) == base
    code, report = run(repo)
    assert (code, found(report, [token]), report['unread']) == (1, {0}, [])


def test_a_base_that_is_missing_of_what_shows_nothing(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    delta = make_delta(b'base' * 30, 4, copy(0, 4))
    entry = entry_header(7, len(delta)) + bytes(20) + zlib.compress(delta)
    _pack_of(repo, [(entry, object_id('blob', b'base'))], entry)
    code, report = run(repo)
    assert code == 2
    assert [(item['path'], item['reason']) for item in report['unread']] == [
        ('object ' + object_id('blob', b'base'), f'its base {"0" * 40} is not there'),
    ]


def test_an_object_that_says_it_is_larger_than_any_memory(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    repo.blob(token)
    entry = entry_header(1, 1 << 52) + zlib.compress(b'tree ')
    _pack_of(repo, [(entry, _ODD)], entry)
    code, report = run(repo)
    assert (code, found(report, [token]), [item['path'] for item in report['unread']]) == (2, {0}, [f'object {_ODD}'])


def test_a_large_message(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    tree = repo.git('write-tree').strip()
    data = b'tree %s\nauthor A <a> 0 +0000\ncommitter A <a> 0 +0000\n\n%s%s\n' % (tree, b'line\n' * (1 << 22), token)
    name = repo.git('hash-object', '-t', 'commit', '-w', '--stdin', stdin=data).decode().strip()
    for _ in range(2):
        code, report = run(repo)
        assert (code, found(report, [token]), report['unread']) == (1, {0}, [])
        assert [(f['commit'], f['line']) for f in report['findings']] == [(name, (1 << 22) + 5)]
        add_pack(repo, repo.git('pack-objects', '--stdout', '-q', stdin=name.encode()))
        repo.git('prune-packed')


@pytest.mark.parametrize('offset', (None, (1 << 63) - 1, 1 << 63, (1 << 64) - 1))
def test_an_offset_that_no_file_has(tmp_path: Path, offset: int | None) -> None:
    """None: what a table of 64 bits should have, and there is none. One object is lost by it."""
    repo = Repo(str(tmp_path))
    tokens = [make(), make()]
    add_pack(repo, make_pack([(token, None) for token in tokens]))
    path = pack_files(repo, '.idx')[0]
    data = bytearray(Path(path).read_bytes())
    at = 8 + 1024 + 2 * 24
    data[at:at + 4] = b'\x80\0\0\0'
    if offset is not None:
        data[-40:-40] = offset.to_bytes(8, 'big')
    data[-20:] = sha1(data[:-20]).digest()
    os.chmod(path, 0o644)
    Path(path).write_bytes(data)
    lost, kept = sorted((object_id('blob', token), number) for number, token in enumerate(tokens))
    code, report = run(repo)
    assert (code, found(report, tokens), [item['path'] for item in report['unread']]) == (2, {kept[1]}, [f'object {lost[0]}'])


def _damage(repo: Repo, name: str) -> None:
    """The object's size is right, and its data is not: git ends where it reads it."""
    path = Path(repo.path, '.git', 'objects', name[:2], name[2:])
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data[:-8] + bytes(8))


@pytest.mark.parametrize('command', ('history HEAD', 'push origin', 'staged'))
def test_what_is_behind_a_damaged_object(tmp_path: Path, command: str) -> None:
    repo = Repo(str(tmp_path / 'r'))
    tokens = [make(), make()]
    repo.commit({'first': b'first'})
    texts = {'a': tokens[0], 'b': os.urandom(40000), 'c': tokens[1]}
    if command == 'staged':
        for path, text in texts.items():
            repo.write(path, text)
        repo.git('add', '.')
    else:
        repo.commit(texts)
    name = repo.git('rev-parse', ':b').decode().strip()
    _damage(repo, name)
    line = f'refs/heads/main {repo.head()} refs/heads/main {"0" * 40}\n'.encode()
    code, report = run(repo, *command.split(), stdin=line)
    assert (code, found(report, tokens), [item['path'] for item in report['unread']]) == (2, {0, 1}, ['b'])


def test_a_folder_of_head_that_is_missing(tmp_path: Path) -> None:
    """Findings are told of, though git can't say all of where they come from."""
    repo = Repo(str(tmp_path))
    token = make()
    repo.commit({'a': token, 'd/x': b'x'})
    name = repo.git('rev-parse', 'HEAD:d').decode().strip()
    os.unlink(os.path.join(repo.path, '.git', 'objects', name[:2], name[2:]))
    assert found(run(repo)[1], [token]) == {0}
    code, report = run(repo, 'HEAD')
    assert (code, found(report, [token])) == (2, {0})


def test_a_list_of_packs_that_lies(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    repo.commit({'a': token})
    repo.git('repack', '-adq')
    Path(_in_store(repo, 'pack/multi-pack-index')).write_bytes(b'MIDX\xff\1\1\0' + bytes(500))
    for args in ((), ('HEAD',)):
        code, report = run(repo, *args)
        assert (code, found(report, [token]), report['unread']) == (1, {0}, [])


@pytest.mark.parametrize(('url', 'setting'), (
    ('ext::{}', 'protocol.ext.allow'), ('ssh://host/r', 'protocol.ssh.allow'), ('file:///nowhere', 'protocol.file.allow'),
))
def test_nothing_is_fetched_by_an_older_git(tmp_path: Path, url: str, setting: str) -> None:
    """One that knows no GIT_NO_LAZY_FETCH, in a repository that allows what git was told not to."""
    repo = Repo(str(tmp_path / 'r'))
    program = tmp_path / 'program'
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/ran\n')
    program.chmod(0o755)
    older = tmp_path / 'bin' / 'git'
    older.parent.mkdir()
    older.write_text(f'#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nPATH={os.environ["PATH"]} exec git "$@"\n')
    older.chmod(0o755)
    repo.commit({'a': b'a'})
    repo.write('a', os.urandom(99))
    repo.git('add', 'a')
    for key, value in (
            ('core.repositoryFormatVersion', '1'), ('extensions.partialClone', 'origin'), ('remote.origin.promisor', 'true'),
            ('remote.origin.url', url.format(program)), ('core.sshCommand', str(program)),
            ('remote.origin.uploadpack', str(program)), (setting, 'always'),
    ):
        repo.git('config', key, value)
    name = repo.git('rev-parse', ':a').decode().strip()
    os.unlink(os.path.join(repo.path, '.git', 'objects', name[:2], name[2:]))
    assert pina_scan('staged', cwd=repo.path, PATH=f'{older.parent}:{os.environ["PATH"]}').code == 2
    assert not (tmp_path / 'ran').exists()


def test_a_chain_of_inserts_upon_what_is_not_listed(tmp_path: Path) -> None:
    """Two hidden bases, one upon the other, and a delta upon them that is listed."""
    repo = Repo(str(tmp_path))
    token = make()
    base, middle = b'x' * 40, b'x' * 20 + token
    steps = make_delta(base, len(middle), copy(0, 20), insert(token))
    last = make_delta(middle, len(middle), copy(0, len(middle)))
    first = entry_header(3, len(base)) + zlib.compress(base)
    second = entry_header(6, len(steps)) + backwards(len(first)) + zlib.compress(steps)
    third = entry_header(6, len(last)) + backwards(len(second)) + zlib.compress(last)
    _pack_of(repo, [(first, ''), (second, ''), (third, object_id('blob', middle))], first + second + third)
    code, report = run(repo)
    assert (code, found(report, [token]), report['unread']) == (1, {0}, [])


@pytest.mark.parametrize('command', ('scan', 'hook', 'staged', 'history', 'push', 'message f'))
def test_a_current_folder_that_is_gone(tmp_path: Path, command: str) -> None:
    program = 'import os, sys; os.rmdir(os.getcwd()); from pina_scan.cli.main import main; sys.exit(main(sys.argv[1:]))'
    folder = tmp_path / 'd'
    folder.mkdir()
    done = subprocess.run(
        (sys.executable, '-c', program, *command.split()), cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])},
    )
    assert (done.returncode, 'Traceback' in done.stderr) == (2, False), done.stderr


@pytest.mark.parametrize('args', ((), ('HEAD',)))
def test_a_work_tree_that_is_removed_under_the_scan(tmp_path: Path, args: tuple[str, ...]) -> None:
    """What was found is told all the same."""
    repo = Repo(str(tmp_path / 'r'))
    token = make()
    repo.commit({'a': token})
    program = (
        'import shutil, sys, pina_scan.cli.history as history\n'
        'traced = history.traced\n'
        f'history.traced = lambda *args: [traced(*args), shutil.rmtree({repo.path!r}, ignore_errors=True)][0]\n'
        'sys.exit(history.main(sys.argv[1:], __import__("os").environ))'
    )
    done = subprocess.run(
        (sys.executable, '-c', program, '--format', 'json', *args), cwd=repo.path, capture_output=True, text=True, check=False,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])},
    )
    assert (done.returncode, done.stderr) == (2, '')
    assert found(json.loads(done.stdout), [token]) == {0}

from __future__ import annotations

import gzip
import hashlib
import os
import re
from pathlib import Path

import pytest

from pina_scan.source.windows import SIZE
from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.command import places
from tests.helpers.command import report
from tests.helpers.repo import Repo


def staged(repo: Repo, cwd: str = '.', **env: str) -> list[tuple[str, int, int, str]]:
    return places('staged', cwd=repo.path / cwd, **env)


def key() -> bytes:
    return b'k = ' + make() + b'\n'


def test_nothing_staged(repo: Repo) -> None:
    assert staged(repo) == []
    repo.add('f', key())
    repo.commit()
    repo.write('f', key())
    repo.write('untracked', key())
    assert staged(repo) == []


@pytest.mark.parametrize('options', ((), ('--object-format=sha256',)))
def test_before_the_first_commit(tmp_path: Path, options: tuple[str, ...]) -> None:
    repo = Repo(tmp_path / 'r', *options)
    repo.add('d/f', key())
    assert staged(repo) == [('d/f', 1, 5, 'high')]


def test_without_a_name_or_a_home(repo: Repo) -> None:
    repo.add('f', key())
    empty = {f'GIT_{who}_{what}': '' for who in ('AUTHOR', 'COMMITTER') for what in ('NAME', 'EMAIL')}
    assert staged(repo, HOME='/nowhere', **empty) == [('f', 1, 5, 'high')]


def test_the_index_counts_not_the_work_tree(repo: Repo) -> None:
    repo.add('clean', 'x\n')
    repo.add('leak', key())
    repo.write('clean', key())
    repo.write('leak', 'x\n')
    repo.add('gone', key())
    (repo.path / 'gone').unlink()
    assert staged(repo) == [('gone', 1, 5, 'high'), ('leak', 1, 5, 'high')]


def test_intent_to_add(repo: Repo) -> None:
    repo.write('f', key())
    repo.git('add', '--intent-to-add', 'f')
    assert staged(repo) == []


def test_renames_deletions_and_types(repo: Repo) -> None:
    repo.add('old', 'line\n' * 100)
    repo.add('deleted', key())
    repo.add('became_link', 'x')
    (repo.path / 'became_file').symlink_to('x')
    repo.git('add', 'became_file')
    repo.commit()
    repo.git('mv', 'old', 'new')
    repo.add('new', b'line\n' * 100 + key())
    repo.git('rm', '-q', 'deleted')
    (repo.path / 'became_link').unlink()
    (repo.path / 'became_link').symlink_to(os.fsdecode(make()))
    (repo.path / 'became_file').unlink()
    repo.add('became_file', key())
    repo.git('add', '-A')
    assert staged(repo) == [('became_file', 1, 5, 'high'), ('became_link', 1, 1, 'high'), ('new', 101, 5, 'high')]


def test_a_conflict(repo: Repo) -> None:
    repo.add('d/f', 'base\n')
    repo.commit()
    repo.git('checkout', '-qb', 'other')
    repo.add('d/f', key())
    repo.commit()
    repo.git('checkout', '-q', 'main')
    repo.add('d/f', 'mine\n')
    repo.commit()
    repo.git('merge', 'other', ok=False)
    assert staged(repo) == [('d/f', 1, 5, 'high')]
    assert staged(repo, 'd') == [('d/f', 1, 5, 'high')]


def test_from_a_subfolder_paths_are_from_the_top(repo: Repo) -> None:
    repo.add('a', key())
    repo.add('d/b', key())
    repo.git('config', 'diff.relative', 'true')
    assert staged(repo, 'd') == [('a', 1, 5, 'high'), ('d/b', 1, 5, 'high')]


def test_attributes_and_settings_hide_nothing(repo: Repo) -> None:
    repo.add('.gitattributes', '* -diff -text binary\n')
    repo.add('f', key())
    for name, value in (
            ('diff.orderFile', '/nowhere'), ('diff.ignoreSubmodules', 'all'), ('diff.renames', 'copies'),
            ('core.quotePath', 'true'), ('diff.noprefix', 'true'), ('core.abbrev', '4'),
    ):
        repo.git('config', name, value)
    assert staged(repo) == [('f', 1, 5, 'high')]


def test_a_linked_worktree(repo: Repo, tmp_path: Path) -> None:
    repo.commit()
    repo.git('worktree', 'add', '-q', str(tmp_path / 'linked'))
    (tmp_path / 'linked' / 'f').write_bytes(key())
    repo.git('-C', str(tmp_path / 'linked'), 'add', 'f')
    assert staged(repo) == []
    assert places('staged', cwd=tmp_path / 'linked') == [('f', 1, 5, 'high')]


def test_an_index_of_its_own(repo: Repo) -> None:
    """What `git commit -a` and `git commit FILE` give their hooks."""
    repo.commit()
    other = str(repo.path / '.git' / 'next-index')
    repo.write('f', key())
    repo.git('add', 'f', GIT_INDEX_FILE=other)
    assert staged(repo) == []
    assert staged(repo, GIT_INDEX_FILE=other) == [('f', 1, 5, 'high')]
    assert staged(repo, GIT_INDEX_FILE='.git/next-index') == [('f', 1, 5, 'high')]


def test_a_submodule_is_no_content(repo: Repo, tmp_path: Path) -> None:
    library = Repo(tmp_path / 'library')
    library.add('f', key())
    library.commit()
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', str(library.path), 'sub')
    assert staged(repo) == []


def test_a_large_blob(repo: Repo) -> None:
    repo.add('f', b'line\n' * SIZE + key() + b'line\n' * 1000)
    assert staged(repo) == [('f', SIZE + 1, 5, 'high')]


def test_what_an_lfs_pointer_stands_for(repo: Repo) -> None:
    content = key()
    oid = hashlib.sha256(content).hexdigest()
    pointer = f'version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n'
    repo.add('f', pointer)
    assert staged(repo) == []
    repo.write(f'.git/lfs/objects/{oid[:2]}/{oid[2:4]}/{oid}', content)
    assert staged(repo) == [('f', 1, 5, 'high')]


@pytest.mark.parametrize('storage', ('absolute', '../../store'))
def test_what_an_lfs_pointer_stands_for_elsewhere(repo: Repo, tmp_path: Path, storage: str) -> None:
    content = key()
    oid = hashlib.sha256(content).hexdigest()
    repo.add('f', f'version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n')
    repo.git('config', 'lfs.storage', str(tmp_path / 'store') if storage == 'absolute' else storage)
    repo.write(tmp_path.as_posix() + f'/store/objects/{oid[:2]}/{oid[2:4]}/{oid}', content)
    assert staged(repo) == [('f', 1, 5, 'high')]


def test_a_path_that_ends_in_a_line_feed(tmp_path: Path) -> None:
    repo = Repo(tmp_path / 'r\n')
    repo.add('f', key())
    assert staged(repo) == [('f', 1, 5, 'high')]


def test_an_object_that_is_not_there(repo: Repo) -> None:
    repo.add('a', key())
    repo.add('b', 'b\n')
    blob = repo.git('rev-parse', ':b').decode().strip()
    (repo.path / '.git' / 'objects' / blob[:2] / blob[2:]).unlink()
    repo.add('c', key())
    code, found = report('staged', cwd=repo.path)
    assert code == 2
    assert [(f['path'], f['line']) for f in found['findings']] == [('a', 1), ('c', 1)]
    assert found['unread'] == [{'path': 'b', 'reason': f'the repository does not have its object {blob}'}]


def test_the_object_is_named(repo: Repo) -> None:
    repo.add('f', key())
    _, found = report('staged', cwd=repo.path)
    assert found['findings'][0]['object'] == repo.git('rev-parse', ':f').decode().strip()


def test_no_repository_and_a_bare_one(tmp_path: Path) -> None:
    bare = Repo(tmp_path / 'bare', '--bare')
    for folder in (tmp_path, bare.path):
        code, out, err = pina_scan('staged', cwd=folder)
        assert (code, out) == (2, '')
        assert 'Run it inside a repository.' in err


def _text(repo: Repo, *args: str, **env: str) -> tuple[int, str, str]:
    code, out, err = pina_scan('staged', *args, cwd=repo.path, **env)
    return code, re.sub(r'\d+\.\d\d s', 'S s', out), err


@pytest.mark.parametrize(('extra', 'code', 'line'), (
    ({}, 0, 'no token in 2 files, 6 bytes, S s.'),
    ({'large': b'x' * 3_000_000}, 0, 'no token in 3 files, 3.0 MB, S s.'),
    ({'leak': key()}, 1, '1 token (1 high) in 3 files'),
    ({'x.gz': gzip.compress(b'x' * 100)[:-12]}, 2, 'Not everything could be read, so this is no all-clear.'),
    ({'.pina-scan.toml': b'verbose = true\n'}, 0, 'no token in 3 files'),
    ({'.pina-scan-baseline': b'0' * 64 + b'  f  # until 2001-01-01\n'}, 0, 'note: .pina-scan-baseline: the entry for '),
))
def test_a_run_that_was_told_nothing_says_the_same(repo: Repo, extra: dict[str, bytes], code: int, line: str) -> None:
    for name, data in {'a': b'abc', 'b': b'def', **extra}.items():
        repo.add(name, data)
    told = _text(repo)
    assert (told[0], told[2], line in told[1]) == (code, '', True), told
    assert told == _text(repo, '--color', 'never')
    for variable, system in (('GITHUB_ACTIONS', 'github'), ('TF_BUILD', 'azure')):
        assert _text(repo, **{variable: 'true'}) == _text(repo, '--ci', system)


def test_many_files_with_tokens_here_and_there(repo: Repo) -> None:
    for number in range(30):
        repo.write(f'f{number:02}', key() if number % 10 == 7 else b'clean\n')
    repo.git('add', '--all')
    code, out, err = _text(repo)
    assert (code, err, [line[:5] for line in out.splitlines() if line.startswith('f')]) == (1, '', ['f07:1', 'f17:1', 'f27:1'])
    assert '3 tokens (3 high) in 30 files' in out

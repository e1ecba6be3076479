"""Places beside a repository's objects, stores of others within it, and how far what is found there got."""
from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pina_scan.token import make
from tests.helpers.gitrepo import ENVIRON
from tests.helpers.gitrepo import Repo
from tests.helpers.history import found
from tests.helpers.history import origin
from tests.helpers.history import pack_files
from tests.helpers.history import paths
from tests.helpers.history import run

FILES = (
    'COMMIT_EDITMSG', 'SQUASH_MSG', 'TAG_EDITMSG', 'FETCH_HEAD', 'description', 'info/exclude', 'info/attributes',
    'hooks/pre-commit', 'rebase-merge/author-script', 'rebase-apply/0001', 'sequencer/todo', 'gitk.cache', 'config.worktree',
    'lfs/objects/ab/cd/x', 'refs/heads/main.lock', 'worktrees/w/COMMIT_EDITMSG', 'objects/info/x', 'objects/pack/p.keep',
    'objects/pack/p.promisor', 'objects/README',
)


def test_every_file(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    repo.commit({'a': b'a'})
    tokens = [make() for _ in FILES]
    for name, token in zip(FILES, tokens):
        repo.write(f'.git/{name}', b'x ' + token)
    code, report = run(repo)
    assert (code, report['unread']) == (1, [])
    assert [paths(report, token) for token in tokens] == [{f'.git/{name}'} for name in FILES]


def test_what_git_left_unfinished_is_no_all_clear(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    repo.commit({'a': make()})
    repo.git('repack', '-adq')
    os.unlink(pack_files(repo, '.idx')[0])
    repo.write('.git/objects/aa/tmp_obj_x', b'x')
    # what is being written just now is another's business
    assert run(repo)[1]['unread'] == []
    for path in (*pack_files(repo, '.pack'), os.path.join(repo.path, '.git', 'objects', 'aa', 'tmp_obj_x')):
        os.utime(path, (1, 1))
    code, report = run(repo)
    assert (code, len(report['unread'])) == (2, 2)


def test_names_that_an_index_has_torn(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    repo.commit({'pina_0': b'1', token.decode(): b'2'})
    repo.git('update-index', '--index-version', '4')
    repo.git('rm', '-q', '--cached', token)
    repo.git('add', '-N', token)
    assert '.git/index' in paths(run(repo)[1], token)


def _inner(repo: Repo, token: bytes) -> str:
    inner = Repo(repo.path + '-inner')
    inner.commit({'a': token})
    inner.commit({'a': b'clean'})
    return inner.path


def _in_modules(repo: Repo, token: bytes) -> None:
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', _inner(repo, token), 'sub')


def _of_a_worktree(repo: Repo, token: bytes) -> None:
    linked = repo.path + '-linked'
    repo.git('worktree', 'add', '-q', linked)
    subprocess.run(
        ('git', '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', _inner(repo, token), 'sub'),
        cwd=linked, env=ENVIRON, check=True,
    )


def _in_the_work_tree(repo: Repo, token: bytes) -> None:
    os.rename(_inner(repo, token), os.path.join(repo.path, 'sub'))
    repo.git('-c', 'advice.addEmbeddedRepo=false', 'add', 'sub')


@pytest.mark.parametrize('place', (_in_modules, _of_a_worktree, _in_the_work_tree), ids=lambda f: f.__name__)
def test_stores_of_submodules(tmp_path: Path, place: Callable[[Repo, bytes], None]) -> None:
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'x': b'x'})
    token = make()
    place(repo, token)
    code, report = run(repo)
    assert (code, report['unread'], paths(report, token)) == (1, [], {'sub/a'})


def _pushed_and_taken_off(repo: Repo, token: bytes) -> str:
    old = repo.commit({'a': token}, GIT_COMMITTER_DATE='2026-03-01T00:00:00Z')
    log = '.git/logs/refs/remotes/origin/main'
    repo.write(log, f'{"0" * 40} {old} A <a@b> 1772500000 +0000\tupdate by push\n'.encode())
    repo.git('reset', '-q', '--hard', 'HEAD~1')
    return 'It was on origin/main of a remote, since 2026-03-01 at the earliest, pushed by 2026-03-03, and was taken off it.'


def _staged(repo: Repo, token: bytes) -> str:
    repo.write('a', token)
    repo.git('add', 'a')
    return 'Staged only: '


def _tag_of_a_tree(repo: Repo, token: bytes) -> str:
    repo.write('s', token)
    repo.git('add', 's')
    tree = repo.git('write-tree').decode().strip()
    repo.git('rm', '-q', '--cached', 's')
    repo.git('tag', '-am', 'a tree', 'v1', tree)
    return 'Under the tag v1, '


def _detached(repo: Repo, token: bytes) -> str:
    repo.git('checkout', '-q', '--detach')
    repo.commit({'a': token})
    return 'In local commits only: '


def _merge_of_a_pull_request(repo: Repo, token: bytes) -> str:
    new = repo.commit({'a': token})
    repo.git('update-ref', 'refs/remotes/pull/1/merge', new)
    return 'On pull/1/merge of a remote, '


def _mirror(repo: Repo, token: bytes) -> str:
    repo.commit({'a': token})
    repo.git('config', 'remote.origin.url', 'https://example.com/r')
    repo.git('config', 'remote.origin.fetch', '+refs/*:refs/*')
    return 'In a copy of a remote, which has it too, '


def _mirrored_by_pushes(repo: Repo, token: bytes) -> str:
    repo.commit({'a': token})
    repo.git('remote', 'add', '--mirror=push', 'backup', 'https://example.com/r')
    return 'In local commits only: '


EXPOSED = (_pushed_and_taken_off, _staged, _tag_of_a_tree, _detached, _merge_of_a_pull_request, _mirror, _mirrored_by_pushes)


@pytest.mark.parametrize('place', EXPOSED, ids=lambda f: f.__name__)
def test_exposure(tmp_path: Path, place: Callable[[Repo, bytes], str]) -> None:
    repo = Repo(str(tmp_path))
    repo.commit({'x': b'x'})
    token = make()
    words = place(repo, token)
    told = origin(run(repo)[1], token)
    assert told['exposure'].startswith(words), told['exposure']


def test_staged_says_what_head_has(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    old, new = make(), make()
    repo.commit({'a': old})
    repo.write('a', old + b'\n' + new)
    repo.git('add', 'a')
    _, report = run(repo, 'staged')
    assert [(f['line'], f['origin']['reach'], f['origin']['in_head']) for f in report['findings']] == [
        (1, 'local', True), (2, 'staged', False),
    ]


def test_a_range_in_the_past_has_what_came_after(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    repo.commit({'x': b'x'})
    first = repo.commit({'a': token})
    repo.git('tag', 'then')
    repo.commit({'x': b'y'})
    last = repo.commit({'a': None})
    life = origin(run(repo, 'then~1..then')[1], token)
    assert (life['commit'], life['removed_by'], life['in_head'], life['refs']) == (
        first, last, False, ['refs/heads/main', 'refs/tags/then'],
    )


@pytest.mark.parametrize('args', (('-n', '1'), ('-1',), ('-n1', '--', 'b'), ('--since=2026-01-01', '--skip=0', '-1')))
def test_a_range_without_a_commit_is_of_head(tmp_path: Path, args: tuple[str, ...]) -> None:
    repo = Repo(str(tmp_path))
    tokens = [make(), make()]
    repo.commit({'a': tokens[0]})
    repo.commit({'b': tokens[1]})
    code, report = run(repo, *args)
    assert (code, found(report, tokens)) == (1, {1})


@pytest.mark.parametrize('word', ('--count', '--objects', '--filter=blob:none', '--stdin', '--left-right', '--boundary', '-z'))
def test_what_is_no_choice_of_commits(tmp_path: Path, word: str) -> None:
    repo = Repo(str(tmp_path))
    repo.commit({'a': make()})
    code, report = run(repo, word, 'main')
    assert (code, report['error'].startswith(f'pina-scan: {word} says what git prints')) == (2, True)


def test_a_range_of_nothing_says_so(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    repo.commit({'a': make()})
    code, report = run(repo, 'main..main')
    assert (code, report['notices']) == (0, ['the range names no commit, so nothing was scanned'])

"""What holds a token where few look: older stashes, other worktrees' heads, repositories whose git dir has another name."""
from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pina_scan.git.refs import _asked
from pina_scan.git.refs import logged
from pina_scan.git.repository import inspect
from pina_scan.git.run import Git
from pina_scan.token import make
from tests.helpers.gitrepo import ENVIRON
from tests.helpers.gitrepo import Repo
from tests.helpers.history import origin
from tests.helpers.history import run

#: Where to run, the first ref that holds it, and how the sentence begins.
Told = tuple[str, str | None, str]
_LOCAL = 'In local commits only: '
#: A stash's reflog expires.
_NOW = {'GIT_COMMITTER_DATE': '', 'GIT_AUTHOR_DATE': ''}


def _git(folder: str, *args: str) -> None:
    subprocess.run(('git', '-c', 'protocol.file.allow=always', *args), cwd=folder, env=ENVIRON, capture_output=True, check=True)


def _linked(repo: Repo) -> str:
    repo.git('worktree', 'add', '-q', '--detach', repo.path + '-linked')
    return repo.path + '-linked'


def _unheld(repo: Repo, token: bytes) -> str:
    """A commit that neither a ref nor a reflog leads to."""
    commit = repo.commit({'a': token})
    repo.git('reset', '-q', '--hard', 'HEAD~1')
    shutil.rmtree(repo.path + '/.git/logs')
    return commit


def _older_stash(repo: Repo, token: bytes) -> Told:
    for data in (token, b'other'):
        repo.write('base', data)
        repo.git('stash', **_NOW)
    return repo.path, 'stash@{1}', 'In a stash only: `git stash drop stash@{1}` is enough'


def _both_stashes(repo: Repo, token: bytes) -> Told:
    for data in (token, token + b'\n'):
        repo.write('base', data)
        repo.git('stash', **_NOW)
    return repo.path, 'refs/stash', 'In a stash only: `git stash drop stash@{1}` and `git stash drop` is enough'


def _untracked_of_an_older_stash(repo: Repo, token: bytes) -> Told:
    for data in (token, b'other'):
        repo.write('a', data)
        repo.git('stash', '-u', **_NOW)
    return repo.path, 'stash@{1}', 'In a stash only: `git stash drop stash@{1}` is enough'


def _head_of_the_main_worktree(repo: Repo, token: bytes) -> Told:
    folder = _linked(repo)
    repo.git('checkout', '-q', '--detach')
    repo.commit({'a': token})
    return folder, 'main-worktree/HEAD', _LOCAL


def _head_of_a_linked_worktree(repo: Repo, token: bytes) -> Told:
    commit = _unheld(repo, token)
    _git(_linked(repo), 'checkout', '-q', commit)
    return repo.path, 'worktrees/r-linked/HEAD', _LOCAL


def _fetched_in_a_linked_worktree(repo: Repo, token: bytes) -> Told:
    other = Repo(repo.path + '-other')
    other.commit({'a': token})
    _git(_linked(repo), 'fetch', '-q', other.path)
    return repo.path, 'worktrees/r-linked/FETCH_HEAD', 'On worktrees/r-linked/FETCH_HEAD of a remote, '


def _fetched_by_an_address(repo: Repo, token: bytes) -> Told:
    other = Repo(repo.path + '-other')
    other.commit({'a': token})
    repo.git('fetch', '-q', other.path)
    return repo.path, 'FETCH_HEAD', 'On FETCH_HEAD of a remote, '


def _bisect_in_a_linked_worktree(repo: Repo, token: bytes) -> Told:
    _git(_linked(repo), 'update-ref', 'refs/bisect/bad', _unheld(repo, token))
    return repo.path, 'worktrees/r-linked/refs/bisect/bad', _LOCAL


def _tagger_with_a_carriage_return(repo: Repo, token: bytes) -> Told:
    commit = _unheld(repo, token).encode()
    data = b'object %s\ntype commit\ntag v1\ntagger A\r <a> 1 +0000\n\nm\n' % commit
    tag = repo.git('hash-object', '-t', 'tag', '-w', '--literally', '--stdin', stdin=data).decode().strip()
    repo.git('update-ref', 'refs/tags/v1', tag)
    return repo.path, 'refs/tags/v1', 'Under the tag v1, '


def _separate_git_dir(repo: Repo, token: bytes) -> Told:
    other = Repo(repo.path + '-other', '--separate-git-dir', repo.path + '-store')
    other.commit({'a': token})
    return other.path, 'refs/heads/main', _LOCAL


def _submodule(repo: Repo, token: bytes) -> Told:
    other = Repo(repo.path + '-other')
    other.commit({'base': b'b'})
    _git(repo.path, 'submodule', '--quiet', 'add', other.path, 'sub')
    _git(repo.path + '/sub', 'remote', 'set-url', 'origin', 'https://github.com/o/r.git')
    repo.write('sub/a', token)
    _git(repo.path + '/sub', 'add', '.')
    _git(repo.path + '/sub', 'commit', '-q', '-m', 'local')
    return repo.path, 'refs/heads/main', _LOCAL


def _no_mirror(repo: Repo, token: bytes) -> Told:
    repo.commit({'a': token})
    repo.git('config', 'remote.origin.url', 'https://github.com/o/r.git')
    repo.git('config', 'remote.origin.mirror', 'No')
    return repo.path, 'refs/heads/main', _LOCAL


def _day(number: int) -> dict[str, str]:
    return {'GIT_COMMITTER_DATE': f'2026-11-{number:02}T00:00:00Z'}


def _amended_and_pushed(repo: Repo, token: bytes) -> Told:
    repo.commit({'a': token}, **_day(1))
    repo.git('commit', '-q', '--amend', '-m', 'again', **_day(2))
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    return repo.path, 'refs/heads/main', 'On origin/main of a remote, since 2026-11-02 '


def _picked_and_pushed(repo: Repo, token: bytes) -> Told:
    repo.git('branch', 'side')
    repo.commit({'a': token}, **_day(1))
    repo.git('checkout', '-q', 'side')
    repo.commit({'other': b'o'}, **_day(2))
    repo.git('cherry-pick', 'main', **_day(3))
    repo.git('update-ref', 'refs/remotes/origin/side', 'HEAD')
    return repo.path, 'refs/heads/main', 'On origin/side of a remote, since 2026-11-03 '


def _squashed_and_pushed(repo: Repo, token: bytes) -> Told:
    repo.git('checkout', '-qb', 'side')
    repo.commit({'a': token}, **_day(1))
    repo.git('checkout', '-q', 'main')
    repo.git('merge', '-q', '--squash', 'side')
    repo.git('commit', '-q', '-m', 'all of it', **_day(2))
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    return repo.path, 'refs/heads/main', 'On origin/main of a remote, since 2026-11-02 '


def _stashed_and_committed(repo: Repo, token: bytes) -> Told:
    repo.write('base', token)
    repo.git('stash', **_day(1))
    repo.git('stash', 'apply')
    repo.commit({}, **_day(2))
    return repo.path, 'refs/heads/main', _LOCAL


def _stashed_committed_and_pushed(repo: Repo, token: bytes) -> Told:
    folder, ref, _ = _stashed_and_committed(repo, token)
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    return folder, ref, 'On origin/main of a remote, since 2026-11-02 '


PLACES = (
    _older_stash, _both_stashes, _untracked_of_an_older_stash, _head_of_the_main_worktree, _head_of_a_linked_worktree,
    _fetched_in_a_linked_worktree, _fetched_by_an_address, _bisect_in_a_linked_worktree, _tagger_with_a_carriage_return,
    _separate_git_dir, _submodule, _no_mirror, _amended_and_pushed, _picked_and_pushed, _squashed_and_pushed,
    _stashed_committed_and_pushed, _stashed_and_committed,
)


@pytest.mark.parametrize('place', PLACES, ids=lambda f: f.__name__)
def test_what_holds_it(tmp_path: Path, place: Callable[[Repo, bytes], Told]) -> None:
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'base': b'b'})
    token = make()
    folder, ref, words = place(repo, token)
    told = origin(run(folder)[1], token)
    assert ([*told['refs'], None][0], told['dangling'], told['link']) == (ref, False, None)
    assert told['exposure'].startswith(words), told['exposure']


def test_reflogs_that_no_file_has(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    for number, words in enumerate(('update by push', 'fetch origin: fast-forward', 'x')):
        repo.commit({'a': b'%d' % number})
        name = f'refs/remotes/origin/{number % 2}'
        repo.git('update-ref', '--create-reflog', '-m', words, name, 'HEAD', **_day(number + 1))
    there = inspect(Git(os.fsencode(repo.path), ENVIRON))
    files = logged(there)
    shutil.rmtree(repo.path + '/.git/logs/refs/heads')
    assert len(files) == 3
    assert [(entry.ref, entry.commit, entry.pushed) for _, entry in sorted(_asked(there.git))] == [
        (entry.ref, entry.commit, entry.pushed) for entry in files
    ]


def _has_reftables() -> bool:
    words = ('git', 'version', '--build-options')
    version = subprocess.run(words, env=ENVIRON, capture_output=True, check=True).stdout.split()[2].split(b'.')
    return (int(version[0]), int(version[1])) >= (2, 45)


@pytest.mark.skipif(not _has_reftables(), reason='from git 2.45 on')
def test_taken_off_a_remote_by_a_reftable(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path), '--ref-format=reftable')
    repo.commit({'base': b'b'})
    token = make()
    repo.commit({'a': token}, **_day(1))
    for commit in ('HEAD', 'HEAD~1'):
        repo.git('update-ref', '--create-reflog', '-m', 'update by push', 'refs/remotes/origin/main', commit)
    repo.git('reset', '-q', '--hard', 'HEAD~1')
    assert origin(run(repo)[1], token)['exposure'].startswith('It was on origin/main of a remote, since 2026-11-01 ')
    repo.git('checkout', '-q', '--detach')
    token = make()
    repo.commit({'a': token})
    assert origin(run(repo)[1], token)['refs'] == ['HEAD']


def test_staged_where_no_bare_repository_is_trusted(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path / 'r'))
    token = make()
    repo.write('a', token)
    repo.git('add', 'a')
    config = tmp_path / 'config'
    config.write_text('[safe]\n\tbareRepository = explicit\n')
    told = origin(run(repo, stdin=b'', GIT_CONFIG_GLOBAL=str(config))[1], token)
    assert (told['path'], told['reach']) == ('a', 'staged')


def test_an_author_in_another_encoding(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    repo.git('config', 'i18n.logOutputEncoding', 'ISO-8859-1')
    repo.commit({'a': token}, GIT_AUTHOR_NAME='Zoë')
    assert origin(run(repo)[1], token)['author'] == 'Zoë'


def test_staged_in_a_split_index_of_a_worktree_that_is_gone(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'base': b'b'})
    token = make()
    folder = _linked(repo)
    Path(folder, 'a').write_bytes(token)
    _git(folder, 'add', 'a')
    _git(folder, 'update-index', '--split-index')
    shutil.rmtree(folder)
    told = origin(run(repo)[1], token)
    assert (told['path'], told['reach']) == ('a', 'staged')
    assert os.listdir(repo.path + '/.git/worktrees') == ['r-linked']

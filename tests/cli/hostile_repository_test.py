"""Repositories that are not to be trusted, or not whole: nothing of them runs, and what is wrong is said with what to do."""
from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import pytest

from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.gitrepo import ENVIRON
from tests.helpers.gitrepo import Repo

#: Everything in a config that names a program, or makes git look for one.
PROGRAMS = (
    'core.fsmonitor', 'core.pager', 'core.editor', 'core.sshCommand', 'core.gitProxy', 'core.askPass',
    'core.alternateRefsCommand', 'diff.external', 'diff.x.command', 'diff.x.textconv', 'filter.x.smudge', 'filter.x.clean',
    'filter.x.process', 'merge.x.driver', 'gpg.program', 'gpg.ssh.program', 'gpg.x509.program', 'credential.helper',
    'sequence.editor', 'pager.log', 'pager.diff', 'pager.rev-list', 'pager.cat-file', 'pager.config', 'pager.ls-files',
    'pager.for-each-ref', 'alias.rev-parse', 'alias.rev-list', 'alias.cat-file', 'alias.log', 'uploadpack.packObjectsHook',
    'remote.origin.uploadpack', 'remote.origin.receivepack', 'remote.origin.vcs', 'trailer.x.command', 'interactive.diffFilter',
    'submodule.x.update', 'gc.recentObjectsHook', 'hook.x.command',
)
SETTINGS = (
    ('log.showSignature', 'true'), ('remote.origin.promisor', 'true'), ('extensions.partialClone', 'origin'),
    ('protocol.ext.allow', 'always'), ('core.untrackedCache', 'true'), ('core.preloadIndex', 'true'),
)
VARIABLES = (
    'GIT_EXTERNAL_DIFF', 'GIT_PAGER', 'PAGER', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_PROXY_COMMAND', 'GIT_ASKPASS',
    'SSH_ASKPASS', 'EDITOR', 'GIT_CONFIG',
)


class Trapped:
    """A repository whose config names one program for everything; `ran` has what called it."""

    def __init__(self, folder: Path) -> None:
        self.repo = Repo(str(folder / 'r'))
        self.ran = folder / 'ran'
        self.program = folder / 'program'
        self.program.write_text(f'#!/bin/sh\necho "$0 $*" >> {self.ran}\ncat\n')
        self.program.chmod(0o755)
        self.first = self.repo.commit({'a': make(), 'b': b'b\n', '.gitattributes': b'* filter=x diff=x merge=x\n'})
        self.repo.write('a', b'changed ' + make())
        self.repo.git('add', 'a')
        hooks = folder / 'hooks'
        for name in ('post-index-change', 'reference-transaction', 'pre-commit', 'fsmonitor-watchman', 'pre-auto-gc'):
            for place in (hooks, Path(self.repo.path, '.git', 'hooks')):
                place.mkdir(exist_ok=True)
                shutil.copy(self.program, place / name)
        for key in PROGRAMS:
            self.repo.git('config', key, str(self.program))
        for key, value in (*SETTINGS, ('core.hooksPath', str(hooks)), ('remote.origin.url', f'ext::{self.program}')):
            self.repo.git('config', key, value)
        included = folder / 'included'
        included.write_text(f'[core]\n\tfsmonitor = {self.program}\n[diff]\n\texternal = {self.program}\n')
        with open(Path(self.repo.path, '.git', 'config'), 'a') as config:
            config.write(f'[include]\n\tpath = {included}\n[includeIf "gitdir:**"]\n\tpath = {included}\n')
        self.ran.unlink(missing_ok=True)


@pytest.mark.parametrize('args', (
    'history --no-cache', 'history HEAD', 'history --all --not --remotes', 'history --format sarif', 'staged', 'push origin',
    'message a', 'scan .', 'hook -- a b', 'baseline create',
))
def test_nothing_of_the_repository_runs(tmp_path: Path, args: str) -> None:
    trapped = Trapped(tmp_path)
    variables = {name: str(trapped.program) for name in VARIABLES}
    variables['GIT_TRACE'] = variables['GIT_TRACE2_EVENT'] = str(trapped.ran)
    line = f'refs/heads/main {trapped.first} refs/heads/main {"0" * 40}\n'.encode()
    # in a hook git says which index it is
    code, _, err = pina_scan(*args.split(), cwd=trapped.repo.path, stdin=line, GIT_INDEX_FILE='.git/index', **variables)
    assert (code, err) == (0 if args.startswith('baseline') else 1, '')
    assert not trapped.ran.exists(), trapped.ran.read_text()


def test_the_trap_works(tmp_path: Path) -> None:
    trapped = Trapped(tmp_path)
    subprocess.run(('git', 'status'), cwd=trapped.repo.path, env=ENVIRON, capture_output=True, check=False)
    assert trapped.ran.exists()


def _owned_by_another(repo: Repo) -> None:
    os.chown(repo.path, 12345, 12345)
    os.chown(os.path.join(repo.path, '.git'), 12345, 12345)


def _bad_config(repo: Repo) -> None:
    repo.write('.git/config', b'[core\n')


def _future_format(repo: Repo) -> None:
    repo.git('config', 'extensions.future', 'x')
    repo.git('config', 'core.repositoryFormatVersion', '1')


def _empty_index(repo: Repo) -> None:
    repo.write('.git/index', b'')


def _future_index(repo: Repo) -> None:
    data = Path(repo.path, '.git', 'index').read_bytes()[:-20] + b'zzzz\0\0\0\0'
    repo.write('.git/index', data + sha1(data).digest())


def _git_file(text: str) -> Callable[[Repo], None]:
    def change(repo: Repo) -> None:
        shutil.move(os.path.join(repo.path, '.git'), os.path.join(repo.path, 'moved'))
        repo.write('.git', text.encode())
    return change


def _bad_head(repo: Repo) -> None:
    repo.write('.git/HEAD', b'\xff\0junk')


@pytest.mark.parametrize(('change', 'words'), (
    pytest.param(
        _owned_by_another, 'git config --global --add safe.directory ',
        marks=pytest.mark.skipif(os.geteuid() != 0, reason='only root gives files away'),
    ),
    (_bad_config, 'Mend that line.'),
    (_future_format, 'A newer git made this repository: install one.'),
    (_empty_index, 'remove .git/index, and `git reset` makes it again from HEAD.'),
    (_future_index, 'A newer git wrote the index'),
    (_git_file('gitdir: /nowhere/at/all\n'), 'not a git repository: /nowhere/at/all'),
    (_git_file('gitdir: .git\n'), 'not a git repository'),
    (_git_file('what\n'), '`git worktree repair`'),
    (_bad_head, 'not a git repository'),
))
def test_what_is_wrong_is_said(tmp_path: Path, change: Callable[[Repo], None], words: str) -> None:
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'a': make()})
    repo.write('s', make())
    repo.git('add', 's')
    change(repo)
    code, out, err = pina_scan('staged', cwd=repo.path)
    assert (code, out, words in err, 'Traceback' in err) == (2, '', True, False), err


def test_an_unborn_branch_and_a_damaged_index_hide_no_object(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    repo.commit({'a': make()})
    repo.write('.git/HEAD', b'ref: refs/heads/nowhere\n')
    _future_index(repo)
    assert pina_scan('history', '--no-cache', cwd=repo.path).code == 1


@pytest.mark.parametrize(('script', 'words'), (
    (None, 'git is not on the PATH'),
    ('#!/nowhere/sh\n', 'git could not be started'),
    ('#!/bin/sh\necho "unknown option: --no-optional-locks" >&2\nexit 129\n', 'This git is too old'),
))
def test_no_git_that_works(tmp_path: Path, script: str | None, words: str) -> None:
    repo = Repo(str(tmp_path / 'r'))
    if script is not None:
        (tmp_path / 'git').write_text(script)
        (tmp_path / 'git').chmod(0o755)
    for command in ('history', 'staged'):
        code, out, err = pina_scan(command, cwd=repo.path, PATH=str(tmp_path))
        assert (code, out, words in err, 'Traceback' in err) == (2, '', True, False), err


@pytest.mark.parametrize('hide', ('graft', 'replace'))
def test_a_parent_that_is_hidden(tmp_path: Path, hide: str) -> None:
    repo = Repo(str(tmp_path / 'r'))
    first = repo.commit({'a': make(), 'b': b'x'})
    last = repo.commit({'a': b'nothing'})
    if hide == 'graft':
        repo.write('.git/info/grafts', last.encode() + b'\n')
    else:
        repo.git('replace', '--graft', last)
    updates = f'refs/heads/main {last} refs/heads/main {"0" * 40}\n'.encode()
    for args in (('history', 'HEAD'), ('history', '--no-cache'), ('push', 'origin')):
        code, out, err = pina_scan(*args, cwd=repo.path, stdin=updates)
        assert (code, err, f'brought in by {first[:12]}' in out) == (1, '', True), out

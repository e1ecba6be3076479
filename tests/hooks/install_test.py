"""`pina-scan install`: real git, real hooks, and everything as it was after `--uninstall`."""
from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pina_scan.errors import HookError
from pina_scan.hooks.apply import apply
from pina_scan.hooks.plan import Step
from pina_scan.hooks.script import Tool
from pina_scan.hooks.script import render
from pina_scan.hooks.types import HANDED_ON
from pina_scan.hooks.types import PROTECTING
from pina_scan.token import make
from tests.helpers.command import Result
from tests.helpers.command import pina_scan
from tests.helpers.repo import Repo
from tests.helpers.tools import need

WROTE = '#!/bin/sh\necho "$0 $*" >> "$LOG"\n'


def install(repo: Repo, *args: str, **env: str) -> Result:
    return pina_scan('install', *args, cwd=repo.path, **env)


def git(repo: Repo, *args: str, **env: str) -> tuple[int, str]:
    done = subprocess.run(
        ('git', *args), cwd=repo.path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        env={**os.environ, 'LOG': str(repo.path.parent / 'log'), **env}, timeout=120,
    )
    return done.returncode, done.stdout.decode('utf-8', 'backslashreplace')


def hook(path: Path, text: str = WROTE, mode: int = 0o755) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def log(repo: Repo) -> list[str]:
    path = repo.path.parent / 'log'
    return path.read_text().splitlines() if path.exists() else []


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every name below a folder, its mode and what is in it or where it leads."""
    found = {}
    for path in sorted(folder.rglob('*')):
        data = os.fsencode(os.readlink(path)) if path.is_symlink() else path.read_bytes() if path.is_file() else b''
        found[str(path.relative_to(folder))] = (path.lstat().st_mode, data)
    return found


def stopped(repo: Repo, **env: str) -> list[str]:
    """Which of a commit, a merge, a message and a push with a token are stopped by pina-scan."""
    found = []
    git(repo, 'reset', '-q', '--hard')
    repo.add('f', make())
    code, out = git(repo, 'commit', '-qm', 'a', **env)
    if code and 'Generate new token' in out:
        found.append('commit')
    git(repo, 'commit', '-qnm', 'a')
    code, out = git(repo, 'commit', '-q', '--allow-empty', '-m', make().decode(), **env)
    if code and 'Generate new token' in out:
        found.append('message')
    remote = Repo(repo.path.parent / 'remote', '--bare')
    code, out = git(repo, 'push', '-q', str(remote.path), 'HEAD:refs/heads/x', **env)
    if code and 'Generate new token' in out:
        found.append('push')
    git(repo, 'reset', '-q', '--hard', 'HEAD~')
    return found


ALL = ['commit', 'message', 'push']


@pytest.fixture
def first(repo: Repo) -> Repo:
    repo.commit()
    return repo


def test_nothing_to_take_out(first: Repo) -> None:
    before = tree(first.path / '.git')
    done = install(first, '--uninstall')
    assert (done.code, done.err) == (0, '')
    assert 'Nothing to do' in done.out
    assert tree(first.path / '.git') == before


def test_in_and_out_again(first: Repo) -> None:
    before = tree(first.path / '.git')
    done = install(first)
    assert (done.code, done.err) == (0, '')
    added = {name.rpartition('/')[2] for name in tree(first.path / '.git').keys() - before.keys()}
    assert added == {'hooks', *PROTECTING}
    assert all(os.access(first.path / '.git/hooks' / name, os.X_OK) for name in PROTECTING)
    assert stopped(first) == ALL
    first.add('g', 'clean')
    assert git(first, 'commit', '-qm', 'clean') == (0, '')
    git(first, 'reset', '-q', '--hard', 'HEAD~')
    once = tree(first.path / '.git/hooks')
    assert install(first).out.count('is in') == 4
    assert tree(first.path / '.git/hooks') == once
    assert install(first, '--uninstall').code == 0
    assert not (first.path / '.git/hooks').exists()


def test_a_merge(first: Repo) -> None:
    install(first)
    git(first, 'checkout', '-qb', 'other')
    first.add('f', make())
    first.commit()
    git(first, 'checkout', '-q', 'main')
    first.add('g', 'x')
    first.commit()
    code, out = git(first, 'merge', '--no-edit', 'other')
    assert code != 0
    assert 'f:1:1: ' in out


def test_commit_all_and_commit_a_file(first: Repo) -> None:
    """git has an index of its own for these."""
    first.add('d/f', 'x')
    first.add('g', 'x')
    first.commit()
    install(first)
    first.write('d/f', make())
    for args in ('--all', 'd/f', '--include d/f', '--only d/f'):
        code, out = git(first, 'commit', '-q', '-m', 'x', *args.split())
        assert code != 0, args
        assert 'd/f:1:1: ' in out
    first.write('g', 'y')
    assert git(first, 'commit', '-q', '-m', 'x', 'g') == (0, '')


def test_one_type(first: Repo) -> None:
    install(first, '--hook-type', 'commit-msg')
    assert stopped(first) == ['message']


@pytest.mark.parametrize('name', ("it's a $(touch x) `x` \"b\" \\n", 'new\nline', os.fsdecode(b'\xff\xc3')))
def test_odd_names(tmp_path: Path, name: str) -> None:
    repo = Repo(tmp_path / name / 'repo')
    repo.commit()
    hook(repo.path / '.git/hooks/pre-commit')
    assert install(repo).code == 0
    assert stopped(repo) == ALL
    assert len(log(repo)) == 2
    assert install(repo, '--uninstall').code == 0
    assert (repo.path / '.git/hooks/pre-commit').read_text() == WROTE


@pytest.mark.parametrize('name', PROTECTING)
def test_what_was_there_goes_on_and_comes_back(first: Repo, name: str) -> None:
    hooks = first.path / '.git/hooks'
    hook(hooks / name, '#!/bin/sh\necho "$# $(cat)" >> "$LOG"\nexit 7\n', 0o751)
    hook(hooks / 'post-commit', '#!/bin/sh\nexit 0\n')
    before = tree(hooks)
    assert install(first).code == 0
    remote = Repo(first.path.parent / 'remote', '--bare')
    head = first.git('rev-parse', 'HEAD').decode().strip()
    if name == 'pre-push':
        code, _ = git(first, 'push', '-q', str(remote.path), 'main')
        assert log(first) == [f'2 refs/heads/main {head} refs/heads/main {"0" * 40}']
    elif name == 'pre-merge-commit':
        git(first, 'checkout', '-qb', 'other')
        first.commit()
        git(first, 'checkout', '-q', 'main')
        code, _ = git(first, 'merge', '--no-ff', '--no-edit', 'other')
        assert log(first) == ['0 ']
    else:
        code, _ = git(first, 'commit', '-q', '--allow-empty', '-m', 'x')
        assert log(first) == ['0 ' if name == 'pre-commit' else '1 ']
    assert code != 0
    assert install(first, '--uninstall').code == 0
    assert tree(hooks) == before


def test_a_token_is_not_sent_by_a_hook_that_was_there(first: Repo) -> None:
    """git-lfs, say, uploads in its pre-push hook."""
    hook(first.path / '.git/hooks/pre-push')
    install(first)
    assert stopped(first) == ALL
    assert log(first) == []


def test_what_the_hook_that_was_there_puts_in_is_scanned(first: Repo) -> None:
    token = make().decode()
    hook(first.path / '.git/hooks/commit-msg', f'#!/bin/sh\necho {token} >> "$1"\n')
    hook(first.path / '.git/hooks/pre-commit', f'#!/bin/sh\necho {token} > g\ngit add g\n')
    install(first)
    code, out = git(first, 'commit', '-q', '--allow-empty', '-m', 'x')
    assert code != 0
    assert 'g:1:1: ' in out
    (first.path / '.git/hooks/pre-commit').unlink()
    git(first, 'reset', '-q', '--hard')
    code, out = git(first, 'commit', '-q', '--allow-empty', '-m', 'x')
    assert code != 0
    assert 'COMMIT_EDITMSG:2:1: ' in out


def test_a_hook_that_git_did_not_run_is_not_run(first: Repo) -> None:
    hook(first.path / '.git/hooks/pre-commit', mode=0o644)
    assert 'not executable' in install(first).out
    assert stopped(first) == ALL
    assert log(first) == []
    install(first, '--uninstall')
    assert (first.path / '.git/hooks/pre-commit').stat().st_mode & 0o777 == 0o644


def test_a_link_is_kept_as_one(first: Repo) -> None:
    hook(first.path / 'tools/check')
    (first.path / '.git/hooks').mkdir()
    (first.path / '.git/hooks/pre-commit').symlink_to('../../tools/check')
    before = tree(first.path / '.git/hooks')
    install(first)
    git(first, 'commit', '-q', '--allow-empty', '-m', 'x')
    assert len(log(first)) == 1
    install(first, '--uninstall')
    assert tree(first.path / '.git/hooks') == before


@pytest.mark.parametrize(('name', 'text', 'words'), (
    ('pre-commit', '#!/bin/sh\ncase $(basename "$0") in pre-commit) true;; esac\n', 'looks at the name'),
    ('pre-commit.before-pina-scan', WROTE, 'from an earlier hook'),
    ('pre-push', '#!/bin/sh\nif [ "$SKIP_SIMPLE_GIT_HOOKS" = "1" ]; then exit 0; fi\n', "simple-git-hooks's"),
))
def test_what_it_refuses(first: Repo, name: str, text: str, words: str) -> None:
    hook(first.path / '.git/hooks/pre-commit')
    hook(first.path / '.git/hooks' / name, text)
    before = tree(first.path / '.git')
    code, out, err = install(first)
    assert (code, out) == (2, '')
    assert words in err
    assert tree(first.path / '.git') == before


def test_links_to_one_program(first: Repo) -> None:
    hook(first.path / '.git/hooks/dispatch')
    for name in ('pre-commit', 'post-commit'):
        (first.path / '.git/hooks' / name).symlink_to('dispatch')
    assert 'links to one program' in install(first).err


@pytest.mark.parametrize('args', ((), ('--uninstall',)))
def test_a_script_that_somebody_changed(first: Repo, args: tuple[str, ...]) -> None:
    install(first)
    with open(first.path / '.git/hooks/pre-push', 'a') as file:
        file.write('echo mine\n')
    before = tree(first.path / '.git')
    code, _, err = install(first, *args)
    assert code == 2
    assert 'was changed' in err
    assert tree(first.path / '.git') == before


def test_all_or_nothing(tmp_path: Path) -> None:
    hook(tmp_path / 'hooks/old')
    hook(tmp_path / 'hooks/out')
    hook(tmp_path / 'hooks/back', 'kept')
    before = tree(tmp_path)
    folder = os.fsencode(tmp_path / 'hooks')
    steps = [
        Step(folder + b'/old', b'new', folder + b'/kept', None, ''),
        Step(folder + b'/another', b'new', None, None, ''),
        Step(folder + b'/out', None, None, folder + b'/back', ''),
        Step(folder + b'/another', b'newer', None, None, ''),
        Step(folder + b'/missing/x', b'new', None, None, ''),
    ]
    with pytest.raises(HookError, match='Nothing was changed'):
        apply(folder, steps)
    assert tree(tmp_path) == before


def test_pina_scan_is_gone(first: Repo, tmp_path: Path) -> None:
    for name in PROTECTING:
        path = hook(first.path / '.git/hooks' / name, '')
        path.write_bytes(render(name, Tool(b'/nonexistent/python', b'/nonexistent/x.py')))
    for folder, expected in (('nowhere', []), ('somewhere', ALL)):
        (tmp_path / folder).mkdir()
        if folder == 'somewhere':
            (tmp_path / folder / 'pina-scan').symlink_to(need('pina-scan', 'pip install .'))
        path = f'{tmp_path / folder}:/usr/bin:/bin'
        assert stopped(first, PATH=path) == expected
        code, out = git(first, 'commit', '-q', '--allow-empty', '-m', 'x', PATH=path)
        assert (code == 0) == (folder == 'somewhere'), out
        assert ('not found, so nothing was scanned' in out) == (folder == 'nowhere')


def test_the_repository_brings_no_pina_scan_of_its_own(first: Repo) -> None:
    install(first)
    hook(first.path / 'pina-scan', '#!/bin/sh\nexit 0\n')
    first.write('pina_scan/__init__.py', '')
    first.write('pina_scan/cli/main.py', 'def main(): return 0\n')
    first.write('pina_scan/cli/__init__.py', '')
    assert stopped(first, PATH=f'.:{os.environ["PATH"]}', PYTHONPATH='') == ALL
    for name in PROTECTING:
        (first.path / '.git/hooks' / name).write_bytes(render(name, Tool(b'/nonexistent/python', b'/nonexistent/x.py')))
    code, out = git(first, 'commit', '-q', '--allow-empty', '-m', 'x', PATH='.:/usr/bin:/bin')
    assert (code != 0, 'not found' in out) == (True, True)


def test_worktrees_share_their_hooks(first: Repo) -> None:
    first.git('worktree', 'add', '-q', '../other')
    other = Repo.__new__(Repo)
    other.path = first.path.parent / 'other'
    assert install(other).code == 0
    assert stopped(other) == ALL
    assert stopped(first) == ALL


@pytest.mark.parametrize(('value', 'tracked', 'words'), (
    ('tools/hooks', False, ''),
    ('tools/hooks', True, 'which is tracked'),
    ('.git/mine', False, ''),
    ('.husky/_', False, 'husky keeps the hooks there'),
    ('.husky', True, 'husky keeps the hooks there'),
))
def test_hooks_path(first: Repo, value: str, tracked: bool, words: str) -> None:
    first.git('config', 'core.hooksPath', value)
    hook(first.path / value / 'pre-commit')
    if tracked:
        first.git('add', '-f', value)
        first.git('commit', '-qnm', 'hooks')
    os.makedirs(first.path / 'sub')
    before = tree(first.path), tree(first.path / value)
    code, _, err = pina_scan('install', cwd=first.path / 'sub')
    assert words in err
    if words:
        assert (code, tree(first.path)) == (2, before[0])
    else:
        assert stopped(first) == ALL
        assert log(first) != []
        assert install(first, '--uninstall').code == 0
        assert tree(first.path / value) == before[1]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / 'gitconfig'
    path.write_text('[alias]\n\tci = commit\n[core]\n\tpager = cat ; mine\n')
    monkeypatch.setenv('GIT_CONFIG_GLOBAL', str(path))
    return path


def test_global(first: Repo, config: Path) -> None:
    before = config.read_text()
    for name in (*PROTECTING, *HANDED_ON):
        hook(first.path / '.git/hooks' / name, f'#!/bin/sh\necho {name} >> "$LOG"\n')
    done = install(first, '--global')
    assert (done.code, done.err) == (0, '')
    assert stopped(first) == ALL
    (first.path.parent / 'log').unlink()
    remote = Repo(first.path.parent / 'another', '--bare')
    for args in ('commit --amend --allow-empty -m x', f'push {remote.path} main'):
        assert git(first, *args.split())[0] == 0
    ran = ('pre-commit', 'commit-msg', 'pre-push', 'prepare-commit-msg', 'post-commit', 'post-rewrite', 'reference-transaction')
    assert set(ran) <= set(log(first))
    assert install(first, '--global').code == 0
    assert install(first).out.startswith('Nothing to do')
    assert install(first, '--global', '--uninstall').code == 0
    assert config.read_text() == before
    assert not (Path(os.environ['XDG_CONFIG_HOME']) / 'pina-scan').exists()
    assert stopped(first) == []


@pytest.mark.parametrize('options', (('--global',), ('--global', '--uninstall')))
def test_global_where_its_config_is_no_file(
        first: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...],
) -> None:
    """As /dev/null is, which git would replace by a file if it may."""
    os.mkfifo(tmp_path / 'fifo')
    monkeypatch.setenv('GIT_CONFIG_GLOBAL', str(tmp_path / 'fifo'))
    done = install(first, *options)
    assert (done.code, f'GIT_CONFIG_GLOBAL is {tmp_path}/fifo, which is no file.' in done.err) == (2, True)
    assert not (tmp_path / 'fifo').is_file()


def test_global_in_a_worktree_and_in_a_bare_repository(first: Repo, config: Path) -> None:
    assert install(first, '--global').code == 0
    hook(first.path / '.git/hooks/post-commit')
    first.git('worktree', 'add', '-q', '../other')
    other = Repo.__new__(Repo)
    other.path = first.path.parent / 'other'
    assert stopped(other) == ALL
    assert len(log(first)) == 1
    bare = Repo(first.path.parent / 'bare', '--bare')
    hook(bare.path / 'hooks/post-receive', '#!/bin/sh\ncat >> "$LOG"\n')
    code, out = git(first, 'push', '-q', str(bare.path), 'main')
    assert code == 0, out
    assert log(first)[-1].endswith(' refs/heads/main')


def test_global_beside_a_folder_that_is_there(first: Repo, config: Path, tmp_path: Path) -> None:
    hook(tmp_path / 'my hooks/pre-commit')
    first.git('config', '--global', 'core.hooksPath', str(tmp_path / 'my hooks'))
    before = (config.read_text(), tree(tmp_path / 'my hooks'))
    assert 'For all repositories' in install(first).err
    assert install(first, '--global').code == 0
    assert stopped(first) == ALL
    assert len(log(first)) == 2
    assert install(first, '--global', '--uninstall').code == 0
    assert (config.read_text(), tree(tmp_path / 'my hooks')) == before


def test_global_does_not_turn_off_the_systems(first: Repo, config: Path, tmp_path: Path) -> None:
    system = tmp_path / 'system'
    system.write_text('[core]\n\thooksPath = /opt/hooks\n')
    code, _, err = install(first, '--global', GIT_CONFIG_NOSYSTEM='', GIT_CONFIG_SYSTEM=str(system))
    assert code == 2
    assert 'system config' in err
    assert 'hooksPath' not in config.read_text()

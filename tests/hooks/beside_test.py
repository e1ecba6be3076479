"""`pina-scan install` beside the programs that keep hooks: the real pre-commit, prek, lefthook and husky."""
from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pina_scan.token import make
from tests.helpers.repo import Repo
from tests.helpers.tools import lacking
from tests.helpers.tools import need
from tests.hooks.install_test import ALL
from tests.hooks.install_test import git
from tests.hooks.install_test import hook
from tests.hooks.install_test import install
from tests.hooks.install_test import stopped
from tests.hooks.install_test import tree

CONFIG = """\
repos:
-   repo: local
    hooks:
    -   {id: log, name: log, entry: sh -c 'echo it >> "$LOG"', language: system, always_run: true, pass_filenames: false}
"""
TYPES = ('pre-commit', 'commit-msg', 'pre-push')
RUNNERS = ('pre-commit', 'prek')


@pytest.fixture(autouse=True)
def _on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('PATH', os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH'])))


@pytest.fixture
def first(repo: Repo) -> Repo:
    repo.commit()
    return repo


def call(repo: Repo, *command: str) -> str:
    done = subprocess.run(
        command, cwd=repo.path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout.decode()
    return done.stdout.decode()


def runner(repo: Repo, name: str, verb: str) -> None:
    call(repo, need(name, 'pip install .[test]'), verb, *(word for hook in TYPES for word in ('--hook-type', hook)))


def lines(repo: Repo) -> int:
    path = repo.path.parent / 'log'
    return path.read_text().count('it\n') if path.exists() else 0


def all_of_it(repo: Repo, others: int) -> None:
    """pina-scan stops all three, and a clean commit and push run the other hooks too."""
    assert stopped(repo) == ALL
    before = lines(repo)
    code, out = git(repo, 'commit', '-q', '--allow-empty', '-m', 'clean')
    assert code == 0, out
    remote = Repo(repo.path.parent / 'empty', '--bare')
    code, out = git(repo, 'push', '-q', str(remote.path), 'main')
    assert code == 0, out
    assert lines(repo) - before == others


@pytest.mark.parametrize('name', RUNNERS)
@pytest.mark.parametrize('first_there', ('runner', 'pina-scan', 'pina-scan, then the runner twice'))
def test_pre_commit_and_prek(first: Repo, name: str, first_there: str) -> None:
    first.add('.pre-commit-config.yaml', CONFIG)
    first.commit()
    bare = tree(first.path / '.git')
    if first_there == 'runner':
        runner(first, name, 'install')
        before = tree(first.path / '.git')
        assert f'{name} runs it first' in install(first).out
    else:
        install(first)
        before = bare
        for _ in first_there.split(','):
            runner(first, name, 'install')
    all_of_it(first, 3)
    assert install(first).out.count('is in') == 4
    if first_there == 'runner':
        assert install(first, '--uninstall').code == 0
        assert {k: v for k, v in tree(first.path / '.git').items() if k.startswith('hooks')} == {
            k: v for k, v in before.items() if k.startswith('hooks')
        }
        assert stopped(first) == []
    else:
        runner(first, name, 'uninstall')
        assert stopped(first) == ALL
        install(first, '--uninstall')
        assert stopped(first) == []


@pytest.mark.parametrize('name', RUNNERS)
def test_beside_a_hook_that_pre_commit_runs_already(first: Repo, name: str) -> None:
    first.add('.pre-commit-config.yaml', CONFIG)
    first.commit()
    hook(first.path / '.git/hooks/pre-commit', '#!/bin/sh\necho it >> "$LOG"\n')
    runner(first, name, 'install')
    before = tree(first.path / '.git/hooks')
    assert install(first).code == 0
    all_of_it(first, 4)
    install(first, '--uninstall')
    assert tree(first.path / '.git/hooks') == before


def test_pre_commit_under_global_hooks(first: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('GIT_CONFIG_GLOBAL', str(tmp_path / 'gitconfig'))
    first.add('.pre-commit-config.yaml', CONFIG)
    first.commit()
    told = install(first, '--global').out
    line = next(line for line in told.splitlines() if 'GIT_CONFIG_COUNT' in line).strip()
    call(first, 'sh', '-c', f'{line} {" ".join("--hook-type " + name for name in TYPES)}')
    all_of_it(first, 3)


def advice(err: str) -> str:
    return '\n'.join(line[4:] for line in err.splitlines() if line.startswith('    ')) + '\n'


def test_lefthook(first: Repo) -> None:
    lefthook = need('lefthook', 'pip install .[test]')
    first.add('lefthook.yml', 'post-commit:\n  commands:\n    log:\n      run: echo it >> "$LOG"\npre-commit: {}\n')
    call(first, lefthook, 'install')
    before = tree(first.path / '.git/hooks')
    code, _, err = install(first)
    assert code == 2
    assert "lefthook's" in err
    assert tree(first.path / '.git/hooks') == before
    first.add('lefthook.yml', 'post-commit:\n  commands:\n    log:\n      run: echo it >> "$LOG"\n' + advice(err))
    first.commit()
    call(first, lefthook, 'install')
    all_of_it(first, 1)


@pytest.fixture(scope='module')
def husky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's folder, from npm."""
    folder = tmp_path_factory.mktemp('npm')
    npm = need('npm', 'apt-get install npm')
    done = subprocess.run(
        (npm, 'install', '--prefix', str(folder), '--no-audit', '--no-fund', 'husky@9'), check=False, timeout=300,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    if done.returncode != 0:
        lacking(f'npm does not give out husky: {done.stdout.decode()}')
    return folder / 'node_modules' / 'husky'


def test_husky(first: Repo, husky: Path) -> None:
    call(first, 'node', str(husky / 'bin.js'))
    hook(first.path / '.husky/pre-commit', 'echo it >> "$LOG"\n', 0o644)
    before = tree(first.path / '.husky')
    code, _, err = install(first)
    assert code == 2
    assert 'husky keeps the hooks there' in err
    assert tree(first.path / '.husky') == before
    [line] = advice(err).splitlines()
    for name in re.findall(r'\.husky/([a-z-]+)', err):
        path = first.path / '.husky' / name
        rest = path.read_text() if path.exists() else ''
        hook(path, line.replace('pre-commit', name) + '\n' + rest, 0o644)
    first.git('add', '-A')
    first.commit()
    all_of_it(first, 1)


def test_husky_turns_off_what_was_there(first: Repo, husky: Path) -> None:
    """Nothing can be done about that from a hook that isn't run; the doctor tells."""
    install(first)
    call(first, 'node', str(husky / 'bin.js'))
    assert stopped(first) == []
    first.add('f', make())
    assert install(first).code == 2

"""The main job, end to end: the real pre-commit and the real prek install this hook from a clone, by repo and rev."""
from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pina_scan.token import make
from tests.helpers.repo import Repo
from tests.helpers.tokens import dummy

ROOT = Path(__file__).parents[1]
RUNNERS = ('pre-commit', 'prek')


class Source(NamedTuple):
    """A repository that offers the hook, and where each runner keeps what it has installed of it."""

    path: Path
    rev: str
    store: Path


@pytest.fixture(scope='module')
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    """This repository as it stands, committed, so that a change is tested before it is."""
    folder = tmp_path_factory.mktemp('source')
    repo = Repo(folder / 'pina-scan')
    for name in ('.pre-commit-hooks.yaml', 'README.md', 'bin', 'pina_scan', 'setup.cfg', 'setup.py'):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, repo.path / name, ignore=shutil.ignore_patterns('__pycache__'))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, repo.path / name)
    repo.git('add', '-A')
    identity = {f'GIT_{who}_{what}': 'a@example.org' for who in ('AUTHOR', 'COMMITTER') for what in ('NAME', 'EMAIL')}
    repo.git('commit', '-q', '-m', 'as it stands', **identity)
    yield Source(repo.path, repo.git('rev-parse', 'HEAD').decode().strip(), folder / 'store')


class Project(NamedTuple):
    repo: Repo
    runner: str
    environ: dict[str, str]

    def run(self, *args: str) -> tuple[int, str]:
        return self._call(self.runner, *args)

    def commit(self, *args: str) -> tuple[int, str]:
        return self._call('git', 'commit', '-m', 'a commit', *args)

    def _call(self, *command: str) -> tuple[int, str]:
        done = subprocess.run(
            command, cwd=self.repo.path, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            timeout=600,
        )
        return done.returncode, done.stdout.decode()


@pytest.fixture(params=RUNNERS)
def project(request: pytest.FixtureRequest, source: Source, repo: Repo) -> Project:
    return make_project(request.param, source, repo)


def make_project(runner: str, source: Source, repo: Repo, extra: str = '') -> Project:
    repo.write('.pre-commit-config.yaml', (
        f'repos:\n-   repo: {source.path}\n    rev: {source.rev}\n    hooks:\n    -   id: pina-scan\n{extra}'
    ))
    repo.git('add', '.pre-commit-config.yaml')
    environ = {
        **os.environ,
        'PATH': os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH'])),
        'PRE_COMMIT_HOME': str(source.store / 'pre-commit'), 'PREK_HOME': str(source.store / 'prek'),
        # uv brings its own list of authorities; pip, which pre-commit uses, is set up for this machine's
        'UV_NATIVE_TLS': '1', 'UV_SYSTEM_CERTS': '1',
    }
    made = Project(repo, runner, environ)
    types = ('pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push')
    code, out = made.run('install', *(word for kind in types for word in ('--hook-type', kind)))
    assert code == 0, out
    return made


def key() -> bytes:
    return b'TOKEN=' + make() + b'\n'


def test_a_clean_commit_passes(project: Project) -> None:
    project.repo.add('f', 'nothing\n')
    code, out = project.commit()
    assert code == 0, out


def test_a_staged_token_stops_the_commit(project: Project) -> None:
    token = make().decode()
    project.repo.add('clean', 'x\n')
    project.repo.add('d/.env', f'A=1\nTOKEN={token}\n')
    code, out = project.commit()
    assert code != 0
    assert f'd/.env:2:7: Pinterest access token, high: pina_{token[5:9]}…(96)' in out
    assert 'Generate new token' in out
    assert token[9:] not in out
    assert project.repo.git('rev-list', '--all') == b''


@pytest.mark.parametrize('kind', ('utf-16', 'binary', 'link', 'name', 'executable'))
def test_kinds_of_files(project: Project, kind: str) -> None:
    if kind == 'link':
        (project.repo.path / 'f').symlink_to(os.fsdecode(make()))
    elif kind == 'name':
        project.repo.write(make(), 'x')
    elif kind == 'utf-16':
        project.repo.write('f', make().decode().encode('utf-16'))
    else:
        project.repo.write('f', b'\0\xff\0' * 100 + make()).chmod(0o755 if kind == 'executable' else 0o644)
    project.repo.git('add', '-A')
    code, out = project.commit()
    assert code != 0
    assert 'high' in out


def test_what_is_staged_counts(project: Project) -> None:
    project.repo.add('f', key())
    project.repo.write('f', 'taken out, but not staged\n')
    assert project.commit()[0] != 0
    project.repo.add('f', 'clean\n')
    project.repo.write('f', key())
    code, out = project.commit()
    assert code == 0, out


def test_commit_all_and_commit_a_file(project: Project) -> None:
    project.repo.add('f', 'x\n')
    assert project.commit()[0] == 0
    project.repo.write('f', key())
    assert project.commit('--all')[0] != 0
    assert project.commit('f')[0] != 0
    assert len(project.repo.git('rev-list', '--all').split()) == 1


def test_all_files_and_files_scan_what_they_are_given(project: Project) -> None:
    project.repo.add('f', key())
    project.repo.commit()
    for args in (('--all-files',), ('--files', 'f')):
        code, out = project.run('run', *args)
        assert code != 0
        assert 'f:1:7: ' in out
    code, out = project.run('run', '--hook-stage', 'manual', '--all-files')
    assert code != 0


def test_a_merge_that_brings_one_in_is_stopped(project: Project) -> None:
    project.repo.commit()
    project.repo.git('checkout', '-qb', 'other')
    project.repo.add('f', key())
    project.repo.commit()
    project.repo.git('checkout', '-q', 'main')
    project.repo.add('g', 'x')
    project.repo.commit()
    code, out = project._call('git', 'merge', '--no-edit', 'other')
    assert code != 0
    assert 'f:1:7: ' in out


def test_a_file_named_like_an_option(project: Project) -> None:
    project.repo.add('--exclude=*', 'x\n')
    project.repo.add('a', key())
    code, out = project.commit()
    assert code != 0
    assert 'a:1:7: ' in out


@pytest.mark.parametrize('runner', RUNNERS)
def test_a_users_own_args(runner: str, source: Source, repo: Repo) -> None:
    project = make_project(runner, source, repo, '        args: [--allow-placeholders]\n')
    project.repo.add('f', dummy())
    code, out = project.commit()
    assert code == 0, out
    project.repo.add('--exclude=*', 'x\n')
    project.repo.add('a', key())
    code, out = project.commit()
    assert code != 0
    assert 'args: [--allow-placeholders, --]' in out


def test_a_file_that_is_encrypted_on_its_way_in(project: Project) -> None:
    xor = "python3 -c 'import sys; sys.stdout.buffer.write(bytes(b ^ 85 for b in sys.stdin.buffer.read()))'"
    for part in ('clean', 'smudge'):
        project.repo.git('config', f'filter.x.{part}', xor)
    project.repo.add('.gitattributes', 'secret filter=x\n')
    project.repo.add('secret', key())
    code, out = project.commit()
    assert code == 0, out


def test_an_accepted_token_passes(project: Project) -> None:
    project.repo.add('f', key().strip() + b'  # pina-scan: allow for the docs\n')
    code, out = project.commit()
    assert code == 0, out


@pytest.fixture
def with_remote(project: Project, source: Source, tmp_path: Path) -> Project:
    """With the hooks for messages and pushes, and a remote that has nothing."""
    hooks = '    -   id: pina-scan-message\n    -   id: pina-scan-push\n'
    made = make_project(project.runner, source, project.repo, hooks)
    made.repo.git('remote', 'add', 'origin', str(Repo(tmp_path / 'remote', '--bare').path))
    return made


def _push(project: Project, *args: str) -> tuple[int, str]:
    return project._call('git', 'push', *args)


def test_a_message_with_a_token(with_remote: Project) -> None:
    token = make().decode()
    with_remote.repo.add('f', 'x\n')
    code, out = with_remote._call('git', 'commit', '-m', f'subject\n\n# {token}')
    assert code != 0
    assert 'COMMIT_EDITMSG:3:3: ' in out
    assert token[9:] not in out
    code, out = with_remote.commit()
    assert code == 0, out


def test_pushes(with_remote: Project) -> None:
    repo = with_remote.repo
    repo.commit()
    code, out = _push(with_remote, 'origin', 'main')
    assert code == 0, out
    clean = repo.commit()
    # added and taken out again, on a ref that is not the first of the push
    repo.git('checkout', '-qb', 'side')
    repo.add('f', key())
    repo.commit()
    repo.add('f', 'clean\n')
    repo.commit()
    repo.git('checkout', '-q', 'main')
    code, out = _push(with_remote, 'origin', 'main', 'side')
    assert code != 0
    assert 'f:1:7: ' in out
    repo.git('branch', '-qD', 'side')
    code, out = _push(with_remote, 'origin', 'main')
    assert code == 0, out
    assert repo.git('ls-remote', 'origin', 'main').split()[0].decode() == clean
    repo.git('tag', '-am', f'about {make().decode()}', 'v1')
    repo.commit()
    code, out = _push(with_remote, 'origin', 'main', 'v1')
    assert code != 0
    assert 'Pinterest access token' in out
    repo.git('tag', '-d', 'v1')
    assert _push(with_remote, 'origin', 'HEAD:refs/heads/other')[0] == 0
    # a deletion sends nothing, whatever is here
    repo.add('g', key())
    repo.commit()
    code, out = _push(with_remote, 'origin', ':other')
    assert code == 0, out


def test_the_first_push_of_a_root(with_remote: Project) -> None:
    with_remote.repo.add('f', key())
    with_remote.repo.commit()
    with_remote.repo.git('rm', '-q', 'f')
    with_remote.repo.commit()
    code, out = _push(with_remote, 'origin', 'main')
    assert code != 0
    assert 'f:1:7: ' in out


def test_pushes_that_are_handed_over_in_part(with_remote: Project) -> None:
    """What is on no ref, what is typed with spaces, a HEAD without a commit, a URL, a second branch's name."""
    repo = with_remote.repo
    repo.add('f', key())
    repo.commit()
    repo.git('rm', '-q', 'f')
    repo.commit('take it out')
    url = repo.git('remote', 'get-url', 'origin').decode().strip()
    assert _push(with_remote, '--no-verify', 'origin', 'main')[0] == 0
    for args in (
            ('origin', 'HEAD^{/take it out}:refs/heads/words'), (url, 'main:refs/heads/address'),
    ):
        repo.commit('take it out')
        code, out = _push(with_remote, *args)
        assert code == 0, out
    repo.git('checkout', '-q', '--orphan', 'lone')
    repo.add('g', key())
    lone = repo.commit()
    repo.git('checkout', '-q', '-f', 'main')
    repo.git('branch', '-D', 'lone')
    code, out = _push(with_remote, 'origin', f'{lone}:refs/heads/lone')
    assert code != 0
    assert 'g:1:7: ' in out
    repo.git('branch', 'next', repo.commit())
    repo.git('checkout', '-q', '--orphan', 'unborn')
    code, out = _push(with_remote, 'origin', 'next')
    assert code == 0, out
    repo.git('checkout', '-q', '-f', 'main')
    repo.commit()
    name = make().decode()
    repo.git('branch', name)
    code, out = _push(with_remote, 'origin', 'main', name)
    assert code != 0
    assert 'Pinterest access token' in out

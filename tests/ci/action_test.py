"""`action.yml` and the templates: their own steps, run in bash in order, in the environment that the system gives them."""
from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pina_scan.report.formats import FORMATS
from tests.ci.event_test import World
from tests.ci.event_test import clone
from tests.ci.event_test import filled
from tests.ci.event_test import github
from tests.ci.event_test import pull
from tests.ci.event_test import push
from tests.ci.event_test import world
from tests.helpers.repo import Repo
from tests.helpers.tools import need

__all__ = ('world',)
ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / 'action.yml').read_text())
GITLAB = yaml.safe_load((ROOT / 'templates' / 'gitlab-ci.yml').read_text())['pina-scan']
STEPS = ACTION['runs']['steps']


@pytest.fixture(scope='module')
def action(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The action's own checkout, as a runner has it, and RUNNER_TEMP after its first step."""
    folder = tmp_path_factory.mktemp('the action $(touch x)')
    for name in ('bin', 'pina_scan'):
        shutil.copytree(ROOT / name, folder / 'action' / name, ignore=shutil.ignore_patterns('__pycache__'))
    for name in ('setup.cfg', 'setup.py', 'README.md'):
        shutil.copy(ROOT / name, folder / 'action')
    temp = tmp_path_factory.mktemp('temp')
    code, out, _ = step(STEPS[0], {'python': sys.executable}, folder / 'action', temp, folder, {})
    assert code == 0, out
    return folder / 'action', temp


def step(
        of: dict[str, Any], inputs: dict[str, str], action: Path, temp: Path, cwd: Path, env: dict[str, str],
) -> tuple[int, str, dict[str, str]]:
    """What one step does, with expressions filled in where a runner fills them in; and what it puts out."""
    values = {f'inputs.{name}': inputs.get(name, about.get('default', '')) for name, about in ACTION['inputs'].items()}
    values['github.action_path'] = str(action)

    def fill(text: str) -> str:
        return re.sub(r'\$\{\{ *([\w.-]+) *\}\}', lambda m: values[m[1]], text)

    output = temp / 'output'
    output.write_text('')
    done = subprocess.run(
        # as actions/runner starts `shell: bash`
        ('bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', fill(of['run'])),
        cwd=cwd / fill(of.get('working-directory', '.')), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, timeout=300,
        env={
            **os.environ, **env, **{name: fill(value) for name, value in of.get('env', {}).items()},
            'RUNNER_TEMP': str(temp), 'GITHUB_OUTPUT': str(output), 'GITHUB_WORKSPACE': str(cwd),
        },
    )
    told = dict(line.split('=', 1) for line in output.read_text().splitlines())
    return done.returncode, done.stdout.decode(), told


@pytest.mark.parametrize(('inputs', 'name', 'payload', 'code', 'words'), (
    ({}, 'push', push('{old}', '{new}'), 1, 'new:1:1'),
    ({}, 'pull_request', pull('{side}', '{new}'), 1, 'side:1:1'),
    ({'range': 'refs/remotes/origin/main..refs/remotes/origin/side'}, 'push', {}, 1, 'side:1:1'),
    ({'mode': 'history'}, 'push', {}, 1, 'old:1:1'),
    ({'mode': 'tree', 'paths': 'empty\n'}, 'push', {}, 0, 'no token'),
    ({'mode': 'tree', 'paths': 'new\nempty'}, 'push', {}, 1, 'new:1:1'),
    ({'mode': 'tree', 'args': '--exclude\n/old\n\n--exclude=/new\n'}, 'push', {}, 0, '2 paths excluded'),
    ({'mode': 'tree', 'baseline': 'nosuch/base line', 'paths': 'empty'}, 'push', {}, 0, 'no token'),
    ({'mode': 'tree', 'config': 'nosuch.toml'}, 'push', {}, 2, 'nosuch.toml: there is no such file'),
    ({'mode': 'x$(touch injected)'}, 'push', {}, 2, 'invalid choice'),
    ({'range': '$(touch injected);`touch injected`'}, 'push', {}, 2, "git can't make out the range"),
    ({'args': '$(touch injected)\n"; touch injected; "'}, 'push', {}, 2, ''),
    ({'mode': 'tree', 'paths': '"$(touch injected)"'}, 'push', {}, 2, ''),
))
def test_the_action(
        action: tuple[Path, Path], world: World, inputs: dict[str, str], name: str, payload: dict[str, Any], code: int,
        words: str,
) -> None:
    repo = clone(world, 'main')
    repo.write('empty', '')
    got, out, told = step(STEPS[1], inputs, *action, repo.path, github(world, name, payload))
    assert (got, told) == (code, {'exit-code': str(code)}), out
    assert words in out
    assert not any(token[9:] in out for token in world.tokens)
    assert not list(world.remote.path.parent.rglob('injected'))


def test_comments_accept_only_where_the_action_is_told(action: tuple[Path, Path], repo: Repo, world: World) -> None:
    repo.add('f', world.tokens[0] + ' # pina-scan: allow\n')
    for inputs, code in (({}, 1), ({'inline-allow': 'true'}, 0)):
        assert step(STEPS[1], {'mode': 'tree', **inputs}, *action, repo.path, {})[0] == code


def test_a_shallow_clone(action: tuple[Path, Path], world: World) -> None:
    repo = Repo(world.remote.path.parent / 'clone')
    repo.git('fetch', '-q', '--depth=1', f'file://{world.remote.path}', '+main:refs/job')
    repo.git('checkout', '-q', '--detach', 'refs/job')
    code, out, told = step(STEPS[1], {}, *action, repo.path, github(world, 'push', push('{old}', '{new}')))
    assert (code, told['exit-code']) == (2, '2')
    assert 'fetch-depth: 0' in out


def test_no_expression_in_a_script() -> None:
    assert [of['name'] for of in STEPS if '${{' in of['run']] == []


def test_every_input_is_used() -> None:
    text = str(STEPS)
    assert [name for name in ACTION['inputs'] if f'inputs.{name} ' not in text] == []


@pytest.mark.parametrize('of', STEPS, ids=lambda of: of['name'])
def test_shellcheck(of: dict[str, Any]) -> None:
    done = subprocess.run(
        (need('shellcheck', 'pip install .[test]'), '--shell=bash', '-'), input=of['run'].encode(), stdout=subprocess.PIPE,
        check=False,
    )
    assert done.stdout.decode() == ''


def test_zizmor() -> None:
    zizmor = need('zizmor', 'pip install .[test]')
    done = subprocess.run((zizmor, '--offline', '--quiet', str(ROOT / 'action.yml')), capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def workflows() -> list[str]:
    """The workflows that the docs show, each with this repository's action in place of the name it is published by."""
    pages = [path.read_text() for path in (ROOT / 'README.md', ROOT / 'docs' / 'ci.md')]
    blocks = [block for page in pages for block in re.findall(r'```yaml\n(.*?)```', page, re.DOTALL)]
    return [re.sub(r'uses: <[^>]*>\S*', 'uses: ./', block) for block in blocks if 'runs-on:' in block]


def test_actionlint(repo: Repo) -> None:
    found = workflows()
    assert found
    shutil.copy(ROOT / 'action.yml', repo.path)
    for number, text in enumerate(found):
        repo.write(f'.github/workflows/{number}.yml', text)
    done = subprocess.run(
        (need('actionlint', 'go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'),), cwd=repo.path,
        stdout=subprocess.PIPE, check=False,
    )
    assert done.stdout.decode() == ''


def gitlab(cwd: Path, builds: Path, env: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        ('bash', '-e', '-o', 'pipefail', '-c', '\n'.join(GITLAB['script'])), cwd=cwd, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=300,
        env={
            **os.environ, 'GITLAB_CI': 'true', 'CI_BUILDS_DIR': str(builds),
            **{key: str(value) for key, value in GITLAB['variables'].items()}, **env,
        },
    )
    return done.returncode, done.stdout.decode()


def test_gitlab_has_to_be_told_what_to_install(tmp_path: Path) -> None:
    code, out = gitlab(tmp_path, tmp_path / 'builds', {})
    assert (code, out) == (2, 'Say what pip is to install, in the variable PINA_SCAN.\n')


@pytest.mark.skipif('gitlab' not in FORMATS, reason='the report for GitLab is not there yet')
def test_gitlab(action: tuple[Path, Path], world: World, tmp_path: Path) -> None:
    repo = clone(world, 'main')
    env = filled(world, {
        'CI_PIPELINE_SOURCE': 'push', 'CI_COMMIT_SHA': '{new}', 'CI_COMMIT_BEFORE_SHA': '{old}', 'CI_COMMIT_BRANCH': 'main',
    })
    code, out = gitlab(repo.path, tmp_path / 'builds', {**env, 'PINA_SCAN': str(action[0])})
    assert code == 1, out
    assert 'GitLab, push: commits' in out
    assert (repo.path / GITLAB['artifacts']['reports']['secret_detection']).exists()

"""The jobs that docs/ci.md shows for other systems: valid by the system's own schema, and run as it runs them."""
from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
import yaml

from tests.ci.action_test import action
from tests.ci.event_test import World
from tests.ci.event_test import clone
from tests.ci.event_test import filled
from tests.ci.event_test import world
from tests.helpers.tools import need

__all__ = ('action', 'world')
PAGE = (Path(__file__).parents[2] / 'docs' / 'ci.md').read_text()
BLOCKS = dict(re.findall(r'^## ([^\n]+)\n(?:(?!^## ).)*?^```\w+\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL))


class Recipe(NamedTuple):
    """`script` finds what a shell gets in the job; `env` is what the system sets for a push of `new` to main."""

    schema: str | None
    script: Callable[[Any], str]
    env: dict[str, str]
    expected: str


def of_circleci(job: Any) -> str:
    return '\n'.join(step['run'] for step in job['jobs']['pina-scan']['steps'] if 'run' in step)


RECIPES = {
    'Azure Pipelines': Recipe(
        'vendor.azure-pipelines', lambda job: job['steps'][1]['script'].replace('$(Agent.TempDirectory)', '$AGENT_TEMPDIRECTORY'),
        {'TF_BUILD': 'True', 'BUILD_REASON': 'IndividualCI', 'BUILD_SOURCEVERSION': '{new}'}, 'all that leads to',
    ),
    'Bitbucket Pipelines': Recipe(
        'vendor.bitbucket-pipelines', lambda job: '\n'.join(job['pipelines']['default'][0]['step']['script']),
        {'BITBUCKET_BUILD_NUMBER': '1', 'BITBUCKET_COMMIT': '{new}', 'BITBUCKET_BRANCH': 'main'}, 'all that leads to',
    ),
    'Buildkite': Recipe(
        # the agent takes `$$` for a `$` that is not its own
        'vendor.buildkite', lambda job: job['steps'][0]['command'].replace('$$', '$'),
        {'BUILDKITE': 'true', 'BUILDKITE_COMMIT': 'HEAD', 'BUILDKITE_BRANCH': 'main'}, 'all that leads to HEAD',
    ),
    'CircleCI': Recipe(
        'vendor.circle-ci', of_circleci, {'CIRCLECI': 'true', 'CIRCLE_SHA1': '{new}', 'CIRCLE_BRANCH': 'main'},
        'all that leads to',
    ),
    'Jenkins': Recipe(
        None, lambda job: re.findall(r"sh '''(.*?)'''", job, re.DOTALL)[0],
        {'JENKINS_URL': 'x', 'GIT_COMMIT': '{new}', 'GIT_PREVIOUS_SUCCESSFUL_COMMIT': '{old}'}, 'commits',
    ),
}
#: What stands in for the agent: it keeps what it is given.
AGENT = '#!/bin/sh\nprintf "%s\\n" "$*" > "$0.told"\ncat >> "$0.told"\n'


def job(name: str) -> Any:
    return BLOCKS[name] if name == 'Jenkins' else yaml.safe_load(BLOCKS[name])


@pytest.mark.parametrize('name', [name for name, recipe in RECIPES.items() if recipe.schema])
def test_valid(name: str, tmp_path: Path) -> None:
    path = tmp_path / 'job.yml'
    path.write_text(BLOCKS[name])
    # as Python takes them: in Azure's own patterns is what strict ECMAScript, of which some versions are, refuses
    words = (
        need('check-jsonschema', 'pip install .[test]'), '--regex-variant', 'python', '--builtin-schema',
        str(RECIPES[name].schema), str(path),
    )
    done = subprocess.run(words, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def run(name: str, cwd: Path, temp: Path, env: dict[str, str]) -> tuple[int, str]:
    """Without what installs it: all do that alike, and the tests of the action have done it to `temp`."""
    script = RECIPES[name].script(job(name))
    lines = [line for line in script.splitlines() if not re.search(r'\bpip"? install|-m venv', line)]
    assert len(lines) < len(script.splitlines())
    path = os.pathsep.join((str(temp), str(temp / 'pina-scan' / 'bin'), os.environ['PATH']))
    done = subprocess.run(
        ('bash', '-e', '-o', 'pipefail', '-c', '\n'.join(lines)), cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, timeout=300,
        env={**os.environ, **env, 'PATH': path, 'AGENT_TEMPDIRECTORY': str(temp), 'WORKSPACE_TMP': str(temp)},
    )
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize('name', RECIPES)
def test_a_push(action: tuple[Path, Path], world: World, name: str) -> None:
    repo = clone(world, 'main')
    agent = action[1] / 'buildkite-agent'
    agent.write_text(AGENT)
    agent.chmod(0o755)
    code, out = run(name, repo.path, action[1], filled(world, RECIPES[name].env))
    assert (code, RECIPES[name].expected in out, 'new:1:1' in out) == (1, True, True), out
    assert not any(token[9:] in out for token in world.tokens)
    for path in repo.path.rglob('*.xml'):
        cases = ElementTree.parse(path).getroot().iter('testcase')
        assert 'new:1:1' in [case.get('name') for case in cases if case.find('failure') is not None]
    if name == 'Buildkite':
        told = (action[1] / 'buildkite-agent.told').read_text()
        assert told.startswith('annotate --style error --context pina-scan\n## pina-scan\n')
    if name == 'Jenkins':
        [result] = json.loads((repo.path / 'pina-scan.sarif').read_text())['runs'][0]['results']
        assert result['ruleId'] == 'pinterest-access-token'


@pytest.mark.parametrize('name', ('Bitbucket Pipelines', 'CircleCI'))
def test_where_the_page_of_tests_looks(action: tuple[Path, Path], world: World, name: str) -> None:
    repo = clone(world, 'main')
    run(name, repo.path, action[1], filled(world, RECIPES[name].env))
    assert [str(path.relative_to(repo.path)) for path in repo.path.rglob('*.xml')] == ['test-results/pina-scan.xml']

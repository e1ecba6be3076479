"""`pina-scan ci`: simulated environments of each system, over real clones, deep and shallow."""
from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from typing import NamedTuple

import pytest

from pina_scan.token import make
from pina_scan.token import sha256
from tests.helpers.command import Result
from tests.helpers.command import pina_scan
from tests.helpers.repo import Repo

ZERO = '0' * 40
OLD, NEW, SIDE, DROPPED, MERGED = range(5)


class World(NamedTuple):
    """A remote with a token in each of its parts, by number, and the ids of its commits by name."""

    remote: Repo
    tokens: list[str]
    ids: dict[str, str]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """`main`: old, new; `side`, from old; `dropped`, which a forced push took off `side`; `merge` of side into main."""
    remote = Repo(tmp_path / 'remote')
    tokens = [make().decode() for _ in range(5)]
    ids = {}

    def commit(name: str, number: int) -> None:
        remote.add(name, tokens[number])
        ids[name] = remote.commit()

    commit('old', OLD)
    remote.git('checkout', '-qb', 'side')
    commit('dropped', DROPPED)
    remote.git('reset', '-q', '--hard', ids['old'])
    commit('side', SIDE)
    remote.git('checkout', '-q', 'main')
    commit('new', NEW)
    remote.git('tag', '-a', '-m', 'a tag', 'v1')
    ids['tag'] = remote.git('rev-parse', 'v1').decode().strip()
    remote.git('checkout', '-qb', 'merge')
    remote.git('merge', '-q', '--no-ff', '--no-edit', 'side')
    ids['merge'] = remote.git('rev-parse', 'HEAD').decode().strip()
    remote.git('update-ref', 'refs/pull/1/merge', 'HEAD')
    remote.git('checkout', '-q', 'main')
    remote.git('branch', '-qD', 'merge')
    return World(remote, tokens, ids)


def clone(world: World, what: str, *args: str) -> Repo:
    """As a runner does: init, fetch, check out, detached. `args`: of fetch."""
    made = Repo(world.remote.path.parent / 'clone')
    made.git('remote', 'add', 'origin', f'file://{world.remote.path}')
    refs = ('+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*', f'+{what}:refs/job')
    made.git('fetch', '-q', *args, 'origin', *refs)
    made.git('checkout', '-q', '--detach', 'refs/job')
    return made


def github(world: World, name: str, payload: dict[str, Any]) -> dict[str, str]:
    path = world.remote.path.parent / 'event.json'
    text = re.sub(r'\{(\w+)\}', lambda m: world.ids[m[1]], json.dumps({'repository': {'default_branch': 'main'}, **payload}))
    path.write_text(text)
    return {'GITHUB_ACTIONS': 'true', 'GITHUB_EVENT_NAME': name, 'GITHUB_EVENT_PATH': str(path)}


def filled(world: World, env: dict[str, str]) -> dict[str, str]:
    return {key: value.format(**world.ids) for key, value in env.items()}


def found(world: World, done: Result) -> set[int]:
    hashes = {finding['token_sha256'] for finding in json.loads(done.out)['findings']}
    return {number for number, token in enumerate(world.tokens) if sha256(token.encode()) in hashes}


def push(before: str, after: str, ref: str = 'refs/heads/main', **more: Any) -> dict[str, Any]:
    return {'before': before, 'after': after, 'ref': ref, **more}


def pull(head: str, base: str) -> dict[str, Any]:
    return {'pull_request': {'head': {'sha': head}, 'base': {'sha': base, 'ref': 'main'}}}


@pytest.mark.parametrize(('name', 'payload', 'what', 'expected', 'words'), (
    ('push', push('{old}', '{new}'), 'main', {NEW}, 'commits'),
    ('push', push('{old}', '{side}', 'refs/heads/side'), 'side', {SIDE}, 'commits'),
    ('push', push(ZERO, '{side}', 'refs/heads/side', created=True), 'side', {SIDE}, 'and main has not'),
    ('push', push(ZERO, '{new}', 'refs/heads/main', created=True), 'main', {OLD, NEW}, 'all that leads to'),
    ('push', push('{dropped}', '{side}', 'refs/heads/side', forced=True), 'side', {SIDE}, 'is not in this clone, so'),
    ('push', push('{side}', ZERO, 'refs/heads/side', deleted=True), 'main', {OLD, NEW}, 'deleted'),
    ('push', push(ZERO, '{old}', 'refs/heads/copy', created=True), 'main', {OLD, NEW}, 'adds no commit'),
    ('push', push(ZERO, '{tag}', 'refs/tags/v1', created=True), 'main', set(), 'main has not'),
    ('pull_request', pull('{side}', '{new}'), 'refs/pull/1/merge', {SIDE}, 'commits'),
    ('pull_request_target', pull('{side}', '{new}'), 'side', {SIDE}, 'commits'),
    ('merge_group', {'merge_group': {'head_sha': '{merge}', 'base_sha': '{new}'}}, 'refs/pull/1/merge', {SIDE}, 'commits'),
    ('schedule', {'schedule': '0 0 * * *'}, 'main', {OLD, NEW, SIDE}, 'everything git keeps'),
    ('workflow_dispatch', {'inputs': None}, 'main', {OLD, NEW, SIDE}, 'everything git keeps'),
))
def test_github(world: World, name: str, payload: dict[str, Any], what: str, expected: set[int], words: str) -> None:
    repo = clone(world, what)
    done = pina_scan('ci', '--format', 'json', cwd=repo.path, **github(world, name, payload))
    assert words in done.err
    assert found(world, done) == expected
    assert done.code == (1 if expected else 0)


@pytest.mark.parametrize(('name', 'payload', 'what', 'depth'), (
    ('push', push('{old}', '{new}'), 'main', 1),
    ('push', push(ZERO, '{side}', 'refs/heads/side'), 'side', 1),
    ('push', push('{dropped}', '{side}', 'refs/heads/side', forced=True), 'side', 1),
    ('pull_request', pull('{side}', '{old}'), 'refs/pull/1/merge', 1),
    ('pull_request', pull('{side}', '{new}'), 'refs/pull/1/merge', 1),
    ('pull_request_target', pull('{side}', '{new}'), 'main', 1),
    ('schedule', {}, 'main', 1),
))
def test_a_shallow_clone_is_no_all_clear(world: World, name: str, payload: dict[str, Any], what: str, depth: int) -> None:
    repo = Repo(world.remote.path.parent / 'clone')
    repo.git('remote', 'add', 'origin', f'file://{world.remote.path}')
    repo.git('fetch', '-q', f'--depth={depth}', 'origin', f'+{what}:refs/job')
    repo.git('checkout', '-q', '--detach', 'refs/job')
    code, out, err = pina_scan('ci', cwd=repo.path, **github(world, name, payload))
    assert code == 2
    assert 'fetch-depth: 0' in out + err or name == 'schedule'
    assert 'shallow' in out + err or 'is not in this clone' in err


def test_a_shallow_clone_that_is_deep_enough(world: World) -> None:
    repo = clone(world, 'main', '--depth=2')
    done = pina_scan('ci', '--format', 'json', cwd=repo.path, **github(world, 'push', push('{old}', '{new}')))
    assert (done.code, found(world, done)) == (1, {NEW})


def test_a_shallow_clone_whose_range_chooses_nothing_here(world: World) -> None:
    repo = clone(world, 'main', '--depth=1')
    code, out, err = pina_scan('ci', '--range', 'HEAD -- nosuch', cwd=repo.path)
    assert (code, 'fetch-depth: 0' in out + err) == (2, True)


@pytest.mark.parametrize(('env', 'expected', 'words'), (
    ({'GITLAB_CI': 'true', 'CI_PIPELINE_SOURCE': 'push', 'CI_COMMIT_SHA': '{new}', 'CI_COMMIT_BEFORE_SHA': '{old}',
      'CI_COMMIT_BRANCH': 'main', 'CI_DEFAULT_BRANCH': 'main'}, {NEW}, 'GitLab, push: commits'),
    ({'GITLAB_CI': 'true', 'CI_PIPELINE_SOURCE': 'push', 'CI_COMMIT_SHA': '{side}', 'CI_COMMIT_BEFORE_SHA': ZERO,
      'CI_COMMIT_BRANCH': 'side', 'CI_DEFAULT_BRANCH': 'main'}, {SIDE}, 'main has not'),
    ({'GITLAB_CI': 'true', 'CI_PIPELINE_SOURCE': 'push', 'CI_COMMIT_SHA': '{new}', 'CI_COMMIT_BEFORE_SHA': ZERO,
      'CI_COMMIT_TAG': 'v1'}, {OLD, NEW}, 'all that leads to'),
    ({'GITLAB_CI': 'true', 'CI_PIPELINE_SOURCE': 'merge_request_event', 'CI_COMMIT_SHA': '{side}', 'CI_MERGE_REQUEST_IID': '1',
      'CI_MERGE_REQUEST_DIFF_BASE_SHA': '{old}'}, {SIDE}, 'commits'),
    ({'GITLAB_CI': 'true', 'CI_PIPELINE_SOURCE': 'merge_request_event', 'CI_COMMIT_SHA': '{merge}', 'CI_MERGE_REQUEST_IID': '1',
      'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA': '{side}', 'CI_MERGE_REQUEST_DIFF_BASE_SHA': '{old}'}, {SIDE}, 'commits'),
    ({'GITLAB_CI': 'true', 'CI_PIPELINE_SOURCE': 'schedule', 'CI_COMMIT_SHA': '{new}'}, {OLD, NEW, SIDE}, 'everything'),
    ({'TF_BUILD': 'True', 'BUILD_REASON': 'PullRequest', 'SYSTEM_PULLREQUEST_SOURCECOMMITID': '{side}',
      'SYSTEM_PULLREQUEST_TARGETBRANCH': 'refs/heads/main'}, {SIDE}, 'Azure Pipelines, PullRequest'),
    ({'TF_BUILD': 'True', 'BUILD_REASON': 'IndividualCI', 'BUILD_SOURCEVERSION': '{side}'}, {OLD, SIDE}, 'all that leads to'),
    ({'TF_BUILD': 'True', 'BUILD_REASON': 'Schedule', 'BUILD_SOURCEVERSION': '{side}'}, {OLD, NEW, SIDE}, 'everything'),
    ({'BITBUCKET_BUILD_NUMBER': '1', 'BITBUCKET_COMMIT': '{side}', 'BITBUCKET_PR_ID': '1',
      'BITBUCKET_PR_DESTINATION_COMMIT': '{new:.12}'}, {SIDE}, 'a pull request'),
    ({'BITBUCKET_BUILD_NUMBER': '1', 'BITBUCKET_COMMIT': '{new}'}, {OLD, NEW}, 'all that leads to'),
    ({'BUILDKITE': 'true', 'BUILDKITE_COMMIT': '{side}', 'BUILDKITE_PULL_REQUEST': '1', 'BUILDKITE_BRANCH': 'side',
      'BUILDKITE_PULL_REQUEST_BASE_BRANCH': 'main'}, {SIDE}, 'Buildkite, a pull request'),
    ({'BUILDKITE': 'true', 'BUILDKITE_COMMIT': '{side}', 'BUILDKITE_PULL_REQUEST': 'false', 'BUILDKITE_BRANCH': 'side',
      'BUILDKITE_PIPELINE_DEFAULT_BRANCH': 'main'}, {SIDE}, 'and main has not'),
    ({'BUILDKITE': 'true', 'BUILDKITE_COMMIT': 'HEAD', 'BUILDKITE_PULL_REQUEST': 'false', 'BUILDKITE_BRANCH': 'main',
      'BUILDKITE_PIPELINE_DEFAULT_BRANCH': 'main'}, {OLD, NEW, SIDE}, 'all that leads to HEAD'),
    ({'BUILDKITE': 'true', 'BUILDKITE_SOURCE': 'schedule', 'BUILDKITE_COMMIT': 'HEAD'}, {OLD, NEW, SIDE}, 'everything'),
    ({'CIRCLECI': 'true', 'CIRCLE_SHA1': '{side}', 'CIRCLE_BRANCH': 'side'}, {OLD, SIDE}, 'all that leads to'),
    ({'JENKINS_URL': 'x', 'CHANGE_ID': '1', 'CHANGE_TARGET': 'main', 'BRANCH_NAME': 'PR-1'}, {SIDE}, 'Jenkins, a change request'),
    ({'JENKINS_URL': 'x', 'GIT_COMMIT': '{new}', 'GIT_PREVIOUS_SUCCESSFUL_COMMIT': '{old}'}, {NEW}, 'Jenkins, a build: commits'),
    ({'JENKINS_URL': 'x', 'GIT_COMMIT': '{new}', 'BRANCH_NAME': 'main'}, {OLD, NEW}, 'all that leads to'),
))
def test_other_systems(world: World, env: dict[str, str], expected: set[int], words: str) -> None:
    repo = clone(world, 'refs/pull/1/merge')
    done = pina_scan('ci', '--format', 'json', cwd=repo.path, **filled(world, env))
    assert words in done.err
    assert (done.code, found(world, done)) == (1, expected)


@pytest.mark.parametrize(('env', 'expected', 'words'), (
    ({'CIRCLECI': 'true', 'CIRCLE_SHA1': '{side}', 'CIRCLE_BRANCH': 'side'}, {SIDE}, 'and main has not'),
    ({'CIRCLECI': 'true', 'CIRCLE_SHA1': '{new}', 'CIRCLE_BRANCH': 'main'}, {OLD, NEW}, 'all that leads to'),
    ({'CIRCLECI': 'true', 'CIRCLE_SHA1': '{new}', 'CIRCLE_TAG': 'v1'}, {OLD, NEW}, 'all that leads to'),
    ({'BITBUCKET_BUILD_NUMBER': '1', 'BITBUCKET_COMMIT': '{side}', 'BITBUCKET_BRANCH': 'side'}, {SIDE}, 'and main has not'),
    ({'TF_BUILD': 'True', 'BUILD_REASON': 'BatchedCI', 'BUILD_SOURCEVERSION': '{side}', 'BUILD_SOURCEBRANCH': 'refs/heads/side'},
     {SIDE}, 'and main has not'),
    ({'JENKINS_URL': 'x', 'GIT_COMMIT': '{side}', 'BRANCH_NAME': 'side'}, {SIDE}, 'and main has not'),
))
def test_a_branch_is_measured_by_the_one_that_the_clone_began_with(
        world: World, env: dict[str, str], expected: set[int], words: str,
) -> None:
    repo = clone(world, 'refs/pull/1/merge')
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
    done = pina_scan('ci', '--format', 'json', cwd=repo.path, **filled(world, env))
    assert words in done.err
    assert (done.code, found(world, done)) == (1, expected)


@pytest.mark.parametrize('kind', ('annotated', 'light', 'gone'))
@pytest.mark.parametrize('env', (
    {'GITLAB_CI': 'true', 'CI_PIPELINE_SOURCE': 'push', 'CI_COMMIT_SHA': '{new}', 'CI_COMMIT_BEFORE_SHA': ZERO,
     'CI_COMMIT_TAG': 'v2'},
    {'TF_BUILD': 'True', 'BUILD_REASON': 'IndividualCI', 'BUILD_SOURCEVERSION': '{new}', 'BUILD_SOURCEBRANCH': 'refs/tags/v2'},
    {'BITBUCKET_BUILD_NUMBER': '1', 'BITBUCKET_COMMIT': '{new}', 'BITBUCKET_TAG': 'v2'},
    {'BUILDKITE': 'true', 'BUILDKITE_COMMIT': '{new}', 'BUILDKITE_BRANCH': 'v2', 'BUILDKITE_TAG': 'v2'},
    {'CIRCLECI': 'true', 'CIRCLE_SHA1': '{new}', 'CIRCLE_TAG': 'v2'},
    {'JENKINS_URL': 'x', 'GIT_COMMIT': '{new}', 'BRANCH_NAME': 'v2', 'TAG_NAME': 'v2'},
), ids=lambda env: next(iter(env)))
def test_what_a_tag_says(world: World, env: dict[str, str], kind: str) -> None:
    """They name its commit, which is all there is of a light one."""
    token = make().decode()
    message = ('-a', '-m', f'about {token}') if kind == 'annotated' else ()
    world.remote.git('tag', *message, 'v2', world.ids['new'])
    repo = clone(world, 'main')
    if kind == 'gone':
        repo.git('tag', '-d', 'v2')
    done = pina_scan('ci', '--format', 'json', cwd=repo.path, **filled(world, env))
    if kind == 'gone':
        assert (done.code, 'git fetch origin tag v2' in done.err) == (2, True)
        return
    hashes = {finding['token_sha256'] for finding in json.loads(done.out)['findings']}
    assert found(world, done) == {OLD, NEW}
    assert (sha256(token.encode()) in hashes) == (kind == 'annotated')


@pytest.mark.parametrize(('args', 'expected', 'words'), (
    (('--mode', 'history'), {OLD, NEW, SIDE}, 'everything'),
    (('--mode=tree',), {OLD, NEW}, 'checked out'),
    (('--mode', 'tree', '--', 'old'), {OLD}, 'checked out'),
    (('--exclude', 'new', '.'), {OLD}, 'checked out'),
    (('--range', 'origin/main..origin/side'), {SIDE}, 'the range origin/main..origin/side'),
    (('--range', 'origin/main..HEAD'), {OLD, NEW}, 'adds no commit'),
    (('--range', 'HEAD -- nosuch'), {OLD, NEW}, 'adds no commit'),
    (('--range', '-n 0'), {OLD, NEW}, 'adds no commit'),
    (('--range', 'origin/side^{tree}'), {OLD, SIDE}, 'the range'),
))
def test_asked_for(world: World, args: tuple[str, ...], expected: set[int], words: str) -> None:
    done = pina_scan('ci', '--format', 'json', *args, cwd=clone(world, 'main').path)
    assert words in done.err
    assert (done.code, found(world, done)) == (1, expected)


@pytest.mark.parametrize(('args', 'env', 'words'), (
    ((), {}, 'no CI system is known'),
    (('--mode', 'range'), {'GITLAB_CI': '1', 'CI_PIPELINE_SOURCE': 'schedule', 'CI_COMMIT_SHA': 'a' * 40}, 'not about a change'),
    ((), {'GITLAB_CI': '1', 'CI_PIPELINE_SOURCE': 'push', 'CI_COMMIT_SHA': '--all'}, 'not which commits'),
    ((), {'GITLAB_CI': '1', 'CI_PIPELINE_SOURCE': 'push', 'CI_COMMIT_SHA': 'a' * 40, 'CI_COMMIT_BEFORE_SHA': ZERO},
     'not in this clone'),
    ((), {'GITHUB_ACTIONS': '1', 'GITHUB_EVENT_NAME': 'push'}, 'not which commits'),
    ((), {'GITHUB_ACTIONS': '1', 'GITHUB_EVENT_NAME': 'push', 'GITHUB_EVENT_PATH': '/nonexistent'}, 'could not be read'),
    (('--range', ''), {}, '--range is empty'),
    (('--range', "'"), {}, 'No closing quotation'),
    (('--range', 'nosuch..HEAD'), {}, "git can't make out the range"),
    (('--range', 'x', '--mode', 'tree'), {}, 'leave out --mode'),
    (('x', '-q'), {}, 'paths go last'),
    (('--mode', 'history', 'x'), {}, 'paths are for'),
))
def test_refused(world: World, args: tuple[str, ...], env: dict[str, str], words: str) -> None:
    code, _, err = pina_scan('ci', *args, cwd=clone(world, 'main').path, **env)
    assert code == 2
    assert words in err


def test_it_says_what_it_would_scan(world: World) -> None:
    env = github(world, 'push', push('{old}', '{new}'))
    ids = world.ids
    assert pina_scan('ci', '--print', cwd=clone(world, 'main').path, **env) == (
        0, f'pina-scan ci: GitHub, push: commits {ids["old"][:12]}..{ids["new"][:12]}.\n', '',
    )

"""What a CI job is about, by its environment: which commits came, or that there is no telling.

A record of what the system says, and no more: whether those commits are in the clone is asked afterwards.
"""
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

from pina_scan.errors import UsageError

_ID = re.compile(r'[0-9a-f]{40}|[0-9a-f]{64}')
_NULL = re.compile('0+')


class Event(NamedTuple):
    """`head` is the commit, or the tag, that came; `base` what was there before, None for nothing or not said.

    `against` is the branch that what came is measured by where `base` doesn't do, `branch` the one it came to. `whole`: not
    about a change at all. `gone`: something was deleted. `tag` is the name of the tag that came, where `head` may be its commit.
    """

    system: str
    name: str
    head: str | None = None
    base: str | None = None
    against: str | None = None
    branch: str | None = None
    whole: bool = False
    gone: bool = False
    tag: str | None = None


def event(environ: Mapping[str, str], payload: Mapping[str, Any]) -> Event | None:
    """None where no CI system is known by the environment; `payload` is GitHub's, else empty.

    Raises UsageError where the system says less than it should.
    """
    for variable, read in SYSTEMS.items():
        if environ.get(variable):
            return read(environ, payload)
    return None


def _github(environ: Mapping[str, str], payload: Mapping[str, Any]) -> Event:
    """docs.github.com, "Events that trigger workflows" and "Webhook events and payloads". Forgejo and Gitea do the same."""
    name = environ.get('GITHUB_EVENT_NAME', '')
    against = _text(payload, 'repository', 'default_branch')
    if name.startswith('pull_request'):
        return Event(
            'GitHub', name, _id(_text(payload, 'pull_request', 'head', 'sha'), name),
            _id(_text(payload, 'pull_request', 'base', 'sha'), name), _text(payload, 'pull_request', 'base', 'ref'),
        )
    if name == 'merge_group':
        return Event(
            'GitHub', name, _id(_text(payload, 'merge_group', 'head_sha'), name),
            _id(_text(payload, 'merge_group', 'base_sha'), name), against,
        )
    if name == 'push':
        head = _id(_text(payload, 'after'), name)
        branch = _branch(_text(payload, 'ref') or '')
        return Event(
            'GitHub', name, head, _id(_text(payload, 'before'), name), against, branch,
            gone=head is None or payload.get('deleted') is True,
        )
    return Event('GitHub', name or 'an event without a name', whole=True)


def _gitlab(environ: Mapping[str, str], payload: Mapping[str, Any]) -> Event:
    """docs.gitlab.com, "Predefined CI/CD variables reference". Only a push has a CI_COMMIT_BEFORE_SHA that says something."""
    name = environ.get('CI_PIPELINE_SOURCE', '')
    head = _id(environ.get('CI_COMMIT_SHA'), name)
    if environ.get('CI_MERGE_REQUEST_IID'):
        # a pipeline of merged results runs on a commit of GitLab's own; the source's is named beside it
        head = _id(environ.get('CI_MERGE_REQUEST_SOURCE_BRANCH_SHA') or environ.get('CI_COMMIT_SHA'), name)
        base = _id(environ.get('CI_MERGE_REQUEST_DIFF_BASE_SHA') or None, name)
        return Event('GitLab', name, head, base, environ.get('CI_MERGE_REQUEST_TARGET_BRANCH_NAME'))
    if name == 'push':
        base = _id(environ.get('CI_COMMIT_BEFORE_SHA') or None, name)
        return Event(
            'GitLab', name, head, base, environ.get('CI_DEFAULT_BRANCH'), environ.get('CI_COMMIT_BRANCH'),
            tag=environ.get('CI_COMMIT_TAG'),
        )
    return Event('GitLab', name or 'a pipeline without a source', whole=True)


def _azure(environ: Mapping[str, str], payload: Mapping[str, Any]) -> Event:
    """learn.microsoft.com, "Use predefined variables". A build of a push doesn't say what was there before."""
    name = environ.get('BUILD_REASON', '')
    if name == 'PullRequest':
        head = _id(environ.get('SYSTEM_PULLREQUEST_SOURCECOMMITID') or environ.get('BUILD_SOURCEVERSION'), name)
        target = _branch(environ.get('SYSTEM_PULLREQUEST_TARGETBRANCH', ''))
        return Event('Azure Pipelines', name, head, None, target)
    if name in ('IndividualCI', 'BatchedCI'):
        head = _id(environ.get('BUILD_SOURCEVERSION'), name)
        ref = environ.get('BUILD_SOURCEBRANCH', '')
        return Event('Azure Pipelines', name, head, branch=_branch(ref), tag=_tag(ref))
    return Event('Azure Pipelines', name or 'a build without a reason', whole=True)


def _bitbucket(environ: Mapping[str, str], payload: Mapping[str, Any]) -> Event:
    """support.atlassian.com, "Variables and secrets". The ids may be cut to 12 characters."""
    head = _id(environ.get('BITBUCKET_COMMIT'), 'a pipeline', shortened=True)
    if environ.get('BITBUCKET_PR_ID'):
        base = _id(environ.get('BITBUCKET_PR_DESTINATION_COMMIT') or None, 'a pull request', shortened=True)
        return Event('Bitbucket', 'a pull request', head, base, environ.get('BITBUCKET_PR_DESTINATION_BRANCH'))
    return Event('Bitbucket', 'a push', head, branch=environ.get('BITBUCKET_BRANCH'), tag=environ.get('BITBUCKET_TAG'))


def _buildkite(environ: Mapping[str, str], payload: Mapping[str, Any]) -> Event:
    """buildkite.com, "Environment variables". A build that somebody starts by hand may have HEAD for its commit."""
    source = environ.get('BUILDKITE_SOURCE', '')
    branch = environ.get('BUILDKITE_BRANCH')
    if source == 'schedule':
        return Event('Buildkite', source, whole=True)
    head = _id_or_head(environ.get('BUILDKITE_COMMIT'), 'a build')
    if environ.get('BUILDKITE_PULL_REQUEST', 'false') != 'false':
        return Event('Buildkite', 'a pull request', head, None, environ.get('BUILDKITE_PULL_REQUEST_BASE_BRANCH'))
    # of a tag the branch is its name
    tag = environ.get('BUILDKITE_TAG') or None
    default = environ.get('BUILDKITE_PIPELINE_DEFAULT_BRANCH')
    return Event('Buildkite', 'a build', head, None, default, None if tag else branch, tag=tag)


def _circleci(environ: Mapping[str, str], payload: Mapping[str, Any]) -> Event:
    """circleci.com, "Project values and variables". It doesn't say what was there before, nor what a pull request is against."""
    head = _id(environ.get('CIRCLE_SHA1'), 'a job')
    return Event('CircleCI', 'a job', head, None, None, environ.get('CIRCLE_BRANCH'), tag=environ.get('CIRCLE_TAG'))


def _jenkins(environ: Mapping[str, str], payload: Mapping[str, Any]) -> Event:
    """The variables of its git plugin, and those of branches and change requests of multibranch projects."""
    head = _id_or_head(environ.get('GIT_COMMIT') or 'HEAD', 'a build')
    if environ.get('CHANGE_ID'):
        return Event('Jenkins', 'a change request', head, None, environ.get('CHANGE_TARGET'))
    # what a failed build was about is scanned again until it passes
    before = environ.get('GIT_PREVIOUS_SUCCESSFUL_COMMIT')
    base = _id(before, 'a build') if before else None
    return Event('Jenkins', 'a build', head, base, None, environ.get('BRANCH_NAME'), tag=environ.get('TAG_NAME'))


#: the variable that says which system it is -> who reads the others
SYSTEMS = {
    'GITHUB_ACTIONS': _github, 'GITLAB_CI': _gitlab, 'TF_BUILD': _azure, 'BITBUCKET_BUILD_NUMBER': _bitbucket,
    'BUILDKITE': _buildkite, 'CIRCLECI': _circleci, 'JENKINS_URL': _jenkins,
}


def _text(payload: Mapping[str, Any], *keys: str) -> str | None:
    value: Any = payload
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) and value else None


def _id(value: str | None, name: str, shortened: bool = False) -> str | None:
    """An object's id; None for the null one. Raises UsageError for anything else: git would take it for an option."""
    if value is not None and _NULL.fullmatch(value):
        return None
    if value is None or not (_ID.fullmatch(value) or shortened and re.fullmatch('[0-9a-f]{7,64}', value)):
        raise UsageError(f'the environment says {name or "nothing"} but not which commits it is about. Give --range, or --mode.')
    return value


def _id_or_head(value: str | None, name: str) -> str | None:
    return value if value == 'HEAD' else _id(value, name)


def _branch(ref: str) -> str | None:
    prefix = 'refs/heads/'
    if ref.startswith(prefix):
        return ref[len(prefix):]
    return None if not ref or ref.startswith('refs/') else ref


def _tag(ref: str) -> str | None:
    prefix = 'refs/tags/'
    return ref[len(prefix):] if ref.startswith(prefix) else None

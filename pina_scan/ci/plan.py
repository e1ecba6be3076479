"""What to scan for an event: arguments of rev-list, all history, or the tree; never nothing.

Where an event names no usable base, what is scanned is more than what came, never less.
"""
from __future__ import annotations

import os
from typing import NamedTuple

from pina_scan.ci.event import Event
from pina_scan.errors import UsageError
from pina_scan.git.repository import Repository
from pina_scan.git.run import output
from pina_scan.git.run import run

FETCH_ALL = (
    'Fetch all of it: `fetch-depth: 0` for actions/checkout, GIT_DEPTH: 0 for GitLab, fetchDepth: 0 for Azure Pipelines, '
    '`clone: depth: full` for Bitbucket, `git fetch --unshallow` elsewhere'
)


class Plan(NamedTuple):
    """`mode` is range, history or tree; `revs` is for a range; `why` is what is told."""

    mode: str
    revs: tuple[str, ...]
    why: str


def plan(repository: Repository, event: Event) -> Plan:
    """Raises UsageError where the clone doesn't have what the event is about."""
    said = f'{event.system}, {event.name}'
    if event.whole:
        return Plan('history', (), f'{said}: not about a change, so everything git keeps')
    if event.gone or event.head is None:
        return Plan('tree', (), f'{said}: a ref was deleted, which adds nothing, so what is checked out')
    head = _known(repository, event.head)
    if head is None:
        raise UsageError(
            f'{said}: commit {event.head[:12]} is not in this clone. {FETCH_ALL}; on pull_request_target check out '
            'the head of the pull request too, as docs/ci.md shows.',
        )
    found = _range(repository, event, event.head, said)
    message = [] if head != 'commit' else _message(repository, event.tag, said)
    found = found._replace(revs=(*message, *found.revs))
    if output(repository.git, 'rev-list', '--max-count=1', *found.revs) or head != 'commit' or message:
        return found
    return Plan('tree', (), f'{said}: it adds no commit, so what is checked out')


def _range(repository: Repository, event: Event, head: str, said: str) -> Plan:
    if event.base is not None and _known(repository, event.base):
        return Plan('range', (head, '--not', event.base), f'{said}: commits {event.base[:12]}..{head[:12]}')
    missing = f'{event.base[:12]} is not in this clone' if event.base is not None else 'no base is named'
    if event.base is not None and repository.shallow:
        raise UsageError(f'{said}: {missing}, which is shallow. {FETCH_ALL}.')
    # never by other branches: of two that are pushed together each would leave the other what both add
    branch = event.against
    if branch is None and event.branch is not None:
        branch = _default(repository)
    if branch == event.branch:
        branch = None
    tip = _branch(repository, branch) if branch is not None else None
    if tip is not None:
        return Plan('range', (head, '--not', tip), f'{said}: {missing}, so what {head[:12]} has and {branch} has not')
    return Plan('range', (head,), f'{said}: {missing}, so all that leads to {head[:12]}')


def _message(repository: Repository, tag: str | None, said: str) -> list[str]:
    """The object that an annotated tag is; a light one has no message."""
    if not tag:
        return []
    ref = f'refs/tags/{tag}'
    answer, _, code = run(repository.git, 'rev-parse', '--verify', '--quiet', '--end-of-options', ref, ok=(0, 1, 128))
    if code:
        raise UsageError(f'{said}: the tag {tag} is not in this clone. Fetch it too: `git fetch origin tag {tag}`.')
    name = answer.decode().strip()
    return [name] if _known(repository, name) == 'tag' else []


def _known(repository: Repository, name: str) -> str | None:
    """The kind of object it is, None if it isn't here."""
    answer, _, code = run(repository.git, 'cat-file', '-t', name, ok=(0, 1, 128))
    return answer.decode().strip() if code == 0 else None


def _default(repository: Repository) -> str | None:
    """The remote's default branch, if the clone was made by `git clone`, which notes it."""
    ref = 'refs/remotes/origin/'
    answer, _, code = run(repository.git, 'symbolic-ref', '--quiet', ref + 'HEAD', ok=(0, 1, 128))
    name = os.fsdecode(answer).rstrip('\n')
    return name[len(ref):] if code == 0 and name.startswith(ref) else None


def _branch(repository: Repository, name: str) -> str | None:
    """The commit that the branch has at the remote a CI clone comes from."""
    ref = f'refs/remotes/origin/{name}^{{commit}}'
    answer, _, code = run(repository.git, 'rev-parse', '--verify', '--quiet', '--end-of-options', ref, ok=(0, 1, 128))
    return answer.decode().strip() if code == 0 else None

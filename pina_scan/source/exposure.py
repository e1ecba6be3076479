"""How far a token got, and what that means, by what holds the commit it came with."""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

REMOTE = 'refs/remotes/'
#: Where refs of a remote are put beside its branches: by a fetch of pull requests, by GitLab's runners, by `git maintenance`.
FETCHED = (
    REMOTE, 'refs/pull/', 'refs/pull-requests/', 'refs/merge-requests/', 'refs/pipelines/', 'refs/changes/', 'refs/prefetch/',
    'FETCH_HEAD',
)
_TAG = 'refs/tags/'
_STASH = 'refs/stash'
_OLDER = 'stash@{'
_NAMED = 3
_WORKTREES = ('worktrees/', 'main-worktree/')
_HEADS = ('refs/heads/', 'HEAD', 'refs/bisect/', 'refs/worktree/', 'refs/rewritten/', *_WORKTREES)
_MADE_NEW = 'It may have left this machine: make a new token.'
_NEW = 'It has left this machine: make a new token.'
UNKNOWN = 'unknown', 'git could not read all of the history, so what holds it is not known. Make a new token.'
STAGED = 'staged', 'Staged only: take it out, and `git add` the file again. `git gc --prune=now` takes the old version.'

COMMITTED = 'local', 'HEAD has it in this file already: `pina-scan history` says how far it got.'


class Held(NamedTuple):
    """What leads to a token: refs, and whether a reflog does.

    `since` is when it was committed, `there` since when a remote is known to have it, as a phrase; `bare` and `cloned`
    are the repository's: it has no work tree, and its refs came from a remote.
    """

    refs: Sequence[str]
    in_log: bool
    since: str
    was: str = ''
    there: str = ''
    bare: bool = False
    cloned: bool = False


def is_fetched(ref: str) -> bool:
    return ref.startswith(FETCHED) or ref.startswith(_WORKTREES) and ref.endswith('/FETCH_HEAD')


def is_stash(ref: str) -> bool:
    return ref == _STASH or ref.startswith(_OLDER)


def exposure(held: Held) -> tuple[str, str]:
    """A word as `Origin.reach` has it, with one sentence on where it is and one on what to do."""
    since = f'since {held.since} at the earliest{held.there}' if held.since else f'since a day that is not known{held.there}'
    fetched = sorted((ref for ref in held.refs if is_fetched(ref)), key=lambda ref: ref.endswith('/HEAD'))
    remote = next(iter(fetched), None)
    if remote is not None:
        return 'remote', f'On {remote.removeprefix(REMOTE)} of a remote, {since}. {_NEW}'
    if held.was:
        return 'remote', f'It was on {held.was.removeprefix(REMOTE)} of a remote, {since}, and was taken off it. {_NEW}'
    if held.cloned and held.refs:
        return 'remote', f'In a copy of a remote, which has it too, {since}. {_NEW}'
    if held.bare and held.refs:
        return 'bare', f'In a bare repository, which others fetch from. {_MADE_NEW}'
    tag = next((ref[len(_TAG):] for ref in held.refs if ref.startswith(_TAG)), None)
    if tag is not None:
        return 'tag', f'Under the tag {tag}, and tags are pushed on their own. {_MADE_NEW}'
    if any(ref.startswith(_HEADS) for ref in held.refs):
        return (
            'local',
            'In local commits only: amend or rebase is enough, and `git reflog expire` with `git gc` takes the old ones.',
        )
    if held.refs and all(map(is_stash, held.refs)):
        drop = ' and '.join(f'`git stash drop{"" if ref == _STASH else " " + ref}`' for ref in reversed(held.refs))
        if len(held.refs) > _NAMED:
            drop = f'`git stash drop` of all {len(held.refs)}'
        return 'stash', f'In a stash only: {drop} is enough, and `git gc` once it has expired.'
    if held.refs:
        return 'ref', f'Under {held.refs[0]} only. {_MADE_NEW}'
    if held.in_log:
        return (
            'reflog',
            'In a reflog only, since nothing else reaches it: `git reflog expire --expire=now --all` and `git gc --prune=now`.',
        )
    return 'dangling', 'Nothing reaches it: `git gc --prune=now` takes it. If it was ever pushed, make a new token.'

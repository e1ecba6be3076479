"""How far a token got, and what that means, by the refs that hold the commit it came with."""
from __future__ import annotations

from collections.abc import Sequence

_REMOTE = 'refs/remotes/'
_TAG = 'refs/tags/'
_STASH = 'refs/stash'
_HEAD = 'refs/heads/'
UNKNOWN = 'unknown', 'git could not read all of the history, so what holds it is not known. Make a new token.'
_MADE_NEW = 'It may have left this machine: make a new token.'


def exposure(refs: Sequence[str], in_log: bool, bare: bool, since: str) -> tuple[str, str]:
    """A word as `Origin.reach` has it, with one sentence on where it is and one on what to do.

    `in_log`: something reaches it, if only a reflog.
    """
    remote = next((ref[len(_REMOTE):] for ref in refs if ref.startswith(_REMOTE)), None)
    if remote is not None:
        return 'remote', f'On {remote} of a remote, since {since} at the earliest. It has left this machine: make a new token.'
    if bare and refs:
        return 'bare', f'In a bare repository, which others fetch from. {_MADE_NEW}'
    tag = next((ref[len(_TAG):] for ref in refs if ref.startswith(_TAG)), None)
    if tag is not None:
        return 'tag', f'Under the tag {tag}, and tags are pushed on their own. {_MADE_NEW}'
    if any(ref.startswith(_HEAD) for ref in refs):
        return (
            'local',
            'In local commits only: amend or rebase is enough, and `git reflog expire` with `git gc` takes the old ones.',
        )
    if refs == [_STASH]:
        return 'stash', 'In a stash only: `git stash drop` is enough, and `git gc` once it has expired.'
    if refs:
        return 'ref', f'Under {refs[0]} only. {_MADE_NEW}'
    if in_log:
        return (
            'reflog',
            'In a reflog only, since nothing else reaches it: `git reflog expire --expire=now --all` and `git gc --prune=now`.',
        )
    return 'dangling', 'Nothing reaches it: `git gc --prune=now` takes it. If it was ever pushed, make a new token.'

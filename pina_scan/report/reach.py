"""How far a token got and what has become of it, as the words that reports sort and filter by."""
from __future__ import annotations

from typing import NamedTuple

from pina_scan.records import Finding


class Reach(NamedTuple):
    """`key` as `Origin.reach` has it; `danger`: `out` has left this machine, `maybe` may have, `here` has not."""

    key: str
    label: str
    danger: str


class State(NamedTuple):
    """`there`: who opens the file now reads it; `gone`: a commit took it out; `kept`: only git has it."""

    key: str
    label: str


#: The worst first.
_TABLE = (
    Reach('remote', 'On a remote', 'out'),
    Reach('bare', 'In a shared repository', 'out'),
    Reach('tag', 'Under a tag', 'maybe'),
    Reach('ref', 'Under another ref', 'maybe'),
    Reach('unknown', 'Not known', 'maybe'),
    Reach('file', 'In a file', 'maybe'),
    Reach('local', 'In local commits', 'here'),
    Reach('staged', 'Staged only', 'here'),
    Reach('stash', 'In a stash', 'here'),
    Reach('reflog', 'In a reflog', 'here'),
    Reach('dangling', 'Nothing reaches it', 'here'),
)
REACHES = {reach.key: reach for reach in _TABLE}
RANKS = {reach.key: rank for rank, reach in enumerate(_TABLE)}
CONFIDENCES = {'high': 0, 'medium': 1, 'placeholder': 2, 'fake': 3}
STATES = {'there': 'Still there', 'kept': 'Only in history', 'gone': 'Taken out'}


def reach(finding: Finding) -> Reach:
    """Of what was found in no history it is only known that a file has it."""
    if finding.origin is None:
        return REACHES['file']
    return REACHES.get(finding.origin.reach, REACHES['unknown'])


def state(finding: Finding) -> State:
    origin = finding.origin
    if origin is None:
        return State('there', 'In the file now')
    if origin.in_head:
        return State('there', 'HEAD still has it')
    if origin.removed_by is not None:
        return State('gone', 'Taken out')
    return State('kept', 'In a message' if origin.in_head is None else 'Not in HEAD')

"""Confirms what an anchor proposes: is there a body behind the prefix?"""
from __future__ import annotations

from pina_scan.match.rules import BY_PREFIX
from pina_scan.records import Candidate
from pina_scan.token import ACCESS
from pina_scan.token import BODY_LENGTH

_PREFIX_LENGTH = 5


def candidate(text: bytes, start: int, only_exact: bool = False) -> Candidate | None:
    """What stands at `start`, where an anchor may have found a rule's prefix; None if it has no body worth judging.

    Linear in the whole text however many prefixes it has: an exact body is bounded, and a loose one is looked at
    only where the prefix stands free, and by the caller's word not inside another loose body.
    """
    rule = BY_PREFIX.get(text[start:start + _PREFIX_LENGTH])
    if rule is None:
        return None
    found = rule.exact.match(text, start + _PREFIX_LENGTH)
    exact = found is not None
    if found is None and not only_exact and rule.free.match(text, start):
        found = rule.loose.match(text, start + _PREFIX_LENGTH)
    if found is None:
        return None
    return Candidate(rule.id, start, found.end(), rule.prefix, found.group(), exact)


def is_full(candidate: Candidate) -> bool:
    """Whether nothing that follows could belong to it: it is no part of something longer."""
    return candidate.prefix != ACCESS or len(candidate.body) == BODY_LENGTH

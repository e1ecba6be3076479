"""Confirms what an anchor proposes: is there a body behind the prefix?"""
from __future__ import annotations

import re
from collections.abc import Iterator

from pina_scan.match.rules import BY_PREFIX
from pina_scan.records import Candidate
from pina_scan.token import ACCESS
from pina_scan.token import BODY_LENGTH
from pina_scan.token import SIGNATURES
from pina_scan.token import signatures

_PREFIX_LENGTH = 5
#: What may stand before a loose match, the prefix and it: as in `rules`, each of one length.
_BEFORE = (rb'\\[abefnrtv0]', rb'%[0-9A-Fa-f]{2}', rb'\\x[0-9A-Fa-f]{2}', rb'\\u[0-9A-Fa-f]{4}', rb'[0-9;[]m')


def _free(prefix: bytes) -> bytes:
    return b'(?:(?<![A-Za-z0-9_-]' + prefix + b')|' + b'|'.join(b'(?<=' + one + prefix + b')' for one in _BEFORE) + b')'


#: What `candidate` may say yes to, in one pattern that begins with letters: the whole text goes by at the speed of a search.
_STANDING = (
    rb'pin(?:a_(?:(?=[A-Z2-7]{80})|' + _free(b'pina_') + rb'(?=[A-Z2-7]{40}|[A-Za-z0-9][A-Za-z0-9_-]{38}))'
    rb'|r\.(?:(?=eyJ)|' + _free(rb'pinr\.') + rb'(?=[A-Za-z0-9][A-Za-z0-9_.-]{38})))'
)


def candidate(text: bytes, start: int, only_exact: bool = False) -> Candidate | None:
    """What stands at `start`, where an anchor may have found a rule's prefix; None if it has no body worth judging.

    Linear in the whole text however many prefixes it has: an exact body is bounded, and a loose one is looked at
    only where the prefix stands free, and by the caller's word not inside another loose body.
    """
    rule = BY_PREFIX.get(text[start:start + _PREFIX_LENGTH])
    if rule is None:
        return None
    # they are compiled when first asked for: a hit by chance asks for none
    found = re.compile(rule.exact).match(text, start + _PREFIX_LENGTH)
    exact = found is not None
    if found is None and not only_exact and re.compile(rule.free).match(text, start):
        found = re.compile(rule.loose).match(text, start + _PREFIX_LENGTH)
    if found is None:
        return None
    body = found.group()
    if exact and rule.prefix != ACCESS:
        body = body[:_ends(body)]
    return Candidate(rule.id, start, start + _PREFIX_LENGTH + len(body), rule.prefix, body, exact)


def _ends(body: bytes) -> int:
    """Where a signed JWT does by its algorithm: what is longer has something glued to it."""
    head, claims, *more = body.split(b'.')
    begin = len(head) + len(claims) + 2
    longest = [begin + size for size in signatures(head) or () if begin + size <= len(body)] if len(more) == 1 else []
    return longest[-1] if longest else len(body)


def is_full(candidate: Candidate) -> bool:
    """Whether nothing that follows could belong to it: it is no part of something longer."""
    if candidate.prefix == ACCESS:
        return len(candidate.body) == BODY_LENGTH
    head, _, rest = candidate.body.partition(b'.')
    return len(rest) - rest.rfind(b'.') - 1 in (signatures(head) or SIGNATURES)


def is_whole(candidate: Candidate) -> bool:
    return candidate.exact and is_full(candidate)


def standing(text: bytes, start: int) -> Iterator[Candidate]:
    """All that stands as it is from `start` on."""
    loose_until = 0
    for found in re.compile(_STANDING).finditer(text, start):
        one = candidate(text, found.start(), found.start() < loose_until)
        if one is not None:
            loose_until = loose_until if one.exact else one.end
            yield one

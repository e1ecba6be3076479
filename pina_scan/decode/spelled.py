"""A token that is written in several pieces, or with escapes, or both: joined and unescaped.

It is read from its first character to its last: a character, plain or in any escape, and between any two of them
whatever may stand between two pieces. What doesn't end as a whole token is left alone.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pina_scan.decode import leads
from pina_scan.decode import pieces
from pina_scan.decode.escapes import BODY
from pina_scan.decode.escapes import codes
from pina_scan.decode.escapes import escaped
from pina_scan.decode.escapes import unescape
from pina_scan.decode.gaps import FORMAT
from pina_scan.decode.gaps import GAP
from pina_scan.decode.gaps import INVISIBLE
from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded
from pina_scan.token import ACCESS

#: A whole token in the longest spelling, and some gaps.
_REACH = 4096
#: From the first character of a prefix to the last.
_BACK = 240
_AHEAD = 2 * _BACK + 16
#: What is known of the text in hand, and how much of that is kept.
_ends: dict[int, int] = {}
_text = [b'']
_MANY = 1 << 12
#: Between them a few signs that can't be seen may have a `p` of their own.
_TRIES = 16
#: How far from a token the underscore may be that joins its two parts.
_NEAR = 80


def _character(character: bytes) -> bytes:
    wanted = codes(character)
    return b'(?:' + wanted.plain + b'|' + escaped(wanted) + b')'


# One pattern of all of this would have the gap in it a dozen times, and take half a second to compile.
_PREFIX = tuple(compiled(_character(bytes((c,)))) for c in ACCESS)
#: What follows it is the next character, or something else than a letter.
_P = compiled(_character(b'p') + rb'(?=[^A-Za-z0-9]|i(?:[^A-Za-z0-9]|n))')
_BODY = compiled(b'[A-Z2-7]++|' + escaped(BODY))
_GAP = compiled(FORMAT + b'|' + GAP)
_UNSEEN = compiled(b'(?:' + INVISIBLE + b')*+')
#: A join by an underscore: a separator of its own, or what stands between two fields of a format.
_JOINER = compiled(rb'["\'`]_["\'`]|(?:%[sv@]|~a|\}|\$[0-9])_(?:%[sv@]|~a|[{$])|["\'`]\}?_[{$#]')
_FIELD = compiled(
    rb'["\'`][\s,()\[\]}{$#"\'`]{1,80}+(?:(?:[A-Za-z_]\w{0,20}+[ ]?[=:][ ]?)?[bru]{0,2}["\'`])?(?=[A-Z2-7]{80})'
    rb'|[ ,][ ]?(?=[A-Z2-7]{96})|["\'`]\}_[{$#(]{1,2}["\'`](?=[A-Z2-7]{80})',
)
#: What follows the prefix in words and numbers, and nowhere else; nothing at all, too.
_WORDS = b'abcdefghijklmnopqrstuvwxyz0189_'
_IN_WORDS = tuple(bytes((c,)) for c in b'abcdefghijklmnopqrstuvwxyz0189')
_SHORT = 8
#: A prefix of its own in a list.
_ANOTHER = compiled(rb'pina_["\'`]')
#: What follows an underscore that is itself a part of one.
_EXCEL = (b'x005f_', b'x005F_')
_PLAIN = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


class _Spans(NamedTuple):
    """Where the characters stand, those side by side in one; `led`: over the beginning of a line that `leads` knows."""

    places: list[tuple[int, int]]
    led: bool = False


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    for begin in (start,) if data.startswith(b'p', start) else _beginnings(data, start, end):
        decoded = _token(data, begin)
        if decoded is not None:
            yield decoded


def begins(data: bytes, start: int, end: int) -> bool:
    """Whether there is a prefix around an anchor."""
    return any(_prefix_end(data, at) for at in ((start,) if data.startswith(b'p', start) else _beginnings(data, start, end)))


def _beginnings(data: bytes, start: int, end: int) -> Iterator[int]:
    """Where the prefix begins whose end is at `start`: the nearest place that leads here."""
    places = [found.start() for found in _P.finditer(data, max(0, start - _BACK), start + 2) if found.end() <= start]
    for place in islice(reversed(places), _TRIES):
        prefix_end = _prefix_end(data, place)
        if prefix_end:
            if prefix_end > start:
                yield place
            return


def _prefix_end(data: bytes, place: int) -> int:
    """Where a prefix ends that begins at a place; 0 if none does. Hits side by side ask of the same places."""
    if _text[0] is not data or len(_ends) > _MANY:
        _text[0] = data
        _ends.clear()
    if place not in _ends:
        prefix = _prefix(data, place, place + _AHEAD)
        _ends[place] = prefix[-1][1] if prefix else 0
    return _ends[place]


def _prefix(data: bytes, start: int, limit: int) -> list[tuple[int, int]]:
    """Where the prefix stands, each character of it if it is spelled; nothing if one is missing."""
    if data.startswith(ACCESS, start) and not data.startswith(_EXCEL, start + len(ACCESS)):
        return [(start, start + len(ACCESS))]
    spans: list[tuple[int, int]] = []
    at = start
    for character in _PREFIX:
        found = character.match(data, at, limit)
        if found is None and spans and not data[at:at + 1].isalnum():
            gap = _GAP.match(data, at, limit)
            found = gap and character.match(data, gap.end(), limit)
            if found is None:
                over = leads.over(data, start, at, limit, False)
                found = None if over is None else character.match(data, over, limit)
            if found is None and len(spans) == len(ACCESS) - 1 and _joined(data, start, at, limit):
                return [*spans, (at, at)]
        if found is None:
            return []
        spans.append(found.span())
        at = found.end()
    return spans


def _joined(data: bytes, start: int, at: int, limit: int) -> bool:
    """Whether `pina` and the body behind it are put together by an underscore that stands beside them."""
    field = _FIELD.match(data, at, limit)
    if field is None:
        return False
    end = min(len(data), field.end() + pieces.BODY + _NEAR)
    return _JOINER.search(data, max(0, start - _NEAR), end) is not None


def _behind(data: bytes, at: int, limit: int) -> re.Match[bytes] | None:
    """The next piece, behind a gap."""
    gap = _GAP.match(data, at, limit)
    if gap is not None and _ANOTHER.search(data, gap.start(), gap.end()):
        return None
    found = gap and _BODY.match(data, gap.end(), limit)
    if found is not None and found.end() - found.start() < _SHORT and data[found.end():found.end() + 1] in _IN_WORDS:
        # the first letter of a word, a digit of a number
        return None
    return found


def _body(data: bytes, start: int, at: int, limit: int, lead: bool = False) -> _Spans:
    """The body's characters, up to one more than a token has. `start` is the prefix's, `at` where it ends.

    `lead`: a line's own beginning is left out first, though a part of it might be read as a piece.
    """
    spans: list[tuple[int, int]] = []
    count = 0
    led = False
    begun = start
    # what ends where a token does is one: what follows is not its own
    while count < pieces.BODY:
        found = _BODY.match(data, at, limit)
        if found is None and data[at:at + 1].isalnum():
            # no gap begins so, and no line ends
            break
        if found is None:
            found = None if lead else _behind(data, at, limit)
            if found is None:
                over = leads.over(data, begun, at, limit, not spans)
                found = None if over is None else _BODY.match(data, over, limit)
                led = led or found is not None
            if found is None and lead:
                found = _behind(data, at, limit)
            if found is None:
                break
            begun = found.start()
        spans.append(found.span())
        at = found.end()
        count += at - found.start() if data[found.start()] in _PLAIN else 1
    return _Spans(spans, led)


def _token(data: bytes, start: int) -> Decoded | None:
    after = start + len(ACCESS)
    if data.startswith(ACCESS, start) and data[after:after + 1] in _WORDS and not data.startswith(_EXCEL, after):
        return None
    limit = min(len(data), start + _REACH)
    prefix = _prefix(data, start, limit)
    if not prefix:
        return None
    decoded = None
    if leads.alike_ahead(data, start, prefix[-1][1], limit):
        # first: a part of what a line begins with may look like a piece
        decoded = _put_together(data, prefix, _body(data, start, prefix[-1][1], limit, lead=True))
    return decoded or _put_together(data, prefix, _body(data, start, prefix[-1][1], limit))


def _put_together(data: bytes, prefix: list[tuple[int, int]], body: _Spans) -> Decoded | None:
    spans = prefix + body.places
    if spans[-1][1] - spans[0][0] < pieces.LEAST:
        return None
    text = bytearray()
    offsets: list[int] = []
    ways: dict[str, None] = {}
    lengths = [0]
    # how much stands before the first gap, and before the first that can be seen
    standing = first = 0
    start = last = spans[0][0]
    for at, end in spans:
        if at > last:
            seen = not _UNSEEN.fullmatch(data, last, at)
            standing = standing or len(text)
            first = first or seen and len(text) or 0
            ways.setdefault('split')
            if seen and len(text) > len(ACCESS):
                lengths.append(0)
        if at == end:
            ways.setdefault('split')
        plain, way = unescape(data[at:end]) if end > at else (b'_', '')
        if way:
            ways.setdefault(way)
        text += plain
        offsets.extend(range(at, end) if not way and end > at else [at])
        if len(text) > len(ACCESS):
            lengths[-1] += len(plain)
        last = end
    if not text.startswith(ACCESS) or len(text) == len(ACCESS):
        return None
    total = len(text) - len(ACCESS)
    # what stands as it is, up to the first gap, is found without us; a prefix that doesn't stand is not
    size = pieces.length(total, standing - len(ACCESS) if data.startswith(ACCESS, start) else 0)
    digits = sum(c in b'234567' for c in text[len(ACCESS):]) if total == size else 0
    if (first or len(lengths) > 1) and total != pieces.BODY:
        # over what can be seen only a whole token is put together, and none that goes on
        return None
    if not size or body.led and size < pieces.BODY or not ways or not pieces.whole(_cut(lengths, size), first, digits):
        return None
    size += len(ACCESS)
    offsets = [*offsets[:size], offsets[size - 1] + 1 if size < len(offsets) else last]
    return Decoded(bytes(text[:size]), offsets, tuple(ways))


def _cut(lengths: list[int], size: int) -> list[int]:
    kept = []
    for length in lengths:
        kept.append(min(length, size))
        size -= kept[-1]
        if not size:
            break
    return kept

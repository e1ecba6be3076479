"""A token that is written in several pieces, or with escapes, or both: joined and unescaped.

One pattern reads it from its first character to its last: a character, plain or in any escape, and between any two
of them whatever may stand between two pieces. What doesn't end as a whole token is left alone.
"""
from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import regex

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
#: Between them a few signs that can't be seen may have a `p` of their own.
_TRIES = 16


def _character(character: bytes) -> bytes:
    wanted = codes(character)
    return b'(?:' + wanted.plain + b'|' + escaped(wanted) + b')'


# One pattern of all of this would have the gap in it a dozen times, and take half a second to compile.
_PREFIX = tuple(compiled(_character(bytes((c,)))) for c in ACCESS)
_BODY = compiled(b'[A-Z2-7]++|' + escaped(BODY))
_GAP = compiled(GAP)
_FORMAT = compiled(FORMAT + b'|' + GAP)
#: Searches from right to left.
_P = regex.compile(b'(?r)' + _character(b'p'))
#: What follows the prefix in words and numbers, and nowhere else; nothing at all, too.
_WORDS = b'abcdefghijklmnopqrstuvwxyz0189_'
_PLAIN = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
_UNSEEN = compiled(b'(?:' + INVISIBLE + b')*+')


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    begins = (start,) if data.startswith(b'pin', start) else _beginnings(data, start, end)
    for begin in begins:
        decoded = _token(data, begin)
        if decoded is not None:
            yield decoded


def _beginnings(data: bytes, start: int, end: int) -> Iterator[int]:
    """Where the prefix begins whose end is at `start`: the nearest place that leads here."""
    for found in islice(_P.finditer(data, max(0, start - _BACK), start), _TRIES):
        prefix = _prefix(data, found.start(), end + _BACK)
        if prefix:
            if prefix[-1][1] > start:
                yield found.start()
            return


def _prefix(data: bytes, start: int, limit: int) -> list[tuple[int, int]]:
    """Where each character of the prefix stands; nothing if one is missing."""
    spans: list[tuple[int, int]] = []
    at = start
    for character in _PREFIX:
        found = character.match(data, at, limit)
        if found is None and spans:
            gap = _GAP.match(data, at, limit)
            found = gap and character.match(data, gap.end(), limit)
        if found is None:
            return []
        spans.append(found.span())
        at = found.end()
    return spans


def _body(data: bytes, at: int, limit: int) -> list[tuple[int, int]]:
    """Where the body's characters stand, those side by side in one, up to one more than a token has."""
    spans: list[tuple[int, int]] = []
    count = 0
    while count <= pieces.BODY:
        found = _BODY.match(data, at, limit)
        if found is None:
            gap = (_GAP if spans else _FORMAT).match(data, at, limit)
            found = gap and _BODY.match(data, gap.end(), limit)
        if found is None:
            break
        spans.append(found.span())
        at = found.end()
        count += at - found.start() if data[found.start()] in _PLAIN else 1
    return spans


def _token(data: bytes, start: int) -> Decoded | None:
    after = start + len(ACCESS)
    if data.startswith(ACCESS, start) and data[after:after + 1] in _WORDS:
        return None
    limit = min(len(data), start + _REACH)
    spans = _prefix(data, start, limit)
    if not spans:
        return None
    spans += _body(data, spans[-1][1], limit)
    if spans[-1][1] - start < len(ACCESS) + pieces.LEAST:
        return None
    text = bytearray()
    offsets: list[int] = []
    ways: dict[str, None] = {}
    lengths = [0]
    standing = 0
    last = start
    for at, end in spans:
        if at > last and len(text) > len(ACCESS) and not _UNSEEN.fullmatch(data, last, at):
            lengths.append(0)
        if at > last:
            standing = standing or len(text)
            ways.setdefault('split')
        plain, way = unescape(data[at:end])
        if way:
            ways.setdefault(way)
        text += plain
        offsets.extend(range(at, end) if not way else [at])
        if len(text) > len(ACCESS):
            lengths[-1] += len(plain)
        last = end
    if not text.startswith(ACCESS) or len(text) == len(ACCESS):
        return None
    total = len(text) - len(ACCESS)
    # what stands as it is, up to the first gap, is found without us; a prefix that doesn't stand is not
    size = pieces.length(total, standing - len(ACCESS) if data.startswith(ACCESS, start) else 0)
    if not size or not ways or not pieces.whole(_cut(lengths, size)):
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

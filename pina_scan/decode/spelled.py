"""A token that is written in several pieces, or with escapes, or both: joined and unescaped.

One pattern reads it from its first character to its last: a character, plain or in any escape, and between any two
of them whatever may stand between two pieces. What doesn't end as a whole token is left alone.
"""
from __future__ import annotations

from collections.abc import Iterator

import regex

from pina_scan.decode import pieces
from pina_scan.decode.escapes import BODY
from pina_scan.decode.escapes import codes
from pina_scan.decode.escapes import escaped
from pina_scan.decode.escapes import unescape
from pina_scan.decode.gaps import FORMAT
from pina_scan.decode.gaps import GAP
from pina_scan.decode.gaps import INVISIBLE
from pina_scan.records import Decoded
from pina_scan.token import ACCESS

#: A whole token in the longest spelling, and some gaps.
_REACH = 4096
#: From the first character of a prefix to the last.
_BACK = 240
_MAYBE = b'(?:' + GAP + b')?+'


def _character(character: bytes) -> bytes:
    wanted = codes(character)
    return b'(?:' + wanted.plain + b'|' + escaped(wanted) + b')'


_PREFIX = _MAYBE.join(b'(?P<unit>' + _character(bytes((c,))) + b')' for c in ACCESS)
_BODY = b'(?:(?P<unit>[A-Z2-7]++|' + escaped(BODY) + b')' + _MAYBE + b')++'
_START = regex.compile(_PREFIX)
_TOKEN = regex.compile(_PREFIX + b'(?:' + FORMAT + b'|' + GAP + b')?+' + _BODY)
_UNSEEN = regex.compile(b'(?:' + INVISIBLE + b')*+')


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    if data[start:end].startswith(b'pin'):
        decoded = _token(data, start)
        if decoded is not None:
            yield decoded
        return
    for found in _START.finditer(data, max(0, start - _BACK), min(len(data), end + _BACK)):
        if found.start() > start:
            return
        if found.end() > start:
            decoded = _token(data, found.start())
            if decoded is not None:
                yield decoded


def _token(data: bytes, start: int) -> Decoded | None:
    found = _TOKEN.match(data, start, min(len(data), start + _REACH))
    if found is None:
        return None
    text = bytearray()
    offsets: list[int] = []
    ways: dict[str, None] = {}
    lengths = [0]
    last = start
    for at, end in found.spans('unit'):
        if at > last and len(text) > len(ACCESS) and not _UNSEEN.fullmatch(data, last, at):
            lengths.append(0)
        if at > last:
            ways.setdefault('split')
        plain, way = unescape(data[at:end])
        if way:
            ways.setdefault(way)
        text += plain
        offsets.extend(range(at, end) if not way else [at])
        if len(text) > len(ACCESS):
            lengths[-1] += len(plain)
        last = end
    if not text.startswith(ACCESS):
        return None
    total = len(text) - len(ACCESS)
    # only a prefix that stands as it is can have a first piece that is found without us
    size = pieces.length(total, lengths[0] if data.startswith(ACCESS, start) else 0)
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

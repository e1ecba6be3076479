"""UTF-16 and UTF-32: ASCII characters with one or three zero bytes between them.

An anchor begins and ends with a character's own byte, so it is the same in either byte order; which order it is
decides only where lines end, and `match.position` asks for that.
"""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded

#: Characters read in one go. A token is a hundred long; a refresh token with large claims some thousands.
_STRETCH = 1 << 14
_BEFORE = 16
#: Zero as it is, and all bits of any other byte.
_ANY = b'\0' + b'\xff' * 255
#: Nothing wide for so long: what may be behind it has an anchor of its own.
_OTHER = compiled(rb'[^\0]{200}')


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    step = 2 if data[start + 2] else 4
    first = start - step * min(_BEFORE, max(0, start - step + 1) // step)
    text = data[first:start + step * _STRETCH:step]
    last = start + step * _STRETCH
    behind = _others([data[first + i:last:step] for i in range(1, step)], len(text))
    other = _OTHER.search(behind, _BEFORE)
    if other is not None:
        text = text[:other.start() + 1]
        last = first + step * len(text)
    before = _others([data[first - i:last - i:step] for i in range(1, step)], len(text)) if first >= step - 1 else b''
    if before:
        # another script's character, or the end of the wide text: no part of a token; the last one may have anything behind it
        # in big endian, which has its zeros before
        odd = _number(behind[:len(text)].translate(_ANY)) & _number(before.translate(_ANY))
    else:
        odd = _number(behind[:len(text)].translate(_ANY))
    text = (_number(text) & ~odd).to_bytes(len(text), 'big')
    # one past the end: the last character's own zeros belong to it
    offsets = range(first, first + step * (len(text) + 1), step)
    yield Decoded(text, offsets, ('utf-16' if step == 2 else 'utf-32',))


def first_byte(text: bytes, start: int) -> int:
    """Where the character begins whose own byte is at `start` of a text that is UTF-16 from its beginning on."""
    return start - 1 if start % 2 and text[:2].startswith((b'\0', b'\xfe\xff')) else start


def _others(gaps: list[bytes], length: int) -> bytes:
    """For each character, its other bytes in one: zero if all of them are; those that are cut off count as zero."""
    union = 0
    for gap in gaps:
        union |= _number(gap[:length].ljust(length, b'\0'))
    return union.to_bytes(length, 'big')


def _number(data: bytes) -> int:
    return int.from_bytes(data, 'big')

"""Parts of a token's body that show what they are by themselves, whatever stands before them.

A body is random, but its alphabet is not: base64 of capitals and digits has one of nine characters at each fourth
place, hexadecimal a 3, 4 or 5 at each second. So a stretch of some twenty characters tells such a body from any other
text: by chance it turns up once in gigabytes of base64, and hardly ever elsewhere. Bodies whose characters are written
as codes are known by eight of these in a row.
"""
from __future__ import annotations

import math
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

#: Gives stretches of bytes, as where each starts and where it ends.
Runs = Callable[[bytes | bytearray], Iterator[tuple[int, int]]]
#: Places after each other, each with the bytes that it may have, over and over.
Cycle = Sequence[bytes]

_BASE32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
_BASE64 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
#: Characters of a body as it stands: more than the alphabet in order. One of 96 in three pieces has so many in a row, and
#: in four unless they are of nearly the same length.
PLAIN = 27


def base64(text: Cycle) -> list[bytes]:
    """What may stand at each place of the base64 of a cycle (RFC 4648, section 4)."""
    found = []
    for at in range(0, math.lcm(len(text), 3), 3):
        one, two, three = (text[(at + n) % len(text)] for n in range(3))
        found += [
            _each(_BASE64[x >> 2] for x in one),
            _each(_BASE64[(x & 3) << 4 | y >> 4] for x in one for y in two),
            _each(_BASE64[(y & 15) << 2 | z >> 6] for y in two for z in three),
            _each(_BASE64[z & 63] for z in three),
        ]
    return found


def hexadecimal(text: Cycle) -> list[bytes]:
    """The same for hexadecimal of either case."""
    return [_each(b''.join(b'%x%X' % ((byte >> shift & 15,) * 2) for byte in place)) for place in text for shift in (4, 0)]


def wide(text: Cycle, zeros: int = 1) -> list[bytes]:
    """The same for text with zeros between: UTF-16, or with three of them UTF-32."""
    return [place for one in text for place in (one, *(b'\0',) * zeros)]


def _each(values: Iterable[int]) -> bytes:
    return bytes(sorted(set(values)))


#: No text that bodies are written in has it.
_BETWEEN_RUNS = b'\xff'


class Kind(NamedTuple):
    """Fragments that are looked for together: in runs of `length` bytes or more which any of the cycles may have.

    `cycles` are given with how often each has to come round; the run holds that much of it wherever it begins.
    """

    length: int
    cycles: Sequence[tuple[Cycle, int]]

    def alphabet(self) -> bytes:
        return _each(byte for cycle, _ in self.cycles for place in cycle for byte in place)


_BODY: Cycle = (_BASE32,)
#: Plain and wide text, and base64 of both: few bytes of text that is no token stand together in this alphabet.
NARROW = Kind(23, (
    (_BODY, PLAIN), (wide(_BODY), 11), (wide(_BODY, 3), 5), (base64(_BODY), 5), (base64(wide(_BODY)), 4),
))
#: Hexadecimal, and two layers. In three pieces the shortest of them has this many bytes in a row.
BROAD = Kind(44, (
    (hexadecimal(_BODY), 20), (hexadecimal(wide(_BODY)), 8), (hexadecimal(base64(_BODY)), 4),
    (base64(base64(_BODY)), 1), (base64(hexadecimal(_BODY)), 4), (base64(base64(wide(_BODY))), 1),
    (wide(base64(_BODY)), 4), (wide(hexadecimal(_BODY)), 9),
))


def patterns(kind: Kind) -> list[bytes]:
    """An expression for each cycle, as often as it has to come round."""
    return [_pattern(cycle, times) for cycle, times in kind.cycles]


def hints(kind: Kind) -> list[bytes]:
    """The same, but of a cycle that comes round once half of it. One run in two hundred has that, and to compile the whole
    of some takes Hyperscan three times as long as all else."""
    return [_pattern(cycle if times > 1 else cycle[:len(cycle) // 2], times) for cycle, times in kind.cycles]


def _pattern(cycle: Cycle, times: int) -> bytes:
    places = (b''.join(b'\\x%02x' % byte for byte in place) for place in cycle)
    return b'(?:' + b''.join(b'[' + place + b']' for place in places) + b'){%d}' % times


class Finder:
    """Says where in any number of bytes there are fragments of one kind. `runs` gives each run of its length or more;
    `some`, where there is that, is faster than `re` to say whether any of `hints` is in a run, or in many at once. `tells`
    has the last word on a run that has one of `patterns`."""

    def __init__(
            self, kind: Kind, runs: Runs, some: Callable[[bytes | bytearray], int] | None = None,
            tells: Callable[[bytes | bytearray], bool] = bool,
    ) -> None:
        self._runs = runs
        self._some = some
        self._tells = tells
        # one after the other: `re` skips to where a pattern may begin, but not for alternatives
        self._patterns = [re.compile(pattern) for pattern in patterns(kind)]
        self._is_said = some is not None and hints(kind) == patterns(kind)

    def __call__(self, data: bytes | bytearray) -> list[int]:
        found = list(self._runs(data))
        some = self._some
        if some is not None:
            if not found or not some(_BETWEEN_RUNS.join([data[start:end] for start, end in found])):
                return []
            found = [(start, end) for start, end in found if some(data[start:end])]
        return [start for start, end in found if self._is_one(data, start, end) and self._tells(data[start:end])]

    def _is_one(self, data: bytes | bytearray, start: int, end: int) -> bool:
        return self._is_said or any(pattern.search(data, start, end) for pattern in self._patterns)


_CODE = rb'[345][0-9A-Fa-f]'
_BETWEEN = rb'[^0-9A-Za-z]{1,12}'
#: Eight characters of a body, each written as its code: where one of SPELLED stands, whichever of the eight it is in.
_SPELLED = re.compile(b'|'.join(b'(?:%b){8}' % one for one in (
    b'%' + _CODE, rb'\\x' + _CODE, rb'u\{?0*' + _CODE + rb'\}?\\+', rb'&#(?:[xX]0*' + _CODE + rb'|0*[5-9][0-9]);',
    rb'\\(?:06[2-7]|1[0-3][0-7])', b'0x' + _CODE + _BETWEEN, rb'(?:5[0-5]|6[5-9]|[78][0-9]|90)' + _BETWEEN,
)))
#: What some of a body's characters are in each of those spellings, and some more of a third of it always are.
SPELLED = (
    *(b'%%4%d' % digit for digit in range(1, 10)), b'%50', b'%52',
    b'\\x4', b'\\x5', b'u004', b'u005', b'u{4', b'u{5', b'&#6', b'&#7', b'&#8', b'&#x4', b'&#x5',
    b'\\10', b'\\11', b'\\12', b'\\13', b'0x4', b'0x5', b'69,', b'71,', b'73,', b'77,', b'79,', b'83,', b'87,', b'89,',
)


def spelled(data: bytes | bytearray, at: int) -> bool:
    """Whether characters of a body begin at a place that has one of SPELLED."""
    return _SPELLED.match(data, at) is not None

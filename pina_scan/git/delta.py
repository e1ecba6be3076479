"""Deltas: instructions that make an object of another one.

Format: gitformat-pack(5), "Deltified representation". Two sizes, then instructions: a byte from 1 to 127 is followed by
that many bytes to insert; a byte from 128 on says by its bits which bytes of an offset and a length follow, of what is
copied from the base.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.errors import DamagedError

_DEFAULT_COPY = 0x10000
_FULL_INSERT = 127


def sizes(delta: bytes) -> tuple[int, int, int]:
    """The base's size, the object's, and where the instructions begin. Raises DamagedError."""
    try:
        base, at = _varint(delta, 0)
        size, at = _varint(delta, at)
    except IndexError:
        raise DamagedError('a delta ends within its header') from None
    return base, size, at


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value, at


def apply(base: bytes, delta: bytes) -> bytes:
    """The object. Raises DamagedError for a delta that isn't one of this base: nothing is read out of bounds."""
    base_size, size, at = sizes(delta)
    if base_size != len(base):
        raise DamagedError(f'a delta is for a base of {base_size} bytes, not {len(base)}')
    pieces = []
    made = 0
    end = len(delta)
    try:
        while at < end:
            op = delta[at]
            at += 1
            if op & 0x80:
                # one number instead of up to seven: translations are thousands of copies a delta
                behind, bits, mask = _NUMBERS[op]
                if behind:
                    behind += at
                    number = int.from_bytes(delta[at:behind], 'little')
                    offset = number & mask
                    length = number >> bits or _DEFAULT_COPY
                    at = behind
                    if at > end:
                        raise DamagedError('a delta ends within an instruction')
                else:
                    offset, length, at = _copy(delta, op, at)
                if offset + length > base_size:
                    raise DamagedError('a delta copies from behind the end of its base')
                pieces.append(base[offset:offset + length])
            elif op:
                length = op
                pieces.append(delta[at:at + op])
                at += op
            else:
                raise DamagedError('a delta has an instruction that is reserved')
            made += length
            if made > size:
                break
    except IndexError:
        raise DamagedError('a delta ends within an instruction') from None
    if made != size or at > end:
        raise DamagedError(f'a delta does not make the {size} bytes that it says')
    return b''.join(pieces)


def _copy(delta: bytes, op: int, at: int) -> tuple[int, int, int]:
    offset = length = 0
    for bit, shift in ((1, 0), (2, 8), (4, 16), (8, 24)):
        if op & bit:
            offset |= delta[at] << shift
            at += 1
    for bit, shift in ((16, 0), (32, 8), (64, 16)):
        if op & bit:
            length |= delta[at] << shift
            at += 1
    return offset, length or _DEFAULT_COPY, at


def _number(op: int) -> tuple[int, int, int]:
    """How many bytes of a copy follow, and how many bits of them, and which, are the offset. None follow where bytes are
    left out in between: then they are no one number."""
    offset, length = op & 15, op >> 4 & 7
    if offset & offset + 1 or length & length + 1:
        return 0, 0, 0
    bits = 8 * offset.bit_length()
    return offset.bit_length() + length.bit_length(), bits, (1 << bits) - 1


_NUMBERS = tuple(map(_number, range(256)))


def inserted(delta: bytes) -> bytes:
    """All that is inserted, with a zero byte wherever something is copied. Raises DamagedError."""
    at = sizes(delta)[2]
    pieces = []
    try:
        while at < len(delta):
            op = delta[at]
            at += 1
            if op & 0x80:
                at = _copy(delta, op, at)[2]
                pieces.append(b'\0')
            else:
                pieces.append(delta[at:at + op])
                at += op
    except IndexError:
        raise DamagedError('a delta ends within an instruction') from None
    return b''.join(pieces)


class First(NamedTuple):
    """What an object begins with: `inserted` bytes, or, if that is empty, `length` bytes of its base from `offset` on."""

    inserted: bytes
    offset: int
    length: int


def first(delta: bytes) -> First:
    """Raises DamagedError for what is no delta. An object of no bytes begins with none."""
    at = sizes(delta)[2]
    if at == len(delta):
        return First(b'', 0, 0)
    op = delta[at]
    if not op & 0x80:
        return First(delta[at + 1:at + 1 + op], 0, op)
    try:
        offset, length, _ = _copy(delta, op, at + 1)
    except IndexError:
        raise DamagedError('a delta ends within an instruction') from None
    return First(b'', offset, length)


#: Bytes, or where in an object they start and stop.
Part = bytes | tuple[int, int]


def parts(delta: bytes, wanted: Sequence[Part]) -> list[Part]:
    """What makes those parts of the object: bytes, and where in the base they start and stop. Raises DamagedError for a delta
    that ends too early, also if only its beginning is given."""
    _, size, at = sizes(delta)
    last = min(size, max((one[1] for one in wanted if not isinstance(one, bytes)), default=0))
    # of each instruction, where its bytes end in the object, and how far from there those are that it takes, and of what
    ends: list[int] = []
    takes: list[tuple[bool, int]] = []
    made = 0
    try:
        while made < last:
            op = delta[at]
            at += 1
            if op & 0x80:
                offset, length, at = _copy(delta, op, at)
                takes.append((True, offset - made))
            else:
                length = op
                takes.append((False, at - made))
                at += op
            made += length
            ends.append(made)
    except IndexError:
        raise DamagedError('a delta ends within an instruction') from None
    found: list[Part] = []
    for one in wanted:
        if isinstance(one, bytes):
            found.append(one)
            continue
        start, stop = one[0], min(one[1], size)
        number = bisect_right(ends, start)
        while start < stop:
            end = min(stop, ends[number])
            copied, shift = takes[number]
            found.append((start + shift, end + shift) if copied else delta[start + shift:end + shift])
            start = end
            number += 1
    if at > len(delta):
        raise DamagedError('a delta ends within an instruction')
    return found


#: So many bytes of an object say how it begins.
ENOUGH = 16
#: A copy of less than that from anywhere: as many bytes of offset as the first byte says, and one or two of length.
_SHORT_COPY = b'|'.join(
    re.escape(bytes((0x80 | has_length | mask,))) + b'.' * bin(mask).count('1') + rb'[\1-\x0f]' + zeros
    for has_length, zeros in ((0x10, b''), (0x30, rb'\0')) for mask in range(16)
)
_SIZES = rb'[\x80-\xff]*[\0-\x7f][\x80-\xff]*[\0-\x7f]'


def first_own(beginnings: Iterable[bytes], further_in: bytes) -> re.Pattern[bytes]:
    """Matches a delta whose first instruction inserts what begins as one of `beginnings`, of two bytes each, or is the
    first byte of one, or fits the expression `further_in`; and one that copies less than ENOUGH."""
    two = sorted(set(beginnings))
    one = b'[' + b''.join(re.escape(start[:1]) for start in two) + b']'
    inserts = rb'[\2-\x7f](?:(?=' + one + b')(?:' + b'|'.join(map(re.escape, two)) + b')|' + further_in + b')'
    return re.compile(_SIZES + b'(?:' + inserts + b'|\1' + one + b'|' + _SHORT_COPY + b')', re.DOTALL)


class Seams:
    """Where one insert ends and the next begins, in any number of deltas end to end: without reading instructions.

    An insert takes 127 bytes at the most, so that longer ones are cut there, with a byte between that is an
    instruction. Every byte 127 is taken for a full insert's instruction; what isn't one costs a look and no more.
    """

    def __init__(self, words: Sequence[bytes]) -> None:
        """`words`: what is looked for, of 127 bytes at the most. A seam that can't be in one of them is left out."""
        self.reach = max(map(len, words)) - 1
        self._width = 2 * self.reach
        before, behind = (b'[' + re.escape(b''.join(parts)) + b']' for parts in zip(*((w[:-1], w[1:]) for w in words)))
        around = b'.{%d}' % (self.reach - 1)
        self._pattern = re.compile(
            rb'\x7f(?=.{%d}(' % (_FULL_INSERT - self.reach) + around + before + rb'[\x01-\x7f]' + behind + around + b'))',
            re.DOTALL,
        )

    def joined(self, deltas: bytes) -> bytearray:
        """Both sides of each seam as the object has them, without the instruction; 2 * reach bytes a seam."""
        pieces = bytearray(b''.join(self._pattern.findall(deltas + bytes(self.reach))))
        del pieces[self.reach::self._width + 1]
        return pieces

    def places(self, deltas: bytes, at: list[int]) -> list[int]:
        """Where in `deltas` the seams stand that `at` are offsets of in what `joined` gave."""
        starts = [found.start() for found in self._pattern.finditer(deltas + bytes(self.reach))]
        return [starts[offset // self._width] for offset in at]

"""Zeros by the gigabyte in a zlib stream, known without making them: what repeats in the stream repeats what it makes.

A deflater at work on zeros writes the same block over and over (RFC 1951). With some of those left out as many zeros are
missing from what it makes. Whether that is so here the stream's own checksum says (RFC 1950): with the missing zeros
counted in, it has to come out right.
"""
from __future__ import annotations

import zlib
from typing import NamedTuple

from pina_scan.decode.deflate import ERRORS
from pina_scan.decode.deflate import RAW
from pina_scan.decode.deflate import Inflate

#: Deflate makes no byte into more.
_RATIO = 1032
#: More than a block of zlib's takes for zeros.
_KEY = 1 << 15
#: In these steps it is looked how far what repeats goes.
_STEP = 1 << 12
_ZEROS = bytes(_STEP)
_MODULUS = 65521


class Hole(NamedTuple):
    """What stands before a stretch of zeros and behind it; how many bytes of the stream it took."""

    before: bytes
    behind: bytes
    taken: int


def hole(stream: bytes, size: int, most: int) -> Hole | None:
    """What the zlib stream that `stream` begins with makes, which is `size` bytes; None if that isn't zeros but for some
    `most` bytes at either end, or can't be proved."""
    period, start, end = _repeated(stream, size // _RATIO // 2)
    if not period or stream[0] & 15 != zlib.DEFLATED or stream[1] & 32:
        return None
    machine = Inflate(RAW)
    try:
        head = machine.decompress(stream[2:start], most)
        zeros = machine.decompress(stream[start:start + period], most)
        tail = machine.decompress(stream[end:], most)
    except ERRORS:
        return None
    left_out = size - len(head) - len(zeros) - len(tail)
    if not machine.eof or not zeros or zeros.count(0) < len(zeros) or left_out < 0:
        return None
    adler = zlib.adler32(head)
    # RFC 1950, 8.2: a zero adds nothing to the first sum, and the first sum to the second
    first, second = adler & 0xffff, adler >> 16
    second = (second + (len(zeros) + left_out) * first) % _MODULUS
    if zlib.adler32(tail, second << 16 | first).to_bytes(4, 'big') != machine.unused_data[:4]:
        return None
    return Hole(_until_zeros(head), _behind_zeros(tail), len(stream) - len(machine.unused_data) + 4)


def _until_zeros(data: bytes) -> bytes:
    end = len(data)
    while data.endswith(_ZEROS, 0, end):
        end -= len(_ZEROS)
    return data[:end].rstrip(b'\0')


def _behind_zeros(data: bytes) -> bytes:
    at = 0
    while data.startswith(_ZEROS, at):
        at += len(_ZEROS)
    return data[at:].lstrip(b'\0')


def _repeated(stream: bytes, inside: int) -> tuple[int, int, int]:
    """How long what repeats around that place is, and from where to where it does; zeros if nothing does."""
    key = stream[inside:inside + _KEY]
    period = stream.find(key, inside + 1, inside + 3 * _KEY) - inside
    if len(key) < _KEY or period <= 0:
        return 0, 0, 0
    start = inside
    while start >= _STEP and stream[start - _STEP:start] == stream[start - _STEP + period:start + period]:
        start -= _STEP
    end = inside
    while stream[end:end + _STEP] == stream[end + period:end + period + _STEP] and end + period + _STEP <= len(stream):
        end += _STEP
    return period, start, start + (end - start) // period * period + period

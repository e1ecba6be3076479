"""Bytes written as numbers: arrays in source code, and what dump tools print: hexadecimal, decimal, octal, binary.

A number, then what may stand between two, then the next. At the end of a dump's line the text column is left out, at
the beginning of the next the address: od (POSIX), hexdump, xxd, Format-Hex, gdb.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.decode import spelled
from pina_scan.decode.gaps import EOL
from pina_scan.decode.offsets import Grouped
from pina_scan.decode.patterns import compiled
from pina_scan.decode.runs import gather
from pina_scan.decode.runs import pattern
from pina_scan.records import Decoded

_PAIRS = pattern(rb'[0-9A-Fa-f]', between=rb'[ \t:]{1,4}+')
#: What stands between two numbers: signs, a cast or a call, a comment, a directive, the end of a line and what the next
#: begins with.
_SEPARATOR = compiled(
    rb'(?:[ \t]{1,8}+(?![ \t|>])|[,;:|&+.\-(){}\[\]"\'<>\\]|' + EOL + rb'[ \t]{0,80}+(?:[>#*+-][ \t]{0,4}){0,3}+|_(?=\r?\n)'
    rb'|\[char\]|[A-Za-z_$][\w.$]{0,24}+\(|/\*[^*]{0,80}+\*/|\.?(?:byte|db|DB|dc\.b|char)\b(?![(])|\'(?:[^\'\\\n]|\\.)\''
    rb'|(?:byte|char|unsigned char|u8|int8_t|uint8_t)(?=\)))'
    rb'{0,24}+',
)
#: The text beside a dump's numbers, up to the next line.
_BESIDE = compiled(rb'[ \t,;]{1,80}+[^\r\n]{0,160}+\r?\n[ \t]{0,8}+(?=[0-9A-Fa-f])')
_ADDRESS = compiled(rb'(?:0[xX])?(?P<digits>[0-9A-Fa-f]{4,16})(?P<mark>[:>]?)[ \t]{1,8}+(?P<next>(?:0[xX])?+[0-9A-Fa-f]{2,16})')
_BEGINS = compiled(rb'(?<![0-9A-Za-z])(?=[0-9A-Fa-f$#%&\\])|(?<=[^0-9A-Za-z][xXu])(?=[0-9])')
_BACK = 240
_LEAST = 80
_MOST = 1 << 12
_ROW = compiled(rb'[0-9A-Fa-f]{6,8}(?P<columns>(?:[ ]{3}[!-~]|[ ]{2}[^\s]{2}|[ ][^\s]{3}|[ ]{4}){1,64}+)[ ]{0,64}+\r?\n')
_LINES = 1 << 8


class Kind(NamedTuple):
    """`number` has the group `digits`. `pairs`: two of them are a byte; `swapped`: in words of two bytes, the lower first."""

    name: str
    number: re.Pattern[bytes]
    base: int
    pairs: bool = False
    swapped: bool = False


#: The commonest separators by the way: to ask for all of them takes five times as long.
_END = rb'(?![0-9A-Za-z])(?P<rest>,[ ]?+(?=[0-9A-Fa-f])|[ \t;:](?=[0-9A-Fa-f]))?+'
_HEX = Kind('hex', compiled(
    rb'(?P<sign>0[xX]|\\x|[$#%]|&[hH]|0(?=[0-9A-Fa-f]{2}[hH]))?+(?P<digits>(?(sign)[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{2}){1,8}+))'
    rb'(?:[uUlLhH]|u8)?' + _END,
), 16, pairs=True)
_WORDS = _HEX._replace(swapped=True)
_DECIMAL = Kind('decimal', compiled(rb'(?P<digits>[0-9]{2,3})(?:[uUlL]|u8|\.0)?' + _END), 10)
_OCTAL = Kind('octal', compiled(rb'(?:0[oO]?|\\)?(?P<digits>[0-7]{3})' + _END), 8)
_BINARY = Kind('binary', compiled(rb'(?:0[bB])?(?P<digits>[01]{8})' + _END), 2)
#: What an anchor begins with, and what its numbers are; all others are hexadecimal.
_KINDS = (
    (b'112', _DECIMAL), (b'160', _OCTAL), (b'0160', _OCTAL), (b'0o160', _OCTAL), (b'011100', _BINARY), (b'6970 ', _WORDS),
    (b'6e69 ', _WORDS),
)
#: Contiguous digits, read as a run.
_RUNS = (b'70696', b'63476', b'42706', b'776157', b'70006900', b'1f8b08', b'1F8B08', b'6e615f', b'6E615F', b'6970616', b'37303')


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    anchor = data[start:end]
    if anchor[1:4] == b'   ':
        yield from _columns(data, start)
        return
    if anchor[:1] == b'x':
        yield from spelled.read(data, start, end)
    if anchor in _RUNS or anchor.startswith((b'70 69', b'70:69')):
        yield from _run(data, start)
        if anchor in _RUNS:
            return
    kind = next((kind for begins, kind in _KINDS if anchor.startswith(begins)), _HEX)
    yield from _array(data, start, end, kind)


def _columns(data: bytes, start: int) -> Iterator[Decoded]:
    """`od -c` (POSIX) and `hexdump -c`: a character in each column of four, behind the address."""
    text = bytearray()
    places: list[int] = []
    line = data.rfind(b'\n', max(0, data.rfind(b'\n', 0, start) - _BACK), max(0, data.rfind(b'\n', 0, start))) + 1
    for _ in range(_LINES):
        found = _ROW.match(data, line)
        if found is None:
            break
        for at in range(found.start('columns'), found.end('columns'), 4):
            sign = data[at:at + 4].strip()
            # an escape or a code is no character of a token
            text += sign if len(sign) == 1 else b'\0'
            places.append(at + 3)
        line = found.end()
    if len(text) >= _LEAST:
        yield Decoded(bytes(text), [*places, places[-1] + 1], ('columns',))


def _run(data: bytes, start: int) -> Iterator[Decoded]:
    characters, places = gather(data, start, _PAIRS)
    text = bytes.fromhex(characters[:len(characters) // 2 * 2].decode('ascii'))
    yield Decoded(text, Grouped(data, places, len(text), 2, 1, 0, frozenset()), ('hex',))


def _array(data: bytes, start: int, end: int, kind: Kind) -> Iterator[Decoded]:
    """The numbers around a hit: the beginning of the prefix may be in the line before."""
    low = max(0, start - _BACK)
    while low < end:
        first = _BEGINS.search(data, low, start + 16)
        if first is None:
            return
        numbers = _numbers(data, _behind_address(data, first.end()), kind)
        if numbers.end > start:
            if len(numbers.text) >= _LEAST:
                yield Decoded(numbers.text, [*numbers.places, numbers.end], (kind.name,))
            return
        low = max(numbers.end, first.end() + 1)


class _Numbers(NamedTuple):
    text: bytes
    places: list[int]
    end: int


def _numbers(data: bytes, at: int, kind: Kind) -> _Numbers:
    text = bytearray()
    places: list[int] = []
    end = at
    while len(text) < _MOST:
        found = kind.number.match(data, at)
        if found is None and at > end > 0:
            found = kind.number.match(data, _next(data, end, kind))
        if found is None:
            break
        digits = found['digits']
        if kind.pairs:
            value = bytes.fromhex(digits.decode('ascii'))
            text += value[::-1] if kind.swapped else value
            # a prefix such as 0x is the first byte's own
            places.append(found.start())
            places.extend(range(found.start('digits') + 2, found.end('digits'), 2))
        else:
            # what is no byte is no part of a token either
            text.append(min(int(digits, kind.base), 0xFF))
            places.append(found.start())
        end = found.end() if found['rest'] is None else found.start('rest')
        at = found.end() if end < found.end() else _next(data, end, kind)
    return _Numbers(bytes(text), places, end)


def _next(data: bytes, at: int, kind: Kind) -> int:
    """Where the next number begins, if one does."""
    gap = _SEPARATOR.match(data, at)
    behind = gap.end() if gap is not None else at
    if data.find(b'\n', at, behind) >= 0:
        return _behind_address(data, behind)
    if behind > at and kind.number.match(data, behind) is not None:
        return behind
    beside = _BESIDE.match(data, at)
    return at if beside is None else _behind_address(data, beside.end())


def _behind_address(data: bytes, at: int) -> int:
    """At the beginning of a line, behind the address, if there is one: it has a mark, or more digits than the numbers."""
    found = _ADDRESS.match(data, at)
    if found is None or not found['mark'] and len(found['digits']) == len(found['next']):
        return at
    return found.start('next')

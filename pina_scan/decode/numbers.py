"""Bytes written as numbers: arrays in source code, and what dump tools print: hexadecimal, decimal, octal, binary.

A number, then what may stand between two, then the next. At the end of a dump's line the text column is left out, at
the beginning of the next the address: od (POSIX), hexdump, xxd, Format-Hex, gdb.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.decode import columns
from pina_scan.decode import spelled
from pina_scan.decode.gaps import EOL
from pina_scan.decode.gaps import QUOTE
from pina_scan.decode.offsets import Grouped
from pina_scan.decode.patterns import compiled
from pina_scan.decode.runs import gather
from pina_scan.decode.runs import pattern
from pina_scan.records import Decoded
from pina_scan.token import ACCESS
from pina_scan.token import REFRESH

_PAIRS = pattern(rb'[0-9A-Fa-f]', between=rb'[ \t:]{1,4}+')
_TYPE = (
    rb'(?:const[ ])?(?:std::)?(?:(?:un)?signed[ ])?'
    rb'(?:byte|Byte|BYTE|char|Char|int|Integer|long|short|rune|[iu](?:8|16|32|64)|u?int(?:8|16|32)?(?:_t)?)'
)
#: What stands between two numbers: signs, a cast or a call, a comment, a directive, a key, the end of a line and what the
#: next begins with.
_SEPARATOR = compiled(
    # the sign of a number is no separator
    rb'(?:(?!(?:\\x|#x|#?\$|&[hHbBoO])[0-9A-Fa-f])(?:[ \t]{1,8}+(?![ \t|>])'
    # keys: "0": 112, [0] => 112, 0 => 112, t[0] = 112
    rb'|</?[A-Za-z][\w:]{0,16}>|[xX](?=")'
    rb'|\\{0,4}"[0-9]{1,4}\\{0,4}"[ ]?:|(?:[A-Za-z_$][\w.$]{0,24}+)?\[[0-9]{1,4}\][ ]{0,4}=>?|[0-9]{1,4}[ ]=>'
    rb'|\'(?:[^\'\\\n]|\\.)\'|/\*[^*]{0,80}+\*/|[,;:|&+.\-(){}\[\]<>\\/=@~^#*]|_(?=[0-9A-Fa-f])|' + QUOTE + rb'|'
    + EOL + rb'[ \t]{0,80}+(?:(?:[>#*+-]|//)[ \t]{0,4}){0,3}+(?:[0-9]{1,5}[ ](?=DATA\b|data\b)|\[[0-9]{1,6}\][ ])?+|_(?=\r?\n)'
    rb'|\[?' + _TYPE + rb'(?=[)\]>*])|[A-Za-z_$][\w.$:]{0,24}+!?(?=[({]|[ ][0-9]|<' + _TYPE + rb'>\()'
    rb'|as[ ]' + _TYPE + rb'\b|\.?(?:byte|BYTE|db|DB|dc\.b|DC\.B|DATA|data|defb|DEFB|char|fcb|FCB)\b)'
    rb'){0,24}+',
)
#: The text beside a dump's numbers, or what a row's end says about it, up to the next line.
_BESIDE = compiled(rb'[ \t,;+|"\')]{1,80}+[^\r\n]{0,160}+\r?\n[ \t]{0,80}+(?=[^\s])')
#: Behind it gdb has the name of what is there.
_ADDRESS = compiled(
    rb'(?:0[xX])?(?P<digits>[0-9A-Fa-f`]{4,17})(?:[ ]?<[^<>\r\n]{1,80}+>)?+(?P<mark>(?:[ ]?[:>|]|[ ]-)?+)[ \t]{1,8}+'
    rb'(?P<next>(?:0[xX])?+[0-9A-Fa-f]{2,24})',
)
_BEGINS = compiled(rb'(?<![0-9A-Za-z])(?=[0-9A-Fa-f$#%&\\])|(?<=[^0-9A-Za-z][xXu])(?=[0-9])')
_BACK = 240
_LEAST = 80
_MOST = 1 << 12


class Kind(NamedTuple):
    """`number` has the group `digits`. `width`: so many of them are a byte; `swapped`: in words, the lowest byte first.

    `size`: how many bytes one number is, if it isn't pairs.
    """

    name: str
    number: re.Pattern[bytes]
    base: int
    width: int = 0
    swapped: bool = False
    size: int = 1


#: The commonest separators by the way: to ask for all of them takes five times as long.
_END = rb'(?![0-9A-Za-z])(?P<rest>,[ ]?+(?=[0-9A-Fa-f])|[ \t;:](?=[0-9A-Fa-f]))?+'
#: What a language adds to a number to say of which type it is.
_SUFFIX = rb'(?:_?[iu](?:8|16|32|64)|[uU]?[yY]|[uUlLhHdDoOqQ]{1,3}|U?S|\.0{1,6}|(?<=[0-9])[bB])?+'
_HEX_SUFFIX = rb'(?:_?[iu](?:8|16|32|64)|u?y|[uUlLhH]{1,3}|U?S)?+'
_HEX = Kind('hex', compiled(
    rb'(?:0[xX]|[uU]\+|\\x|16[#r]|#x|[0-9]\'h|#?\$|[#%]|&[hH]|0(?=[0-9A-Fa-f]{2}[hH]))?+'
    rb'(?P<digits>(?:[0-9A-Fa-f]{2}){1,8}+)' + _HEX_SUFFIX + _END,
), 16, width=2)
_WORDS = _HEX._replace(number=compiled(rb'(?:0[xX])?+(?P<digits>(?:[0-9A-Fa-f]{2}){1,8}+)' + _END), swapped=True)
_DECIMAL = Kind('decimal', compiled(rb'(?:[0-9]\'d)?(?P<digits>[0-9]{1,3})' + _SUFFIX + _END), 10)
_OCTAL = Kind('octal', compiled(rb'(?:0[oO]|8#|[\\&][oO]?)?(?P<digits>0{0,2}[0-7]{1,3})' + _SUFFIX + _END), 8)
_OCTAL_WORDS = Kind('octal', compiled(rb'(?P<digits>[01][0-7]{5})' + _END), 8, swapped=True, size=2)
_BINARY = Kind('binary', compiled(rb'(?:0[bB]|2#|&[bB])?(?P<digits>(?:[01]{8}){1,256}+|[01]{6,7})' + _END), 2, width=8)
_DECIMAL_WORDS = Kind('decimal', compiled(rb'(?P<digits>[0-9]{1,5})' + _END), 10, swapped=True, size=2)
#: What an anchor begins with, and what its numbers are; all others are hexadecimal.
_KINDS = (
    (b'112', _DECIMAL), (b'160', _OCTAL), (b'0160', _OCTAL), (b'o160', _OCTAL), (b'"160', _OCTAL), (b'011100', _BINARY),
    (b'111000', _BINARY), (b'6970', _WORDS), (b'6e69', _WORDS), (b'26992', _DECIMAL_WORDS), (b'28265', _DECIMAL_WORDS),
    (b'6e6970', _WORDS), (b'5f616e', _WORDS), (b'0645', _OCTAL_WORDS), (b'0671', _OCTAL_WORDS),
)
#: Anchors of which these digits are the first character of the prefix: a reading begins there.
_FIRST = compiled(rb'(?:[&0#$ "\']|16#)?[xXHho$]?(?P<digits>112|0?160|70)(?=[^0-9A-Fa-f]|$)(?![:-])')
#: What stands before a first number that is its own.
_SIGNS = (b'16#', b'16r', b'#x', b'#$', b'0x', b'0X', b'&H', b'&h', b'\\x', b'0o', b'0O', b'$', b'0')
#: Contiguous digits, read as a run.
_RUNS = (b'70696', b'63476', b'42706', b'776157', b'70006900', b'1f8b08', b'1F8B08', b'6e615f', b'6E615F', b'6970616', b'37303')
#: The end of the prefix alone.
_ENDS = (b'6e615f', b'6E615F', b'6970616')
_P = compiled(rb'70')
_PREFIX = ACCESS.hex().encode()


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    anchor = data[start:end]
    if anchor[1:4] == b'   ':
        yield from columns.read(data, start, end)
        return
    if anchor[:1] == b'x':
        yield from spelled.read(data, start, end)
    if anchor in _RUNS or anchor.startswith((b'70 69', b'70:69')):
        yield from _run(data, _run_start(data, start) if anchor in _ENDS else start)
        if anchor in _RUNS:
            return
    kind = next((kind for begins, kind in _KINDS if anchor.startswith(begins)), _HEX)
    first = _FIRST.match(data, start, end)
    if first is None:
        yield from _array(data, start, end, kind)
    else:
        yield from _from_first(data, first.start('digits'), kind)


def _run_start(data: bytes, start: int) -> int:
    """Where the prefix begins whose end is at `start`, on the other side of a line's end."""
    for found in _P.finditer(data, max(0, start - _BACK // 2), start):
        characters, places = gather(data, found.start(), _PAIRS, 2 * len(ACCESS))
        if characters.lower().startswith(_PREFIX) and places[2 * len(ACCESS) - 1] > start:
            return found.start()
    return start


def _run(data: bytes, start: int) -> Iterator[Decoded]:
    characters, places = gather(data, start, _PAIRS)
    text = bytes.fromhex(characters[:len(characters) // 2 * 2].decode('ascii'))
    yield Decoded(text, Grouped(places, len(text), 2, 1, 0), ('hex',))


def _from_first(data: bytes, digits: int, kind: Kind) -> Iterator[Decoded]:
    """The numbers from the prefix's first on; in UTF-16 each second one is a zero."""
    before = data[max(0, digits - 3):digits]
    sign = next((sign for sign in _SIGNS if before.endswith(sign)), b'')
    if kind is _DECIMAL:
        sign = b''
    start = digits - len(sign)
    begins = _numbers(data, start, kind, 2 * len(ACCESS)).text.replace(b'\0', b'')
    if begins.startswith((ACCESS, REFRESH)):
        numbers = _numbers(data, start, kind)
        if len(numbers.text) >= _LEAST:
            yield Decoded(numbers.text, [*numbers.places, numbers.end], (kind.name,))


def _array(data: bytes, start: int, end: int, kind: Kind) -> Iterator[Decoded]:
    """The numbers around a hit: the beginning of the prefix may be in the line before."""
    low = max(0, start - _BACK)
    # what a line has first is an address; in the middle of it might be anything
    line = data.find(b'\n', low, max(low, start - _BACK // 2)) + 1
    low = line or low
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


def _numbers(data: bytes, at: int, kind: Kind, most: int = _MOST) -> _Numbers:
    text = bytearray()
    places: list[int] = []
    end = at
    while len(text) < most:
        found = kind.number.match(data, at)
        if found is None and at > end > 0:
            found = kind.number.match(data, _next(data, end, kind))
        if found is None:
            break
        digits = found['digits']
        if kind.width:
            count = -(-len(digits) // kind.width)
            value = int(digits, kind.base).to_bytes(count, 'big')
            # a prefix such as 0x is the first byte's own
            begin = found.start('digits')
            where = [found.start(), *range(begin + kind.width, begin + count * kind.width, kind.width)]
        else:
            # what is no byte is no part of a token either
            value = min(int(digits, kind.base), 256 ** kind.size - 1).to_bytes(kind.size, 'big')
            where = [found.start()] * kind.size
        text += value[::-1] if kind.swapped else value
        places += where[::-1] if kind.swapped else where
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
    if beside is None:
        return at
    address = _behind_address(data, beside.end())
    if address == beside.end() and kind.number.match(data, address) is None:
        gap = _SEPARATOR.match(data, address)
        return gap.end() if gap is not None else address
    return address


def _behind_address(data: bytes, at: int) -> int:
    """At the beginning of a line, behind the address, if there is one: it has a mark, or more digits than the numbers."""
    found = _ADDRESS.match(data, at)
    if found is None or not found['mark'] and len(found['digits']) == len(found['next']):
        return at
    return found.start('next')

"""Bytes written as numbers: hexadecimal pairs, with or without separators, and arrays in hexadecimal and decimal."""
from __future__ import annotations

from collections.abc import Iterator

import regex

from pina_scan.decode import spelled
from pina_scan.decode.gaps import EOL
from pina_scan.decode.gaps import PLAIN_WRAP
from pina_scan.decode.offsets import Grouped
from pina_scan.decode.runs import gather
from pina_scan.decode.runs import pattern
from pina_scan.records import Decoded

_PAIRS = pattern(rb'[0-9A-Fa-f]', between=rb'[ \t:]{1,4}+')
#: What stands between two numbers: a comma, a cast, a comment, the end of a line with what the next begins with.
_SEPARATOR = (
    rb'(?:[ \t,;|]++|' + PLAIN_WRAP + rb'|' + EOL + rb'[+-]?|\((?:byte|char|unsigned char|u8)\)|/\*[^*]{0,80}+\*/|[)\]}(\[{])'
    rb'{1,20}+'
)
_HEXADECIMAL = regex.compile(rb'(?:0[xX](?P<unit>[0-9A-Fa-f]{2})(?![0-9A-Fa-f])[uUlL]?(?:' + _SEPARATOR + rb')?+)++')
_DECIMAL = regex.compile(rb'(?:(?P<unit>[0-9]{2,3})(?![0-9])[uUlL]?(?:' + _SEPARATOR + rb')?+)++')
#: The array's `p`, looked for from its underscore.
_FIRST = regex.compile(
    rb'0[xX]70(?:' + _SEPARATOR + rb')0[xX]69(?:' + _SEPARATOR + rb')0[xX]6[eE](?:' + _SEPARATOR + rb')0[xX]61'
    rb'(?:' + _SEPARATOR + rb')0[xX]5[fF]',
)
_BACK = 240
_REACH = 1 << 14


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    anchor = data[start:end]
    if anchor.startswith(b'x'):
        yield from spelled.read(data, start, end)
        for found in _FIRST.finditer(data, max(0, start - _BACK), end):
            if found.end() == end:
                yield _array(data, found.start(), _HEXADECIMAL, 16)
    elif anchor.startswith(b'112'):
        if not data[start - 1:start].isdigit():
            yield _array(data, start, _DECIMAL, 10)
    else:
        characters, places = gather(data, start, _PAIRS)
        text = bytes.fromhex(characters[:len(characters) // 2 * 2].decode('ascii'))
        yield Decoded(text, Grouped(data, places, len(text), 2, 1, 0, frozenset()), ('hex',))


def _array(data: bytes, start: int, numbers: regex.Pattern[bytes], base: int) -> Decoded:
    found = numbers.match(data, start, start + _REACH)
    if found is None:
        return Decoded(b'', (start,), ())
    # what is no byte is no part of a token either
    text = bytes(min(int(unit, base), 0xFF) for unit in found.captures('unit'))
    sign = 2 if base == 16 else 0
    offsets = [*(at - sign for at in found.starts('unit')), found.ends('unit')[-1]]
    return Decoded(text, offsets, ('hex' if base == 16 else 'decimal',))

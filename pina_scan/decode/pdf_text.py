"""What a PDF's content stream writes, and the streams of a PDF that pypdf can't read. ISO 32000-1, 7.3.4 and 9.4."""
from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from types import MappingProxyType
from typing import BinaryIO

from pina_scan.decode.deflate import ERRORS
from pina_scan.decode.deflate import ZLIB
from pina_scan.decode.deflate import Inflate
from pina_scan.decode.expand import Expanded
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Member
from pina_scan.decode.members import text
from pina_scan.decode.pdf_fonts import Font

_NUMBER = re.compile(rb'-?(?:\d+(?:\.\d*)?|\.\d+)')
#: An array of strings, unless a backslash is escaped in it, with numbers between; a string in parentheses or in hex; the
#: last of some numbers; a name; an operator. A string that isn't closed is one to its end: turned down, it would be looked
#: through again from each parenthesis in it.
_PART = re.compile(
    rb"\[(?P<array>(?:[^()\\\[\]<]*\([^()\\]*(?:\\[^\\][^()\\]*)*\))+[^()\\\[\]<]*)\]"
    rb"|\((?P<plain>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)?|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|(?:%(number)b\s+)*(?P<number>%(number)b)|/(?P<name>[^\s()<>\[\]{}/%%]*)"
    rb"|(?P<move>\b(?:T[dDmf*]|TJ|ET)\b|'|\")" % {b'number': _NUMBER.pattern},
    re.DOTALL,
)
_ESCAPE = re.compile(rb'\\(?:([0-7]{1,3})|\r?\n|(.))', re.DOTALL)
_NAMED = {b'n': b'\n', b'r': b'\r', b't': b'\t', b'b': b'\b', b'f': b'\f'}
#: From here on a gap between two strings of an array is a space; in thousandths of the letters' height.
_SPACE = -180.0
#: In an array, from one string to the next: two letters that are moved together or a little apart.
_KERNED = re.compile(rb'(?<!\\)\)\s*(?:(?:\d+(?:\.\d*)?|\.\d+|-(?:180(?:\.0*)?(?=[\s(])|(?:1[0-7]\d|\d?\d)?(?:\.\d*)?))\s*)?\(')
_APART = re.compile(rb'(?<!\\)\)[^()]*\(')
_STREAM = re.compile(rb'stream\r?\n(?=[\x08-\x78][\x01-\xff])')
_MOST = 64 << 20


def written(data: bytes, fonts: Mapping[bytes, Font] = MappingProxyType({})) -> bytes:
    """The strings of a content stream, joined as they stand on the page; empty if it shows none.

    Those of a font in `fonts`, by the name that the page has for it, are what its codes mean.
    """
    if b'Tj' not in data and b'TJ' not in data:
        return b''
    pieces: list[bytes] = []
    add = pieces.append
    number = b''
    named = b''
    font: Font | None = None
    height = b''
    for part in _PART.finditer(data):
        kind = part.lastgroup
        if kind == 'array':
            # many writers show each letter by itself: they are put together at once
            before, _, shown = part['array'].partition(b'(')
            number = (_NUMBER.findall(before) or (number,))[-1]
            if number and float(number) < _SPACE:
                add(b' ')
            words = _APART.split(_KERNED.sub(b'', shown.rpartition(b')')[0]))
            if b'\\' in shown:
                words = [_ESCAPE.sub(_unescaped, word) for word in words]
            add(b' '.join(map(font.read, words) if font is not None else words))
            number = b''
        elif kind == 'plain' or kind == 'hex':
            codes = part[kind]
            if kind == 'hex':
                codes = _unhexed(codes)
            elif b'\\' in codes:
                codes = _ESCAPE.sub(_unescaped, codes)
            if number and float(number) < _SPACE:
                # within an array: a gap, not a name's or a place's number
                add(b' ')
            number = b''
            add(font.read(codes) if font is not None else codes)
        elif kind == 'number':
            number = part['number']
        elif kind == 'name':
            named = part['name']
        else:
            move = part[0]
            if move == b'Tf':
                font = fonts.get(named)
            elif move in (b'Td', b'TD') and number:
                # along the line, which many writers do for each letter or word
                if float(number):
                    add(b'\n')
            elif move == b'Tm' and number:
                if number != height:
                    add(b'\n')
                    height = number
            elif move != b'TJ':
                add(b'\n')
            number = b''
    return b''.join(pieces)


def _unhexed(digits: bytes) -> bytes:
    digits = b''.join(digits.split())
    return bytes.fromhex((digits + b'0' * (len(digits) % 2)).decode())


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes((int(found[1], 8) & 0xFF,))
    return _NAMED.get(found[2], found[2]) if found[2] else b''


def carved(file: BinaryIO) -> Iterator[Member]:
    """Each stream that can be inflated, found by the word that stands before it."""
    file.seek(0)
    data = file.read()
    for found in _STREAM.finditer(data):
        rest = [data[found.end():found.end() + _MOST]]
        expanded = Expanded(lambda size, rest=rest: rest.pop() if rest else b'', lambda: Inflate(ZLIB), ERRORS)  # type: ignore[misc]
        try:
            content = expanded.read(_MOST)
        except Damaged:
            # not deflated, or the damage itself
            continue
        name = b'stream at %d' % found.end()
        if shown := written(content):
            yield text(name + b'/text', shown)
        yield text(name, content, again=True)

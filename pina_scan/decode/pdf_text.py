"""What a PDF's content stream writes, and the streams of a PDF that pypdf can't read. ISO 32000-1, 7.3.4 and 9.4."""
from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from pina_scan.decode.deflate import ZLIB
from pina_scan.decode.deflate import Inflate
from pina_scan.decode.expand import Expanded
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Member
from pina_scan.decode.members import text

#: A string in parentheses or in hex, a number in an array, or an operator. A string that isn't closed is one to its end:
#: turned down, it would be looked through again from each parenthesis in it.
_PART = re.compile(
    rb"\((?P<plain>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)?|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|(?P<number>-?\d+(?:\.\d*)?)|(?P<move>\bT[dDm*]|\bET\b|'|\")",
    re.DOTALL,
)
_ESCAPE = re.compile(rb'\\(?:([0-7]{1,3})|\r?\n|(.))', re.DOTALL)
_NAMED = {b'n': b'\n', b'r': b'\r', b't': b'\t', b'b': b'\b', b'f': b'\f'}
#: From here on a gap between two strings of an array is a space; in thousandths of the letters' height.
_SPACE = -180.0
_STREAM = re.compile(rb'stream\r?\n(?=[\x08-\x78][\x01-\xff])')
_MOST = 64 << 20


def written(data: bytes) -> bytes:
    """The strings of a content stream, joined as they stand on the page; empty if it shows none."""
    if b'Tj' not in data and b'TJ' not in data:
        return b''
    pieces = []
    for part in _PART.finditer(data):
        if part['plain'] is not None:
            pieces.append(_ESCAPE.sub(_unescaped, part['plain']))
        elif part['hex'] is not None:
            digits = b''.join(part['hex'].split())
            pieces.append(bytes.fromhex((digits + b'0' * (len(digits) % 2)).decode()))
        elif part['move']:
            pieces.append(b'\n')
        elif float(part['number']) < _SPACE:
            pieces.append(b' ')
    return b''.join(pieces)


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
        expanded = Expanded(lambda size, rest=rest: rest.pop() if rest else b'', lambda: Inflate(ZLIB), (zlib.error,))  # type: ignore[misc]
        try:
            content = expanded.read(_MOST)
        except Damaged:
            # not deflated, or the damage itself
            continue
        name = b'stream at %d' % found.end()
        if shown := written(content):
            yield text(name + b'/text', shown)
        yield text(name, content, again=True)

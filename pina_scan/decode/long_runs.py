"""Long runs of base64, base32, hexadecimal or escapes, whatever they say: read where the text that comes out is one.

Where the run begins, something else may be before it: a name, a slash. So of the places in a group where it could begin
those are taken from which on text can be read, and the first of all where it may be a container.
"""
from __future__ import annotations

import binascii
import re
import zlib
from collections.abc import Callable
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.decode import base32_runs
from pina_scan.decode import base64_runs
from pina_scan.decode.containers import STARTS
from pina_scan.decode.deflate import ERRORS
from pina_scan.decode.deflate import RAW
from pina_scan.decode.deflate import Inflate
from pina_scan.decode.encodings import LEAST
from pina_scan.decode.offsets import Grouped
from pina_scan.decode.offsets import Stretches
from pina_scan.decode.offsets import Whole
from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded


class _Alphabet(NamedTuple):
    """So many characters (`width`) are so many bytes (`size`)."""

    name: str
    fits: re.Pattern[bytes]
    width: int
    size: int
    decode: Callable[[bytes], bytes]


def _hexadecimal(characters: bytes) -> bytes:
    return binascii.unhexlify(characters[:len(characters) // 2 * 2])


#: The narrowest first: a run that fits them all is of that one.
_ALPHABETS = (
    _Alphabet('hex', compiled(rb'[0-9a-f]+|[0-9A-F]+'), 2, 1, _hexadecimal),
    _Alphabet('base32', compiled(rb'[A-Z2-7]+|[a-z2-7]+'), 8, 5, base32_runs.bytes_of),
    _Alphabet('base64', compiled(rb'[A-Za-z0-9+/_-]+'), 4, 3, base64_runs.bytes_of),
)
#: The end of a line, also as a literal has it, and as a mail does (RFC 2045 section 6.7).
_END = rb'(?:[\r\n]|=\r?\n|=?\\{1,8}[rn])'
_RUN = compiled(rb'(?<!\\)(?:[A-Za-z0-9+/_-]++' + _END + rb'{0,4}+){1,4096}+')
_LINE = compiled(rb'[A-Za-z0-9+/_-]++|' + _END + rb'++')
#: Escapes of any byte, by their names in `via` and the base of their number.
_ESCAPES = (
    ('percent', compiled(rb'%([0-9A-Fa-f]{2})'), 16, b'%'),
    ('backslash', compiled(rb'\\{1,8}(?:x|u00)([0-9A-Fa-f]{2})'), 16, b'\\'),
    ('backslash', compiled(rb'\\{1,8}([0-3][0-7]{2})'), 8, b'\\'),
    ('entities', compiled(rb'&(?:amp;){0,4}#([0-9]{1,3});'), 10, b'&'),
    ('entities', compiled(rb'&(?:amp;){0,4}#[xX]([0-9A-Fa-f]{1,2});'), 16, b'&'),
    ('quoted-printable', compiled(rb'=([0-9A-F]{2}|\r?\n|\\{1,8}n)'), 16, b'='),
)
#: The longest is six characters, and its sign may be escaped itself, as `&amp;amp;`.
_DENSE = 24
#: So many characters say whether a place is one where a group begins, and whether what stands there is text.
_PROOF = 96
#: So much of inflated text is read.
_MOST = 1 << 22
_TEXT = bytes(b for b in range(256) if 32 <= b < 127 or b in b'\t\r\n\0')


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    for name, pattern, base, sign in _ESCAPES:
        if data.count(sign, start, end) * _DENSE > end - start and pattern.search(data, start, start + _PROOF) is not None:
            yield _escapes(data, start, end, name, pattern, base)
            return
    for found in _RUN.finditer(data, start, end):
        if found.end() - found.start() >= LEAST * 3 // 4:
            yield from _run(data, found.start(), found.end())


def _escapes(data: bytes, start: int, end: int, name: str, pattern: re.Pattern[bytes], base: int) -> Decoded:
    text = bytearray()
    indexes = [0]
    places = [start]
    at = start
    for found in pattern.finditer(data, start, end):
        text += data[at:found.start()]
        if found[1][-1:] not in b'\nn':
            text.append(int(found[1], base) & 0xFF)
        at = found.end()
        # what comes next stands behind it, and itself where it begins
        indexes += [len(text) - 1, len(text)]
        places += [found.start(), at]
    text += data[at:end]
    return Decoded(bytes(text), Stretches(indexes, places, len(text), end), (name,))


def _run(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    lines = [found.span() for found in _LINE.finditer(data, start, end) if data[found.start()] not in b'\r\n\\=']
    while lines:
        alphabet = next(one for one in _ALPHABETS if one.fits.fullmatch(data, *lines[0]))
        width = lines[0][1] - lines[0][0]
        count = 1
        while count < len(lines) and lines[count - 1][1] - lines[count - 1][0] == width >= lines[count][1] - lines[count][0] and (
                alphabet.fits.fullmatch(data, *lines[count])
        ):
            count += 1
        yield from _block(data, lines[:count], alphabet)
        lines = lines[count:]


def _block(data: bytes, lines: list[tuple[int, int]], alphabet: _Alphabet) -> Iterator[Decoded]:
    """What lines of one width say, the last of which may be shorter."""
    characters = b''.join(data[at:behind] for at, behind in lines)
    if len(characters) < LEAST * 3 // 4:
        return
    width = lines[0][1] - lines[0][0]
    indexes = range(0, width * len(lines), width)
    places = Stretches(indexes, [at for at, _ in lines], len(characters), lines[-1][1])
    for phase in range(alphabet.width):
        head = alphabet.decode(characters[phase:phase + _PROOF])
        later = alphabet.decode(characters[phase + _PROOF:phase + 2 * _PROOF])
        if not later.translate(None, _TEXT) or not head.translate(None, _TEXT) or phase == 0 and head[:2] in STARTS:
            text = alphabet.decode(characters[phase:])
            yield Decoded(text, Grouped(places, len(text), alphabet.width, alphabet.size, -phase), (alphabet.name,))
        elif phase == 0 and alphabet.name == 'base64':
            text = _inflated(alphabet.decode(characters))
            if text:
                yield Decoded(text, Whole(len(text), lines[0][0], lines[-1][1]), (alphabet.name, 'deflate'))


def _inflated(stream: bytes) -> bytes:
    """The text of bare deflated data, which has no magic: draw.io's diagrams, SAML's requests (Bindings 2.0, 3.4.4.1)."""
    try:
        # of what is none nothing is left that another machine would have to read byte by byte
        head = zlib.decompressobj(RAW).decompress(stream, _PROOF)
        if len(head) == _PROOF and not head.translate(None, _TEXT):
            return Inflate(RAW).decompress(stream, _MOST)
    except zlib.error:
        pass
    except ERRORS:
        pass
    return b''

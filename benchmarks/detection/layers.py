"""Two encodings around one token, and what else writes bytes in letters: uuencode, base 85, records."""
from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import html
import json
import lzma
import random
import zlib
from collections.abc import Callable

from benchmarks.detection.base64_texts import surrounded
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

Layer = Callable[[bytes], bytes]


def _each(way: bytes) -> Layer:
    return lambda text: b''.join(way % c for c in text)


def _uuencoded(text: bytes) -> bytes:
    lines = b''.join(binascii.b2a_uu(text[at:at + 45]) for at in range(0, len(text), 45))
    return b'begin 644 t.txt\n' + lines + b'`\nend'


def _records(text: bytes) -> bytes:
    rows = [bytes((len(text[at:at + 16]), *at.to_bytes(2, 'big'), 0)) + text[at:at + 16] for at in range(0, len(text), 16)]
    return b'\n'.join(b':%b' % (row + bytes((-sum(row) & 255,))).hex().upper().encode() for row in (*rows, b'\0\0\0\1'))


def _srec(text: bytes) -> bytes:
    rows = [bytes((len(text[at:at + 16]) + 3, *at.to_bytes(2, 'big'))) + text[at:at + 16] for at in range(0, len(text), 16)]
    return b'\n'.join(b'S1%b' % (row + bytes((~sum(row) & 255,))).hex().upper().encode() for row in rows)


_OUTER: dict[str, Layer] = {
    'base64': base64.b64encode, 'base32': base64.b32encode, 'hexadecimal': binascii.hexlify, 'percent': _each(b'%%%02X'),
    'JSON': lambda text: json.dumps(text.decode('latin-1')).encode(),
    'UTF-16': lambda text: text.decode('latin-1').encode('utf-16'),
}
_INNER: dict[str, Layer] = {
    'base64': base64.b64encode, 'base32': base64.b32encode, 'hexadecimal': binascii.hexlify, 'percent': _each(b'%%%02x'),
    'code points': _each(b'\\u%04x'), 'entities': _each(b'&#%d;'), 'quoted-printable': _each(b'=%02X'),
    'decimals': lambda text: b', '.join(b'%d' % c for c in text),
    'entities of base64': lambda text: html.escape(base64.b64encode(text).decode().replace('=', '&#61;')).encode(),
}
_PACKED: dict[str, Layer] = {'gzip': gzip.compress, 'zlib': zlib.compress, 'bzip2': bz2.compress, 'xz': lzma.compress}
_ALONE: dict[str, Layer] = {
    'uuencode': _uuencoded, 'ASCII85, aligned': lambda text: base64.a85encode(b' ' * (-text.index(b'pina_') % 4) + text),
    'base 85, aligned': lambda text: base64.b85encode(b' ' * (-text.index(b'pina_') % 4) + text),
    'Intel HEX': _records, 'S-records': _srec,
    'printed gzip': lambda text: repr(gzip.compress(text)).encode(),
    'gzip in numbers': lambda text: json.dumps([*gzip.compress(text)]).encode(),
    'EBCDIC': lambda text: text.decode('latin-1').encode('cp037', 'replace'),
}


def _layers(*layers: Layer) -> Writer:
    """The place of what is encoded twice is not asked for: it stands where the first of its characters is begun."""
    def write(draw: random.Random, token: bytes) -> Text:
        text, _ = surrounded(draw, token)
        for layer in layers:
            text = layer(text)
        return Text(text, alone=True, place=(None, None))
    return write


LAYERS: dict[str, Writer] = {
    **{f'{name} of {inner}': _layers(way, layer) for name, layer in _OUTER.items() for inner, way in _INNER.items()
        if inner != name},
    # so short a stream is no long run in base32
    **{f'{name} of {inner}': _layers(way, _OUTER[name]) for name in ('base64', 'hexadecimal', 'percent')
        for inner, way in _PACKED.items()},
    **{f'{name}, {number}': _layers(layer) for name, layer in _ALONE.items() for number in (1, 2)},
}

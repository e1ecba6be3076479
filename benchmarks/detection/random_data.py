"""Files without a token that are random, in many writings, alone and in containers."""
from __future__ import annotations

import base64
import gzip
import os
import random
import sqlite3
import tempfile
from collections.abc import Callable
from collections.abc import Iterator

from benchmarks.detection import packing
from benchmarks.detection.pdfs import pdf
from benchmarks.detection.pdfs import stream
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

_SIZE = 20_000
#: A piece of the long streams: many of them make the whole.
_PIECE = 3 << 20

#: Five bits of each byte: base64.b32encode writes 4 MB a second, which is long for gigabytes.
_BASE32 = bytes(b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[c % 32] for c in range(256))

#: random bytes, written
WRITINGS: dict[str, Callable[[bytes], bytes]] = {
    'bytes': lambda data: data,
    'base64': base64.b64encode,
    'base64, URL': base64.urlsafe_b64encode,
    'base64, lines': base64.encodebytes,
    'base64, twice': lambda data: base64.b64encode(base64.b64encode(data)),
    'base32': lambda data: data.translate(_BASE32),
    'base32, lines': lambda data: b'\n'.join(lines(data.translate(_BASE32), 64)),
    'base32, small': lambda data: data.translate(_BASE32).lower(),
    'base85': base64.b85encode,
    'hex': lambda data: data.hex().encode(),
    'hex, capitals': lambda data: data.hex().upper().encode(),
    'hex, spaced': lambda data: data.hex(' ').encode(),
    'hex, lines': lambda data: b'\n'.join(lines(data.hex().encode(), 32)),
    'decimal': lambda data: b', '.join(b'%d' % c for c in data),
    'percent': lambda data: b''.join(b'%%%02X' % c for c in data),
    'escapes': lambda data: b''.join(b'\\x%02x' % c for c in data),
    'UTF-16': lambda data: base64.b64encode(data).decode().encode('utf-16'),
    'letters': lambda data: bytes(b'abcdefghijklmnopqrstuvwxyz_ \n'[c % 29] for c in data),
}


_WORDS: dict[str, Callable[[random.Random], str]] = {
    'hex': lambda draw: draw.randbytes(48).hex(),
    'small base32': lambda draw: base64.b32encode(draw.randbytes(20)).decode().lower(),
    'decimal': lambda draw: str(draw.getrandbits(200)),
}


def lines(data: bytes, width: int) -> Iterator[bytes]:
    return (data[at:at + width] for at in range(0, len(data), width))


def _written(name: str) -> Writer:
    return lambda draw, token: Text(WRITINGS[name](draw.randbytes(_SIZE)), '.bin' if name == 'bytes' else '.txt', alone=True)


def _prefixed(name: str) -> Writer:
    """The prefix stands before each random word: too short, or not of the alphabet."""
    def write(draw: random.Random, token: bytes) -> Text:
        made = [draw.choice(('pina_', 'opina_', 'pina_x_')) + _WORDS[name](draw) for _ in range(300)]
        return Text('\n'.join(made).encode(), alone=True)
    return write


def _archive(kind: str) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        members = [(f'{number}.bin', draw.randbytes(draw.randint(10, 8000))) for number in range(draw.randint(1, 20))]
        data = {
            'zip': lambda: packing.zipped(draw, members), 'tar': lambda: packing.tarred(draw, members),
            '7z': lambda: packing.seven(draw, members),
            'gzip': lambda: gzip.compress(members[0][1]), 'deb': lambda: packing.arred([('debian-binary', b'2.0\n'), *members]),
            'pdf': lambda: pdf([b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Kids[]/Count 0>>',
                *(stream(draw, one, 'flate') for _, one in members), b'<<>>', b'<<>>', b'<<>>']),
        }[kind]()
        return Text(data, '.bin', alone=True)
    return write


def _database(draw: random.Random, token: bytes) -> Text:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'd')
        base = sqlite3.connect(path)
        base.execute('CREATE TABLE pina_events (pina_id text, v blob)')
        for number in range(200):
            base.execute('INSERT INTO pina_events VALUES (?, ?)', (f'pina_{number}', draw.randbytes(draw.randint(1, 900))))
        base.commit()
        base.close()
        with open(path, 'rb') as file:
            return Text(file.read(), '.db', alone=True)


RANDOM: dict[str, Writer] = {
    **{name: _written(name) for name in WRITINGS},
    **{f'prefix and {name}': _prefixed(name) for name in _WORDS},
    **{f'{kind} of random bytes': _archive(kind) for kind in ('zip', 'tar', '7z', 'gzip', 'deb', 'pdf')},
    'database': _database,
}


def pieces(kind: str, size: int, seed: int) -> Iterator[bytes]:
    """`size` bytes of one writing, for a stream: without end of line, or with, as it has them."""
    draw = random.Random(f'{seed} {kind}')
    left = size
    while left > 0:
        made = WRITINGS[kind](draw.randbytes(_PIECE))[:left]
        yield made
        left -= len(made)

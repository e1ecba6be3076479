"""gzip, bzip2, xz, lzma, zstd: one stream, several, cut short."""
from __future__ import annotations

import bz2
import gzip
import lzma
import os
import struct
import sys
import zlib
from collections.abc import Callable
from itertools import count

import lz4.frame  # type: ignore[import-untyped]
import pytest

from pina_scan import token
from tests.helpers.deflate import deflated
from tests.helpers.pack import places
from tests.helpers.pack import scanned
from tests.helpers.pack import zipped

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def alone(data: bytes) -> bytes:
    return lzma.compress(data, format=lzma.FORMAT_ALONE)


def lzipped(data: bytes) -> bytes:
    """A header, LZMA data without its own, a trailer. The lzip manual, "File format"."""
    packed = alone(data)[13:]
    return b'LZIP\1\x17' + packed + struct.pack('<LQQ', zlib.crc32(data), len(data), 26 + len(packed))


FORMATS: dict[str, Callable[[bytes], bytes]] = {
    'gzip': gzip.compress, 'bzip2': bz2.compress, 'xz': lzma.compress, 'lzma': alone, 'zstd': zstd.compress,
    'lz4': lz4.frame.compress, 'lzip': lzipped, 'zlib': zlib.compress,
}
TEXT = b'some text of many words\n' * 30
ENDINGS = {
    'gzip': b'.gz', 'bzip2': b'.bz2', 'xz': b'.xz', 'lzma': b'.lzma', 'zstd': b'.zst',
    'lz4': b'.lz4', 'lzip': b'.lz', 'zlib': b'.zz',
}


@pytest.mark.parametrize('data', (
    b'\x1f\x8b', b'\x1f\x8b\x08', b'\x1f\x8b\x09' + b'x' * 50, b'BZh is a text\n', b'BZh9' + b'x' * 50, b'\xfd7zXY',
    b'\x5d\0\0\x80\0' + b'\xff' * 8 + b'noise' * 9, b'\x5d\0\0\x80\0' + os.urandom(2) + b'abc\0\0\0', b']\0' * 300, b'(\xb5',
    b'x^2 + y^2\n', b'x\x9c' + b'noise' * 30, b'LZIP', b'LZ is a text\n', b'\x04\x22',
    *(pack(b'') for pack in FORMATS.values()), *(pack(b'nothing') for pack in FORMATS.values()),
), ids=count())
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


@pytest.mark.parametrize('layer', FORMATS)
def test_a_token(layer: str) -> None:
    data = FORMATS[layer](b'\n\nx=' + token.make())
    assert places(data, b'd/a.log' + ENDINGS[layer]) == [(b'd/a.log' + ENDINGS[layer] + b'!a.log', 3, 3, (layer,))]
    assert places(data, b'blob') == [(b'blob!content', 3, 3, (layer,))]


@pytest.mark.parametrize('layer', ('gzip', 'bzip2', 'xz', 'zstd', 'lz4', 'lzip'))
@pytest.mark.parametrize('between', (b'', b'\0' * 512, b'\0' * 70_000))
def test_several_streams_are_one_text(layer: str, between: bytes) -> None:
    pack = FORMATS[layer]
    secret = token.make()
    data = pack(b'a\n' + secret[:50]) + between + pack(secret[50:]) + between
    assert places(data) == [(b'x!content', 2, 1, (layer,))]


@pytest.mark.parametrize('layer', FORMATS)
def test_what_stands_behind_is_scanned_as_it_stands(layer: str) -> None:
    found = places(FORMATS[layer](b'nothing') + b'\n' + token.make())
    assert [via for *_, via in found] == [()]


@pytest.mark.parametrize('layer', FORMATS)
def test_a_container_behind_one_is_opened(layer: str) -> None:
    found = places(FORMATS[layer](TEXT) + zipped({'a': TEXT + token.make()}))
    assert found == [(b'x!(behind)!a', 31, 1, (layer, 'zip'))]


@pytest.mark.parametrize('at', (0, 40, 300))
def test_what_stands_before_damage_in_a_short_one_is_found(at: int) -> None:
    secret = token.make()
    data = bytearray(gzip.compress(os.urandom(at) + b'\n' + secret + b'\n' + os.urandom(3000)))
    data[at + 200:at + 210] = b'\xff' * 10
    data[-6] ^= 1
    findings, unread = scanned(bytes(data))
    assert token.sha256(secret) in {f.token_sha256 for f in findings}
    assert [u.path for u in unread] == [b'x!content']


@pytest.mark.parametrize('layer', FORMATS)
def test_a_large_one_keeps_its_lines(layer: str) -> None:
    text = b''.join(b'%d lines of text\n' % n for n in range(200_000)) + token.make()
    assert places(FORMATS[layer](text)) == [(b'x!content', 200_001, 1, (layer,))]


@pytest.mark.parametrize('tenth', range(1, 10))
@pytest.mark.parametrize('layer', FORMATS)
def test_cut_short(layer: str, tenth: int) -> None:
    secret = token.make()
    whole = FORMATS[layer](secret + b'\n' + os.urandom(3_000_000 if layer == 'bzip2' else 30_000))
    findings, unread = scanned(whole[:len(whole) * tenth // 10])
    # a bare zlib stream says nothing of how long it is
    assert [u.reason for u in unread] == ([] if layer == 'zlib' else ['cut short'])
    assert {f.token_sha256 for f in findings} <= {token.sha256(secret)}
    # a block that isn't whole gives nothing: bzip2's is 900,000 bytes
    assert findings or tenth <= 3 and layer == 'bzip2' or layer in ('zstd', 'lz4')


@pytest.mark.parametrize('layer', ('gzip', 'bzip2', 'xz'))
def test_damaged(layer: str) -> None:
    data = bytearray(FORMATS[layer](os.urandom(5000)))
    data[40:60] = bytes(20)
    _, unread = scanned(bytes(data))
    assert [u.path for u in unread] == [b'x!content']
    assert unread[0].reason.startswith(('damaged: ', 'cut short'))


def test_a_gzip_header_says_things() -> None:
    secret, name = token.make(), b'name.env'
    body = deflated(b'x=1')
    tail = struct.pack('<LL', zlib.crc32(b'x=1'), 3)
    header = b'\x1f\x8b\x08\x1c' + bytes(6) + struct.pack('<H', 4) + b'AAAA' + name + b'\0' + secret + b'\0'
    assert places(header + body + tail) == [(b'x!(notes)', 2, 1, ('gzip',))]
    header = b'\x1f\x8b\x08\x08' + bytes(6) + b'd/' + secret + b'.env\0'
    assert [(line, via) for _, line, _, via in places(header + body + tail)] == [(None, ('gzip',))]
    header = b'\x1f\x8b\x08\x08' + bytes(6) + name + b'\0'
    body, tail = deflated(secret), struct.pack('<LL', zlib.crc32(secret), len(secret))
    assert places(header + body + tail) == [(b'x!name.env', 1, 1, ('gzip',))]


def test_a_dictionary_of_gigabytes_is_not_made() -> None:
    data = bytearray(alone(b'x' * 10_000))
    data[1:5] = b'\0\0\0\x80'
    assert places(bytes(data)) == []

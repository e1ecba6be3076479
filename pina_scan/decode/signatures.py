"""The whole magic of each container: long enough that text and chance don't have it.

What these let through by chance, the format's own module turns down with NotOne.
"""
from __future__ import annotations

import re

#: So much of the beginning shows what something is.
HEAD = 512

#: layer, signature, and where that is described; the first that fits is it
SIGNATURES: tuple[tuple[str, re.Pattern[bytes], str], ...] = tuple(
    (layer, re.compile(signature, re.DOTALL), source) for layer, signature, source in (
        # a local header with a compression method that is in use, an archive without members, or one cut in volumes
        ('zip', rb'PK(?:\x03\x04.{4}[\0-\x15\x5d-\x63]\0|\x05\x06\0|(?:\x07\x08|00)PK\x03\x04)', 'APPNOTE 6.3.10, 4.3'),
        # deflate is the only method; three flag bits are reserved
        ('gzip', rb'\x1f\x8b\x08[\0-\x1f]', 'RFC 1952, 2.3'),
        # the first block's own magic is pi; an empty stream ends with the square root of it
        ('bzip2', rb'BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)', 'bzip2 1.0.8, compress.c'),
        ('xz', rb'\xfd7zXZ\0', 'The .xz File Format 1.2.1, 2.1.1'),
        # no magic, but the usual properties, a dictionary of a usual size, and the length or that it isn't known
        (
            'lzma', rb'\x5d\0\0(?:[\1\2\4\x08\x10\x20\x40\x80\xc0]\0|\0[\1\2\3\4\6\x08])(?:\xff{8}|.{5}\0{3})',
            'LZMA SDK, lzma.txt',
        ),
        ('zstd', rb'\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18', 'RFC 8878, 3.1'),
        ('7z', rb"7z\xbc\xaf'\x1c", 'LZMA SDK, 7zFormat.txt'),
        ('ar', rb'!<arch>\n', 'ar(5); Debian deb(5)'),
        ('sqlite', rb'SQLite format 3\0', 'sqlite.org/fileformat2.html, 1.3'),
        ('pdf', rb'%PDF-[12]\.', 'ISO 32000-1, 7.5.2'),
        # a protocol, then what a pickle can begin with: a frame, an empty container, a mark, a global, a string
        ('pickle', rb'\x80(?:[\4\5]\x95.{6}\0\0|[\2\3][\]}()cXU\x8cKGJMq])', 'PEP 307, PEP 3154'),
        ('tar', rb'.{257}ustar(?:\0|  )', 'POSIX.1-2017 pax, ustar Interchange Format'),
    )
)

#: Those that don't happen by chance, wherever they stand.
WITHIN = re.compile(
    rb'PK\x03\x04|\x1f\x8b\x08[\0-\x1f]|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|7z\xbc\xaf|!<arch>\n'
    rb'|SQLite format 3\0|%PDF-[12]',
)


def detect(head: bytes) -> str | None:
    """The layer that begins with `head`, the first HEAD bytes or all there are."""
    return next((layer for layer, signature, _ in SIGNATURES if signature.match(head)), None)

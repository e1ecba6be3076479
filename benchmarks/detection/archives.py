"""Class 5, first part: archives and compressed files, of every kin and within one another."""
from __future__ import annotations

import base64
import hashlib
import io
import json
import lzma
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from benchmarks.detection import surroundings
from benchmarks.detection.archive_names import NAMES
from benchmarks.detection.git_files import GIT
from benchmarks.detection.packing import DATE
from benchmarks.detection.packing import SUFFIXES
from benchmarks.detection.packing import Members
from benchmarks.detection.packing import arred
from benchmarks.detection.packing import compress
from benchmarks.detection.packing import mixed
from benchmarks.detection.packing import others
from benchmarks.detection.packing import packed
from benchmarks.detection.packing import seven
from benchmarks.detection.packing import streamed_zip
from benchmarks.detection.packing import tarred
from benchmarks.detection.packing import zipped
from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer
from benchmarks.detection.samples import cut


def inside(draw: random.Random, token: bytes) -> tuple[bytes, int, int]:
    """A text with the token, and the line and column it has in that."""
    text = surroundings.among(draw, surroundings.beside(draw, Text(MARK + token), glued=True))
    data, line, column = cut(text.data)
    return data, line, column


def _compressed(method: str, parts: int = 1) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        data, line, column = inside(draw, token)
        if parts > 1:
            ends = [0, *sorted(draw.sample(range(1, len(data)), parts - 1)), len(data)]
            made = b''.join(compress(method)(draw, data[a:b]) for a, b in zip(ends, ends[1:]))
        else:
            made = compress(method)(draw, data)
        return packed(made, draw.choice((SUFFIXES[method], '.log' + SUFFIXES[method], '.bin')), line, column)
    return write


def _named_gzip(draw: random.Random, token: bytes) -> Text:
    """Name, comment, extra field and checksum in the head (RFC 1952)."""
    data, line, column = inside(draw, token)
    deflate = zlib.compressobj(wbits=-15)
    body = deflate.compress(data) + deflate.flush()
    head = b'\x1f\x8b\x08\x1c\0\0\0\0\0\3' + struct.pack('<H', 6) + b'AB\2\0xy' + b'name.txt\0' + b'a comment\0'
    return packed(head + body + struct.pack('<II', zlib.crc32(data), len(data)), '.gz', line, column)


def _tar_of(method: str) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        data, line, column = inside(draw, token)
        made = compress(method)(draw, tarred(draw, mixed(draw, data)))
        return packed(made, '.tar' + SUFFIXES[method], line, column)
    return write


def _tar_kind(kind: int) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        data, line, column = inside(draw, token)
        name = 'd' * 60 + '/' + 'e' * (90 if kind != tarfile.USTAR_FORMAT else 60) + '/f.txt'
        return packed(tarred(draw, mixed(draw, data, name), kind), '.tar', line, column)
    return write


def _zip_of(method: int) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        data, line, column = inside(draw, token)
        return packed(zipped(draw, mixed(draw, data), method), draw.choice(('.zip', '.bin', '.dat')), line, column)
    return write


def _kin(suffix: str, first: Members, name: str) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        data, line, column = inside(draw, token)
        return packed(zipped(draw, [*first, *others(draw), (name, data)]), suffix, line, column)
    return write


def _self_extracting(draw: random.Random, token: bytes) -> Text:
    data, line, column = inside(draw, token)
    head = draw.choice((b'MZ' + draw.randbytes(2000), b'#!/usr/bin/env python3\n', b'#!/bin/sh\nexec java -jar "$0" "$@"\n'))
    return packed(head + zipped(draw, mixed(draw, data)), draw.choice(('.exe', '.pyz', '.jar')), line, column)


def _streamed(draw: random.Random, token: bytes) -> Text:
    data, line, column = inside(draw, token)
    return packed(streamed_zip(draw, mixed(draw, data)), '.zip', line, column)


def _zip64(draw: random.Random, token: bytes) -> Text:
    data, line, column = inside(draw, token)
    out = io.BytesIO()
    info = zipfile.ZipInfo('big.txt', DATE)
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive, archive.open(info, 'w', force_zip64=True) as member:
        member.write(data)
    return packed(out.getvalue(), '.zip', line, column)


def _deb(draw: random.Random, token: bytes) -> Text:
    data, line, column = inside(draw, token)
    method = draw.choice(('gzip', 'xz', 'zstd', 'nothing'))
    suffix = '.tar' + SUFFIXES[method]
    control = compress(method)(draw, tarred(draw, [('./control', b'Package: x\nVersion: 1\n')]))
    body = compress(method)(draw, tarred(draw, mixed(draw, data, './etc/x/config.yaml')))
    return packed(arred([('debian-binary', b'2.0\n'), ('control' + suffix, control), ('data' + suffix, body)]), '.deb',
        line, column)


def _library(draw: random.Random, token: bytes) -> Text:
    data, line, column = inside(draw, token)
    return packed(arred([('a.o', b'\x7fELF' + draw.randbytes(301)), ('b.o', data)]), '.a', line, column)


def _seven(filters: list[dict[str, int]] | None) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        data, line, column = inside(draw, token)
        return packed(seven(draw, mixed(draw, data), filters), '.7z', line, column)
    return write


def _docker(draw: random.Random, token: bytes) -> Text:
    """`docker save`: layers are tars in a tar; in the newer layout they are blobs, maybe compressed."""
    data, line, column = inside(draw, token)
    layer = tarred(draw, mixed(draw, data, 'app/.env'))
    if draw.random() < 0.5:
        layer = compress(draw.choice(('gzip', 'zstd')))(draw, layer)
    number = hashlib.sha256(layer).hexdigest()
    name = draw.choice((f'{number}/layer.tar', f'blobs/sha256/{number}'))
    manifest = json.dumps([{'Config': 'config.json', 'RepoTags': ['x:latest'], 'Layers': [name]}]).encode()
    return packed(tarred(draw, [('config.json', b'{"architecture":"amd64"}'), (name, layer),
        ('manifest.json', manifest)]), '.tar', line, column)


def _docker_history(draw: random.Random, token: bytes) -> Text:
    """A build argument stands in the image's config."""
    config = b'{"config":{"Env":["PATH=/bin","T=' + MARK + token + b'"]},"history":[{"created_by":"RUN x"}]}'
    data, line, column = cut(config)
    return packed(tarred(draw, [(hashlib.sha256(data).hexdigest() + '.json', data), ('manifest.json', b'[]')]), '.tar',
        line, column)


_LAYERS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    'zip': lambda draw, data: zipped(draw, mixed(draw, data)),
    'tar': lambda draw, data: tarred(draw, mixed(draw, data)),
    'ar': lambda draw, data: arred([('a', b'x'), ('b', data)]),
    '7z': lambda draw, data: seven(draw, mixed(draw, data)),
    **{name: compress(name) for name in ('gzip', 'bzip2', 'xz', 'lzma', 'zstd')},
}


def _nested(draw: random.Random, token: bytes) -> Text:
    """Two to five containers within one another."""
    data, line, column = inside(draw, token)
    for _ in range(draw.randint(2, 5)):
        data = _LAYERS[draw.choice(sorted(_LAYERS))](draw, data)
    return packed(data, draw.choice(('.zip', '.gz', '.bin', '')), line, column)


def _encoded_inside(draw: random.Random, token: bytes) -> Text:
    """An encoding in a container."""
    lead = draw.choice((b'', b'a', b'user:'))
    made = base64.b64encode(lead + token)
    at = len(lead) * 4 // 3
    data, line, column = cut(b'data:\n  t: ' + made[:at] + MARK + made[at:] + b'\n')
    return packed(_LAYERS[draw.choice(('zip', 'tar', 'gzip', 'xz'))](draw, data), '.bin', line, column)


def _at_the_end(draw: random.Random, token: bytes) -> Text:
    """Behind so much that it is read in several pieces."""
    text = ''.join(f'{line}\n' for line in surroundings.lines(draw, 9000, 30000)).encode()
    data, line, column = cut(text + MARK + token)
    return packed(_LAYERS[draw.choice(('zip', 'tar', 'gzip', 'xz', 'zstd'))](draw, data), '.bin', line, column)


_WHEEL = [('x-1.0.dist-info/WHEEL', b'Wheel-Version: 1.0\n'), ('x/__init__.py', b'')]
_JAR = [('META-INF/MANIFEST.MF', b'Manifest-Version: 1.0\n')]
_EPUB = [('mimetype', b'application/epub+zip'), ('META-INF/container.xml', b'<container/>')]
_NUPKG = [('x.nuspec', b'<package/>'), ('[Content_Types].xml', b'<Types/>')]

ARCHIVES: dict[str, Writer] = {
    **NAMES,
    **GIT,
    'zip, deflated': _zip_of(zipfile.ZIP_DEFLATED),
    'zip, stored': _zip_of(zipfile.ZIP_STORED),
    'zip, bzip2': _zip_of(zipfile.ZIP_BZIP2),
    'zip, LZMA': _zip_of(zipfile.ZIP_LZMA),
    'zip, streamed': _streamed,
    'zip, 64 bits': _zip64,
    'zip behind something': _self_extracting,
    'jar': _kin('.jar', _JAR, 'application.properties'),
    'war': _kin('.war', _JAR, 'WEB-INF/classes/app.yml'),
    'wheel': _kin('.whl', _WHEEL, 'x/config.py'),
    'apk': _kin('.apk', [('AndroidManifest.xml', b'\3\0\x08\0')], 'assets/config.json'),
    'nupkg': _kin('.nupkg', _NUPKG, 'content/app.config'),
    'epub': _kin('.epub', _EPUB, 'OEBPS/chapter1.xhtml'),
    'ipa': _kin('.ipa', [('Payload/X.app/PkgInfo', b'APPL')], 'Payload/X.app/config.plist'),
    'vsix': _kin('.vsix', [('extension.vsixmanifest', b'<x/>')], 'extension/.env'),
    'tar': _tar_of('nothing'),
    'tar, ustar': _tar_kind(tarfile.USTAR_FORMAT),
    'tar, GNU': _tar_kind(tarfile.GNU_FORMAT),
    'tar, pax': _tar_kind(tarfile.PAX_FORMAT),
    **{f'tar in {name}': _tar_of(name) for name in ('gzip', 'bzip2', 'xz', 'lzma', 'zstd')},
    **{name: _compressed(name) for name in ('gzip', 'bzip2', 'xz', 'lzma', 'zstd')},
    **{f'{name} in parts': _compressed(name, 3) for name in ('gzip', 'bzip2', 'xz', 'zstd')},
    'gzip with all fields': _named_gzip,
    '7z': _seven(None),
    '7z, LZMA': _seven([{'id': lzma.FILTER_LZMA1}]),
    'deb': _deb,
    'deb again': _deb,
    'static library': _library,
    'Docker': _docker,
    'Docker again': _docker,
    'Docker, its config': _docker_history,
    **{f'nested, {number}': _nested for number in range(1, 13)},
    'an encoding in a container': _encoded_inside,
    'an encoding in a container again': _encoded_inside,
    'far from the beginning': _at_the_end,
}

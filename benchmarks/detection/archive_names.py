"""Class 5, first part again: a token in what an archive says of its members, not in them."""
from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile

from benchmarks.detection.packing import DATE
from benchmarks.detection.packing import others
from benchmarks.detection.packing import packed
from benchmarks.detection.packing import tarred
from benchmarks.detection.packing import zipped
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer


def _zip_name(draw: random.Random, token: bytes) -> Text:
    name = draw.choice(('{}.txt', 'keys/{}', '{}/readme', 'a_{}_b.json')).format(token.decode())
    return packed(zipped(draw, [*others(draw), (name, b'nothing\n')]), '.zip')


def _tar_name(draw: random.Random, token: bytes) -> Text:
    name = draw.choice(('{}.txt', 'keys/{}', '{}/readme', 'x' * 90 + '/{}')).format(token.decode())
    return packed(tarred(draw, [*others(draw), (name, b'nothing\n')],
        draw.choice((tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))), '.tar')


def _zip_comment(draw: random.Random, token: bytes) -> Text:
    return packed(zipped(draw, [*others(draw), ('a', b'x')], comment=b'built with ' + token), '.zip')


def _member_comment(draw: random.Random, token: bytes) -> Text:
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo('a', DATE)
        info.comment = b'token: ' + token
        archive.writestr(info, b'x')
    return packed(out.getvalue(), '.zip')


def _pax_header(draw: random.Random, token: bytes) -> Text:
    out = io.BytesIO()
    headers = {'comment': f'token={token.decode()}'}
    with tarfile.open(fileobj=out, mode='w', format=tarfile.PAX_FORMAT,
        pax_headers=headers if draw.random() < 0.5 else None) as archive:
        info = tarfile.TarInfo('a')
        info.pax_headers = headers
        archive.addfile(info)
    return packed(out.getvalue(), '.tar')


def _tar_link(draw: random.Random, token: bytes) -> Text:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w', format=tarfile.GNU_FORMAT) as archive:
        info = tarfile.TarInfo('a')
        info.type = tarfile.SYMTYPE
        info.linkname = 'https://example.org/?t=' + token.decode()
        archive.addfile(info)
    return packed(out.getvalue(), '.tar')


def _gzip_name(draw: random.Random, token: bytes) -> Text:
    out = io.BytesIO()
    with gzip.GzipFile(f'{token.decode()}.log', 'wb', fileobj=out, mtime=0) as file:
        file.write(b'nothing')
    return packed(out.getvalue(), '.gz')


NAMES: dict[str, Writer] = {
    'zip, a name': _zip_name,
    'zip, comment': _zip_comment,
    'zip, comment of a member': _member_comment,
    'tar, a name': _tar_name,
    'tar, a header': _pax_header,
    'tar, a link': _tar_link,
    'gzip, a name': _gzip_name,
}

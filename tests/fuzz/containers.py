"""Targets for the containers: the bytes as they are, a well-made one with some bytes changed, and a well-made one that holds
the token, which has to be found."""
from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import pickle
import sqlite3
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable

from tests.fuzz import checks
from tests.fuzz.draw import Draw
from tests.helpers import gitrepo

#: makes a container of some content, by some choices
Maker = Callable[[Draw, bytes], bytes]


def target(make: Maker) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        draw = Draw(data)
        kind = draw.number(3)
        if kind == 0:
            checks.found(make(draw, draw.taken(100) + b'\n' + checks.TOKEN + b'\n' + draw.taken(100)))
        elif kind == 1:
            made = bytearray(make(draw, b'-' + draw.taken(200)))
            for _ in range(1 + draw.number(8)):
                made[draw.number(min(len(made), 65536))] = draw.number(256)
            if draw.number(4) == 0:
                del made[draw.number(min(len(made), 65536)):]
            checks.scanned(bytes(made) + draw.rest())
        else:
            checks.scanned(draw.rest())
    return run


def zip_file(draw: Draw, content: bytes) -> bytes:
    out = io.BytesIO()
    method = draw.one_of((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(out, 'w', method) as archive:
        archive.writestr(zipfile.ZipInfo('a'), draw.taken(50))
        archive.writestr(zipfile.ZipInfo(name(draw)), content)
        archive.comment = draw.taken(50)
    return draw.taken(30) + out.getvalue()


def tar_file(draw: Draw, content: bytes) -> bytes:
    out = io.BytesIO()
    kind = draw.one_of((tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))
    with tarfile.open(fileobj=out, mode='w', format=kind, encoding='utf-8') as archive:
        for title, data in (('a', draw.taken(50)), (name(draw), content)):
            info = tarfile.TarInfo(title)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def name(draw: Draw) -> str:
    """A member's name, which may be hostile; never empty, a folder's, or longer than any format takes."""
    text = draw.taken(60).decode('latin-1').replace('\0', '').strip('/')
    return f'x{text}x'


def gzip_file(draw: Draw, content: bytes) -> bytes:
    parts = 1 + draw.number(3)
    size = len(content) // parts + 1
    return b''.join(gzip.compress(content[at:at + size], 1 + draw.number(9), mtime=0) for at in range(0, len(content), size))


def bzip2_file(draw: Draw, content: bytes) -> bytes:
    return bz2.compress(content, 1 + draw.number(9))


def xz_file(draw: Draw, content: bytes) -> bytes:
    check = draw.one_of((lzma.CHECK_CRC32, lzma.CHECK_CRC64, lzma.CHECK_SHA256))
    return lzma.compress(content, check=check, preset=draw.number(4))


def lzma_file(draw: Draw, content: bytes) -> bytes:
    return lzma.compress(content, lzma.FORMAT_ALONE, preset=draw.number(4))


def zstd_file(draw: Draw, content: bytes) -> bytes:
    from backports import zstd

    return bytes(zstd.compress(content, 1 + draw.number(5)))


def seven_file(draw: Draw, content: bytes) -> bytes:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, 'w', filters=[{'id': draw.one_of((lzma.FILTER_LZMA2, lzma.FILTER_LZMA1))}]) as archive:
        archive.writestr(content, 'a')
    return out.getvalue()


def ar_file(draw: Draw, content: bytes) -> bytes:
    out = b'!<arch>\n'
    for title, data in ((b'a/', draw.taken(51)), (b'b/', content)):
        out += b'%-16s%-12d%-6d%-6d%-8s%-10d`\n' % (title, 0, 0, 0, b'100644', len(data)) + data + b'\n' * (len(data) % 2)
    return out


def sqlite_file(draw: Draw, content: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'd')
        base = sqlite3.connect(path)
        base.execute(f'PRAGMA page_size={draw.one_of((512, 1024, 4096))}')
        base.execute('CREATE TABLE t (k text, v blob)')
        base.execute('INSERT INTO t VALUES (?, ?)', ('x' * draw.number(2000), b'-' * draw.number(3000) + content))
        base.commit()
        base.close()
        with open(path, 'rb') as file:
            return file.read()


def pdf_file(draw: Draw, content: bytes) -> bytes:
    data = b'BT (' + content.replace(b'\\', b'').replace(b'(', b'').replace(b')', b'') + b') Tj ET'
    packed = zlib.compress(data)
    objects = (
        b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Kids[3 0 R]/Count 1>>', b'<</Type/Page/Parent 2 0 R/Contents 4 0 R>>',
        b'<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream' % (len(packed), packed),
    )
    out, places = b'%PDF-1.4\n', []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (number, one)
    table = b''.join(b'%010d 00000 n \n' % at for at in places)
    end = len(out)
    return out + b'xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (table, end)


def pickle_file(draw: Draw, content: bytes) -> bytes:
    value = draw.one_of((content, [content], {'a': (content, 1.5)}, gzip.compress(content, mtime=0)))
    return pickle.dumps(value, 2 + draw.number(4))


def office_file(draw: Draw, content: bytes) -> bytes:
    """A text that is cut into runs where a choice says."""
    at = content.find(checks.TOKEN) + 5 + draw.number(90)
    runs = content[:at], content[at:]
    text = ''.join(f'<w:r><w:t>{_xml(run)}</w:t></w:r>' for run in runs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo('word/document.xml'), f'<w:document><w:body><w:p>{text}</w:p></w:body></w:document>')
    return out.getvalue()


def _xml(text: bytes) -> str:
    return ''.join(c for c in text.decode('latin-1') if c.isprintable() or c in '\n\t').replace('&', '&amp;').replace('<', '&lt;')


def git_pack(draw: Draw, content: bytes) -> bytes:
    """The content as an object, or as what a delta inserts or joins."""
    base = draw.taken(80)
    way = draw.number(3)
    if way == 0:
        return gitrepo.make_pack([(base, None), (content, None)])
    if way == 1:
        return gitrepo.make_pack([(base, None), (gitrepo.make_delta(base, len(content), gitrepo.insert(content)), 0)])
    cut = draw.number(len(content))
    base += content[:cut]
    delta = gitrepo.make_delta(
        base, len(content), *([gitrepo.copy(len(base) - cut, cut)] if cut else []), gitrepo.insert(content[cut:]),
    )
    return gitrepo.make_pack([(delta, gitrepo.object_id('blob', base)), (base, None)])

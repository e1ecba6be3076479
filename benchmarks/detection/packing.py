"""Archives and compressed files, made of members and content."""
from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable

from benchmarks.detection import surroundings
from benchmarks.detection.samples import Text

#: name and content, in order
Members = list[tuple[str, bytes]]
NAMES = ('config.yaml', 'src/app.py', '.env', 'a/b/c/notes.txt', 'größe.txt', 'README', 'settings.json')
DATE = (2026, 11, 23, 20, 41, 34)


def zipped(draw: random.Random, members: Members, method: int | None = None, comment: bytes = b'') -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = draw.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)) if method is None else method
            archive.writestr(info, content)
        archive.comment = comment
    return out.getvalue()


def streamed_zip(draw: random.Random, members: Members) -> bytes:
    """Sizes behind the content, as a pipe gets it."""
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.parts: list[bytes] = []

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.parts.append(bytes(data))
            return len(self.parts[-1])
    pipe = Pipe()
    with zipfile.ZipFile(pipe, 'w', zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED)
    return b''.join(pipe.parts)


def tarred(draw: random.Random, members: Members, kind: int | None = None) -> bytes:
    out = io.BytesIO()
    kind = draw.choice((tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)) if kind is None else kind
    with tarfile.open(fileobj=out, mode='w', format=kind, encoding='utf-8') as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            info.mtime = 1700000000
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def arred(members: Members) -> bytes:
    out = b'!<arch>\n'
    for name, content in members:
        head = f'{name[:15] + "/":16}{1700000000:<12}{0:<6}{0:<6}{"100644":8}{len(content):<10}`\n'.encode()
        out += head + content + b'\n' * (len(content) % 2)
    return out


def zstandard(draw: random.Random, content: bytes) -> bytes:
    from backports import zstd

    return bytes(zstd.compress(content, draw.choice((1, 3, 19))))


def seven(draw: random.Random, members: Members, filters: list[dict[str, int]] | None = None) -> bytes:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, 'w', filters=filters) as archive:
        for name, content in members:
            archive.writestr(content, name)
    return out.getvalue()


def compress(method: str) -> Callable[[random.Random, bytes], bytes]:
    return {
        'gzip': lambda draw, data: gzip.compress(data, draw.choice((1, 6, 9)), mtime=0),
        'bzip2': lambda draw, data: bz2.compress(data, draw.choice((1, 9))),
        'xz': lambda draw, data: lzma.compress(data, check=draw.choice((lzma.CHECK_CRC32, lzma.CHECK_CRC64, lzma.CHECK_NONE))),
        'lzma': lambda draw, data: lzma.compress(data, lzma.FORMAT_ALONE),
        'zstd': zstandard,
        'nothing': lambda draw, data: data,
    }[method]


SUFFIXES = {'gzip': '.gz', 'bzip2': '.bz2', 'xz': '.xz', 'lzma': '.lzma', 'zstd': '.zst', 'nothing': ''}




def others(draw: random.Random) -> Members:
    made = [(f'other/{number}.txt', '\n'.join(surroundings.lines(draw, 1, 30)).encode()) for number in range(draw.randint(0, 4))]
    if draw.random() < 0.3:
        made.append(('random.bin', draw.randbytes(3000)))
    return made


def mixed(draw: random.Random, content: bytes, name: str | None = None) -> Members:
    members = [*others(draw), (name or draw.choice(NAMES), content)]
    draw.shuffle(members)
    return members


def packed(data: bytes, suffix: str, line: int | None = None, column: int | None = None) -> Text:
    """A file of which only what is in it has lines."""
    return Text(data, suffix, alone=True, place=(line, column))

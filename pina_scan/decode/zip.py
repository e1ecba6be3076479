"""zip, and all that is one: jar, war, whl, docx, xlsx, pptx, odt, epub, apk, nupkg. APPNOTE 6.3.10."""
from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from pina_scan.decode import zip_local
from pina_scan.decode.expand import Expanded
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import NOTES
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Member
from pina_scan.decode.members import NotOne
from pina_scan.decode.members import Part
from pina_scan.decode.members import text

_ENCRYPTED = 1
_LOCAL_SIZE = 30
#: zipfile reads the list of members in one go and keeps ten times its size.
_MOST_AT_ONCE = 32 << 20
_ERRORS = (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError, EOFError, OSError)


class _Bounded:
    """A file that is not read in pieces too large to hold."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(_MOST_AT_ONCE + 1 if size < 0 else min(size, _MOST_AT_ONCE + 1))
        if len(data) > _MOST_AT_ONCE:
            raise zipfile.BadZipFile('its list of members is too long')
        return data


def members(file: BinaryIO, budget: Budget) -> Iterator[Member | Flaw]:
    """Those that are listed, then those that are not; without a list the members are followed from the first one on."""
    try:
        archive = zipfile.ZipFile(_Bounded(file))
        infos = archive.infolist()
    except _ERRORS as error:
        if file.seek(0) or not file.read(4) == b'PK\3\4':
            raise NotOne from None
        yield from zip_local.members(file, budget)
        raise Damaged(f'damaged: {error}') from None
    if archive.comment:
        yield text(NOTES, archive.comment)
    taken: list[tuple[int, int]] = []
    for info in infos:
        # what stands behind a NUL is not the name, but it is there
        name = info.orig_filename.encode('utf-8', 'surrogateescape')
        if info.comment:
            yield text(name + b'/' + NOTES, info.comment)
        yield _member(file, info, name, taken)
    yield from zip_local.unlisted(file, budget, taken, archive.start_dir)


def _member(file: BinaryIO, info: zipfile.ZipInfo, name: bytes, taken: list[tuple[int, int]]) -> Member | Flaw:
    # below zero where the list says that the file begins before it does
    start = max(info.header_offset, 0)
    file.seek(start)
    local = file.read(_LOCAL_SIZE)
    if local[:4] != b'PK\3\4' or len(local) < _LOCAL_SIZE:
        return Flaw(name, 'damaged: its header is not where the list of members says')
    file.seek(sum(struct.unpack_from('<HH', local, 26)), 1)
    taken.append((start, file.tell() + info.compress_size))
    if info.flag_bits & _ENCRYPTED:
        return Flaw(name, 'encrypted')
    method = zip_local.METHODS.get(info.compress_type)
    if method is None:
        return Flaw(name, f'compressed in a way that is not read (zip method {info.compress_type})')
    content = Part(file, info.compress_size)
    make, errors = method
    return Member(name, content.read if make is None else Expanded(content.read, make, errors).read)

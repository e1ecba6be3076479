"""tar: V7, ustar, pax and GNU. POSIX.1-2017 `pax`; GNU tar 1.35, "Basic Tar Format".

tarfile reads a header; going from one to the next is done here, since tarfile reads a long name's gigabytes at once,
fills a sparse file's holes, and takes a damaged header for the end.
"""
from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator

from pina_scan.decode.expand import following
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import NOTES
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Member
from pina_scan.decode.members import NotOne
from pina_scan.decode.members import Part
from pina_scan.decode.members import Readable
from pina_scan.decode.members import exactly
from pina_scan.decode.members import text

_BLOCK = 512
#: The extended headers of one member; what is longer is scanned as plain bytes.
_EXTENDED = 1 << 20
_LENGTH = re.compile(rb'(\d{1,9}) ')
_SPARSE_GOES_ON = 482
_SPARSE_GOES_ON_AGAIN = 504
_NAMES = (b'path', b'GNU.sparse.name')
#: Types without content, whatever their header says of its size.
_EMPTY = frozenset((tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE))
#: Headers that speak of the next one.
_BEFORE_A_MEMBER = frozenset((
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
))


class _Extended:
    """What the headers before a member say of it: its name, its size, whether it has a link's, and all of it as text."""

    def __init__(self) -> None:
        self.name: bytes | None = None
        self.size: int | None = None
        self.linked = False
        self.notes: list[bytes] = []


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    extended = _Extended()
    first = True
    while block := exactly(file, _BLOCK):
        if not block.strip(b'\0'):
            # two of these end it, one doesn't: `tar -A` leaves them between
            first = False
            continue
        try:
            info = tarfile.TarInfo.frombuf(block, 'utf-8', 'surrogateescape')
        except (tarfile.HeaderError, ValueError, IndexError) as error:
            if first:
                raise NotOne from None
            if _is_over(block):
                yield from following(block, file)
                return
            if len(block) < _BLOCK:
                # cut short, and all that there is was read
                return
            raise Damaged(f'a damaged header: {error}') from None
        first = False
        if info.size < 0:
            raise Damaged('a damaged header: a size below zero')
        if info.type in _BEFORE_A_MEMBER:
            # counted too: ten million of these are no member otherwise
            budget.member()
            _read_extended(file, info, extended)
            continue
        yield from _member(file, block, info, extended)
        extended = _Extended()


def _is_over(block: bytes) -> bool:
    """Old tars were padded with what the last record had left in memory."""
    return block[257:262] != b'ustar'


def _member(file: Readable, block: bytes, info: tarfile.TarInfo, extended: _Extended) -> Iterator[Member]:
    name = extended.name or info.name.encode('utf-8', 'surrogateescape')
    # the header's own field has only the beginning of a link that needed an extended one
    notes = extended.notes if extended.linked else [*extended.notes, info.linkname.encode('utf-8', 'surrogateescape')]
    if any(notes):
        yield text(name + b'/' + NOTES, b'\n'.join(notes))
    size = 0 if info.type in _EMPTY else info.size if extended.size is None else extended.size
    if info.type == tarfile.GNUTYPE_SPARSE and block[_SPARSE_GOES_ON]:
        while len(more := exactly(file, _BLOCK)) == _BLOCK and more[_SPARSE_GOES_ON_AGAIN]:
            pass
    content = Part(file, size)
    yield Member(name, content.read)
    _to_next(content, file, size)


def _read_extended(file: Readable, info: tarfile.TarInfo, extended: _Extended) -> None:
    content = Part(file, info.size)
    data = exactly(content, min(info.size, _EXTENDED))
    _to_next(content, file, info.size)
    if info.type == tarfile.GNUTYPE_LONGNAME:
        extended.name = data.rstrip(b'\0')
    elif info.type == tarfile.GNUTYPE_LONGLINK:
        extended.notes.append(data.rstrip(b'\0'))
        extended.linked = True
    else:
        for key, value in _records(data):
            if key in _NAMES:
                extended.name = value
                continue
            extended.notes.append(key + b'=' + value)
            extended.linked |= key == b'linkpath'
            if key == b'size' and value.isdigit() and len(value) < 20:
                extended.size = int(value)


def _records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """POSIX.1-2017 pax, "pax Extended Header": the length of all of it, a space, key=value, a line feed."""
    at = 0
    while found := _LENGTH.match(data, at):
        end = at + int(found[1])
        if end <= found.end():
            return
        key, _, value = data[found.end():end - 1].partition(b'=')
        yield key, value
        at = end


def _to_next(content: Part, file: Readable, size: int) -> None:
    content.skip()
    exactly(file, -size % _BLOCK)

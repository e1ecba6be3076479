"""The entries of a pack, one after the other: header and zlib stream. gitformat-pack(5)."""
from __future__ import annotations

import io
from typing import BinaryIO
from typing import NamedTuple

from pina_scan.decode.deflate import ERRORS
from pina_scan.decode.deflate import ZLIB
from pina_scan.decode.deflate import Inflate
from pina_scan.decode.holes import hole
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import CUT_SHORT
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import reason
from pina_scan.git.pack import KINDS
from pina_scan.git.pack import OFS_DELTA
from pina_scan.git.pack import REF_DELTA
from pina_scan.git.pack import header

#: Type and size, and the way back to a base or its id.
_HEADER = 64
_FEED = 1 << 14
#: What is less than that of its size in the pack may be zeros for the most part.
_HARDLY = 256


class Entry(NamedTuple):
    """`size` is the inflated data's; `at` is where its stream begins; `base` what it is a delta upon: the offset of another
    entry or an object's id."""

    kind: int
    size: int
    at: int
    base: int | bytes


def entry(file: BinaryIO, at: int, id_size: int) -> Entry:
    """Raises Damaged."""
    file.seek(at)
    try:
        kind, size, base, used = header(file.read(_HEADER), 0, id_size)
    except IndexError:
        raise Damaged(CUT_SHORT) from None
    if kind not in KINDS and kind not in (OFS_DELTA, REF_DELTA):
        raise Damaged(f'damaged: an object of type {kind}, which there is not')
    return Entry(kind, size, at + used, at - base if kind == OFS_DELTA and isinstance(base, int) else base)


def inflated(file: BinaryIO, entry: Entry) -> tuple[bytes, int]:
    """All of an entry's data, and where the next one begins. Raises Damaged."""
    stream = Stream(file, entry, 0)
    pieces = []
    while piece := stream.read(entry.size + 1):
        pieces.append(piece)
    return b''.join(pieces), stream.end


class Stream:
    """An entry's data in pieces. Zeros by the gigabyte are left out of what has more than `most` bytes, if that is not 0."""

    def __init__(self, file: BinaryIO, entry: Entry, most: int) -> None:
        self._file = file
        self._entry = entry
        self._most = most
        self._at = entry.at
        self._machine = Inflate(ZLIB)
        self._made = 0
        self._short: BinaryIO | None = None
        #: where the next entry begins, once this one has been read
        self.end = 0

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, none at the end. Raises Damaged."""
        if self._short is None and self._most and self._at == self._entry.at:
            self._leave_out()
        if self._short is not None:
            return self._short.read(size)
        while not self._machine.eof:
            fed = b''
            if self._machine.needs_input:
                self._file.seek(self._at)
                fed = self._file.read(min(self._entry.size - self._made + _HEADER, _FEED))
                self._at += len(fed)
                if not fed:
                    raise Damaged(CUT_SHORT)
            try:
                piece = self._machine.decompress(fed, size)
            except ERRORS as error:
                raise Damaged(reason(error)) from None
            self._made += len(piece)
            if self._made > self._entry.size:
                raise Damaged('damaged: an object is longer than its header says')
            if piece:
                return piece
        if self._made < self._entry.size:
            raise Damaged('damaged: an object is shorter than its header says')
        self.end = self._at - len(self._machine.unused_data)
        return b''

    def _leave_out(self) -> None:
        size = self._entry.size
        self._file.seek(self._at)
        found = hole(self._file.read(size // _HARDLY), size, self._most)
        if found is not None:
            # some are left, so that what is on either side doesn't become one
            self._short = io.BytesIO(found.before + bytes(_HEADER) + found.behind)
            self.end = self._at + found.taken

    def to_end(self, budget: Budget) -> int:
        """Reads what nobody has read yet; gives where the next entry begins. Raises Damaged."""
        while not self.end and self.read(1 << 20):
            budget.check()
        return self.end

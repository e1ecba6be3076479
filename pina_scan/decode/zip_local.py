"""A zip without its list of members: cut short, or its end overwritten. APPNOTE 6.3.10, 4.3.7 to 4.3.9."""
from __future__ import annotations

import bz2
import lzma
import re
import struct
import sys
from collections.abc import Callable
from collections.abc import Generator
from collections.abc import Iterator
from collections.abc import Sequence
from typing import BinaryIO

from pina_scan.decode import bzip2
from pina_scan.decode import deflate
from pina_scan.decode import xz
from pina_scan.decode.deflate import Inflate
from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import Machine
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Member
from pina_scan.decode.members import Part

_LOCAL = struct.Struct('<4s5H3L2H')
_MAGIC = b'PK\3\4'
#: A header of something that is read, with a name: programs that unpack themselves have the magic alone in them.
_HEADER = re.compile(
    rb'PK\x03\x04[\0-\x63].{3}[\0\x08\x0c\x0e\x5f]\0.{16}(?:[\1-\xff][\0-\x0f]|\0[\1-\x0f])', re.DOTALL,
)
_ENCRYPTED, _SIZES_BEHIND = 1, 8
_PIECE = 1 << 16


class _ZipLzma:
    """APPNOTE 5.8.8: LZMA's properties stand before the data, in a form of zip's own."""

    def __init__(self) -> None:
        self._head = b''
        self._machine: lzma.LZMADecompressor | None = None

    @property
    def eof(self) -> bool:
        return self._machine is not None and self._machine.eof

    @property
    def needs_input(self) -> bool:
        return self._machine is None or self._machine.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data if self._machine is not None else b''

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        if self._machine is None:
            self._head += data
            if len(self._head) < 9:
                return b''
            # as an LZMA file of unknown length: the properties, then that, then the data
            data = self._head[4:9] + b'\xff' * 8 + self._head[9:]
            self._machine = xz.alone()
        return self._machine.decompress(data, max_length)


#: method -> how it is expanded (None: it isn't), and what that raises; APPNOTE 4.4.5
METHODS: dict[int, tuple[Callable[[], Machine] | None, tuple[type[BaseException], ...]]] = {
    0: (None, ()),
    8: (lambda: Inflate(deflate.RAW), deflate.ERRORS),
    12: (bz2.BZ2Decompressor, bzip2.ERRORS),
    14: (_ZipLzma, xz.ERRORS),
    95: (xz.machine, xz.ERRORS),
}


def unlisted(file: BinaryIO, budget: Budget, taken: Sequence[tuple[int, int]], end: int) -> Iterator[Member | Flaw]:
    """Members that stand in a zip's first `end` bytes, but not in `taken`, the stretches of those that are listed."""
    at = 0
    for start, behind in (*sorted(taken), (end, end)):
        while at + _LOCAL.size <= start and (found := _find(file, at, start)) >= 0:
            at = yield from members(file, budget, found, found + 1)
        at = max(at, behind)


def _find(file: BinaryIO, at: int, end: int) -> int:
    """Where the next header of a member stands, or -1."""
    left = b''
    file.seek(at)
    while at < end and (piece := file.read(min(_PIECE, end - at))):
        found = _HEADER.search(left + piece)
        if found is not None:
            return at - len(left) + found.start()
        at += len(piece)
        left = (left + piece)[1 - _LOCAL.size:]
    return -1


def members(
        file: BinaryIO, budget: Budget, at: int = 0, end: int = sys.maxsize,
) -> Generator[Member | Flaw, None, int]:
    """Those that begin from `at` to `end`, as far as each one shows where the next begins. Returns where that is."""
    while at < end:
        file.seek(at)
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(_MAGIC):
            break
        _, _, flags, method, _, _, _, size, _, name_size, extra_size = _LOCAL.unpack(head)
        name = file.read(name_size)
        file.seek(extra_size, 1)
        start = file.tell()
        if flags & _ENCRYPTED:
            yield Flaw(name, 'encrypted')
        elif method not in METHODS:
            yield Flaw(name, f'compressed in a way that is not read (zip method {method})')
        else:
            make, errors = METHODS[method]
            if make is None:
                yield Member(name, Part(file, size).read)
            else:
                part = Part(file, size) if size and not flags & _SIZES_BEHIND else None
                expanded = Expanded(part.read if part else file.read, make, errors)
                yield Member(name, expanded.read)
                if part is None:
                    size = file.tell() - len(expanded.left) - start
        at = _following(file, start + size)
    return at


def _following(file: BinaryIO, at: int) -> int:
    """Where the next member begins; a descriptor of sizes may stand between."""
    file.seek(at)
    found = file.read(32).find(_MAGIC)
    return at + max(found, 0)

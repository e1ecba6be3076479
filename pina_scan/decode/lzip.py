"""lzip, also several members one after another. The lzip manual, "File format".

A member is a header of six bytes, LZMA data with a mark at its end, and a trailer of twenty bytes.
"""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode import xz
from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import behind
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Member
from pina_scan.decode.members import Readable

_HEADER, _TRAILER = 6, 20


class _Lzip:
    """As an LZMA file of unknown length: properties that are always the same, the dictionary's size, the data."""

    def __init__(self) -> None:
        self._head = b''
        self._machine = xz.alone()
        self._begun = False

    @property
    def eof(self) -> bool:
        return self._machine.eof

    @property
    def needs_input(self) -> bool:
        return not self._begun or self._machine.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data[_TRAILER:]

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        if not self._begun:
            self._head += data
            if len(self._head) < _HEADER:
                return b''
            coded = self._head[5]
            size = (1 << (coded & 31)) - (coded >> 5) * ((1 << (coded & 31)) >> 4)
            data = b'\x5d' + size.to_bytes(5, 'little')[:4] + b'\xff' * 8 + self._head[_HEADER:]
            self._begun = True
        return self._machine.decompress(data, max_length)


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    expanded = Expanded(file.read, _Lzip, xz.ERRORS, again)
    yield Member(b'', expanded.read)
    yield from behind(expanded, file)


def again(behind: bytes) -> bool:
    return behind.startswith(b'LZIP\1')

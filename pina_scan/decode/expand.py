"""Compressed streams: whatever the method, one after another, expanded piece by piece."""
from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pina_scan.decode.members import Damaged
from pina_scan.decode.members import reason

_PIECE = 1 << 16
#: More than any of these formats needs to tell whether another stream begins.
_HEAD = 16


class Machine(Protocol):
    """What bz2, lzma and compression.zstd call a decompressor: it gives at most `max_length` bytes at a time."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Expanded:
    """`read(n)` gives up to n bytes of what a file expands to, b'' at the end. Raises Damaged.

    `again` says of the bytes behind a stream's end, zeros left out, whether another one begins there; anything else
    there is not of this format. `left` is what was read of the file and not used.
    """

    def __init__(
            self,
            read: Callable[[int], bytes],
            make: Callable[[], Machine],
            errors: tuple[type[BaseException], ...],
            again: Callable[[bytes], bool] = lambda behind: False,
    ) -> None:
        self._read = read
        self._make = make
        self._errors = errors
        self._again = again
        self._machine: Machine | None = make()
        self.left = b''
        self.any = False

    def read(self, size: int) -> bytes:
        while self._machine is not None:
            machine = self._machine
            if machine.eof:
                self._next(machine)
                continue
            piece = b''
            if machine.needs_input:
                piece = self.left or self._read(_PIECE)
                self.left = b''
            try:
                data = machine.decompress(piece, size)
            except self._errors as error:
                raise Damaged(reason(error)) from None
            if data:
                self.any = True
                return data
            if not piece and machine.needs_input and not machine.eof:
                raise Damaged('cut short')
        return b''

    def _next(self, machine: Machine) -> None:
        # padding: tapes and xz (The .xz File Format, 2.2) have zeros behind the last stream
        self.left = machine.unused_data.lstrip(b'\0')
        while len(self.left) < _HEAD and (piece := self._read(_PIECE)):
            self.left = (self.left + piece).lstrip(b'\0')
        self._machine = self._make() if self._again(self.left) else None


#: What the name of a compressed file ends in, and what its content's name ends in instead.
_ENDINGS = {
    b'.tgz': b'.tar', b'.tbz': b'.tar', b'.tbz2': b'.tar', b'.txz': b'.tar', b'.tzst': b'.tar', b'.svgz': b'.svg',
    b'.gz': b'', b'.bz2': b'', b'.xz': b'', b'.lzma': b'', b'.zst': b'',
}


def stem(name: bytes) -> bytes:
    """What the content of a compressed file is called, where nothing but the file's own name says it."""
    base = name.replace(b'!', b'/').rpartition(b'/')[2]
    for ending, instead in _ENDINGS.items():
        if base.lower().endswith(ending) and len(base) > len(ending):
            return base[:-len(ending)] + instead
    return b'content'

"""Compressed streams: whatever the method, one after another, expanded piece by piece."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from typing import Protocol

from pina_scan.decode.members import BEHIND
from pina_scan.decode.members import CUT_SHORT
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Member
from pina_scan.decode.members import NotOne
from pina_scan.decode.members import Readable
from pina_scan.decode.members import reason
from pina_scan.decode.signatures import HEAD
from pina_scan.decode.signatures import detect

_PIECE = 1 << 16
#: More than any of these formats needs to tell whether another stream begins.
_HEAD = 16
#: Noise gives some bytes before it breaks a rule, as a stream that is damaged later gives more.
_PROOF = 1 << 12


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
    there is not of this format; without it one stream is all. `left` is what was read of the file and not used.
    """

    def __init__(
            self,
            read: Callable[[int], bytes],
            make: Callable[[], Machine],
            errors: tuple[type[BaseException], ...],
            again: Callable[[bytes], bool] | None = None,
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
            hungry = machine.needs_input
            if hungry:
                piece = self.left or self._read(_PIECE)
                self.left = b''
            try:
                data = machine.decompress(piece, size)
            except self._errors as error:
                raise Damaged(reason(error)) from None
            if data:
                self.any = True
                return data
            if hungry and not piece and not machine.eof:
                raise Damaged(CUT_SHORT)
        return b''

    def _next(self, machine: Machine) -> None:
        if self._again is None:
            self.left = machine.unused_data
            self._machine = None
            return
        # padding: tapes and xz (The .xz File Format, 2.2) have zeros behind the last stream
        self.left = machine.unused_data.lstrip(b'\0')
        while len(self.left) < _HEAD and (piece := self._read(_PIECE)):
            self.left = (self.left + piece).lstrip(b'\0')
        self._machine = self._make() if self._again(self.left) else None


def proven(expanded: Expanded) -> Callable[[int], bytes]:
    """Reads `expanded`, unless it breaks in its first bytes: then what looked like a magic was none. Raises NotOne."""
    ahead = []
    count = 0
    try:
        while count < _PROOF and (piece := expanded.read(_PROOF)):
            ahead.append(piece)
            count += len(piece)
    except Damaged as error:
        if str(error) != CUT_SHORT or not count:
            raise NotOne from None
        # the short beginning of a stream: what follows is its end
    ahead.reverse()

    def read(size: int) -> bytes:
        return ahead.pop() if ahead else expanded.read(size)
    return read


def behind(expanded: Expanded, file: Readable) -> Iterator[Member]:
    """What stands behind the last stream, if that is a container of another kind; anything else has been scanned."""
    return following(expanded.left, file)


def following(head: bytes, file: Readable) -> Iterator[Member]:
    """The container that begins with `head`, which was read of the file already, and goes on with the rest of it."""
    while len(head) < HEAD and (piece := file.read(_PIECE)):
        head += piece
    if head and detect(head[:HEAD]) is not None:
        ahead = [head]

        def read(size: int) -> bytes:
            return ahead.pop() if ahead else file.read(size)
        yield Member(BEHIND, read)


#: What the name of a compressed file ends in, and what its content's name ends in instead.
_ENDINGS = {
    b'.tgz': b'.tar', b'.tbz': b'.tar', b'.tbz2': b'.tar', b'.txz': b'.tar', b'.tzst': b'.tar', b'.svgz': b'.svg',
    b'.gz': b'', b'.bz2': b'', b'.xz': b'', b'.lzma': b'', b'.zst': b'',
    b'.lz4': b'', b'.lz': b'', b'.zz': b'',
}


def stem(name: bytes) -> bytes:
    """What the content of a compressed file is called, where nothing but the file's own name says it."""
    base = name.replace(b'!', b'/').rpartition(b'/')[2]
    for ending, instead in _ENDINGS.items():
        if base.lower().endswith(ending) and len(base) > len(ending):
            return base[:-len(ending)] + instead
    return b'content'

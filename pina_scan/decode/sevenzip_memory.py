"""Where py7zr writes what it expands: memory, never a folder."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator

from py7zr.io import Py7zIO
from py7zr.io import WriterFactory

from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Member


class _File(Py7zIO):
    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.data = bytearray()

    def write(self, s: bytes | bytearray) -> int:
        self._memory.grow(len(s))
        self.data += s
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b''

    def seek(self, offset: int, whence: int = 0) -> int:
        return offset

    def flush(self) -> None:
        return

    def size(self) -> int:
        return len(self.data)


class Memory(WriterFactory):
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._files: list[tuple[str, _File]] = []
        self._size = 0

    def create(self, filename: str) -> Py7zIO:
        file = _File(self)
        self._files.append((filename, file))
        return file

    def grow(self, count: int) -> None:
        """Raises LimitReached."""
        self._size += count
        self._budget.hold(self._size)
        self._budget.afford(self._size)
        self._budget.check()

    def contents(self) -> Iterator[Member]:
        """The members in order, each let go of once it has been read."""
        self._files.reverse()
        while self._files:
            name, file = self._files.pop()
            yield Member(name.encode('utf-8', 'surrogateescape'), _reader(file.data))


def _reader(data: bytearray) -> Callable[[int], bytes]:
    """Without a second copy of it all."""
    at = 0

    def read(size: int) -> bytes:
        nonlocal at
        piece = bytes(memoryview(data)[at:at + size])
        at += len(piece)
        return piece
    return read

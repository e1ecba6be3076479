"""How far a run has got, counted by any number of forked processes at once."""
from __future__ import annotations

import mmap
import os

#: A process counts in the slot of its number; two in one would lose a count now and then, and nothing depends on it.
_SLOTS = 1 << 12
_FIRST = 2


class Meter:
    """Memory that processes share once they are forked: what is being done, how much of it there is, and was."""

    def __init__(self) -> None:
        self._counts = memoryview(mmap.mmap(-1, 8 * (_SLOTS + _FIRST))).cast('Q')

    def begin(self, stage: int, expected: int) -> None:
        """`expected` is 0 where nobody knows."""
        self._counts[0] = stage
        self._counts[1] = expected
        self._counts[_FIRST:] = memoryview(bytes(8 * _SLOTS)).cast('Q')

    def add(self, count: int) -> None:
        self._counts[_FIRST + os.getpid() % _SLOTS] += count

    def read(self) -> tuple[int, int, int]:
        """The stage, how much is done, how much there is."""
        return self._counts[0], sum(self._counts[_FIRST:]), self._counts[1]

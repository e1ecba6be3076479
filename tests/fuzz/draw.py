"""Choices read from a fuzzer's bytes: every byte string is some choice, and a changed byte changes one of them."""
from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar('T')


class Draw:
    """When the bytes are used up, every further choice is the first one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, below: int) -> int:
        """From 0 on; one byte is taken for up to 256 choices, two for more."""
        width = 1 if below <= 256 else 2
        taken = self._data[self._at:self._at + width]
        self._at += width
        return int.from_bytes(taken, 'big') % below

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.number(len(choices))]

    def taken(self, most: int) -> bytes:
        """So many bytes as the next one says, `most` at most."""
        length = self.number(most + 1)
        taken = self._data[self._at:self._at + length]
        self._at += length
        return taken

    def rest(self) -> bytes:
        taken = self._data[self._at:]
        self._at = len(self._data)
        return taken

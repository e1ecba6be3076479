"""What a format's module gives of a container, and what it raises when it can't go on.

Each has `members(file, budget)`, a generator of Member and Flaw in order of place. The caller reads a member before
it asks for the next one.
"""
from __future__ import annotations

import io
from collections.abc import Callable
from typing import NamedTuple
from typing import Protocol

#: Comments and extra fields are members of this name: nothing that could be a file's.
NOTES = b'(notes)'
#: A container that stands behind another one's end is a member of this name.
BEHIND = b'(behind)'


#: The reason for what ends too early.
CUT_SHORT = 'cut short'
#: What the reasons of what is broken begin with.
BROKEN = ('damaged', 'a damaged', CUT_SHORT)


class Readable(Protocol):
    """`read(n)` gives up to n bytes, at least one unless it is at its end."""

    def read(self, size: int, /) -> bytes:
        ...


class Member(NamedTuple):
    """`name` as the container has it, b'' where it has none; `again`: another reading of what members before had."""

    name: bytes
    read: Callable[[int], bytes]
    again: bool = False


class Flaw(NamedTuple):
    """A member, or with None the container itself, that is there and can't be read; why, as a phrase."""

    name: bytes | None
    reason: str


class Damaged(Exception):
    """The bytes break the format's rules, or end too early; what was read until then was good."""


class NotOne(Exception):
    """The magic stands there by chance: this is no container of that format."""


class Missing(Exception):
    """A library that doesn't come with Python has to be installed to open this."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"its format needs an extra to be read: pip install 'pina-scan[{extra}]'")


def text(name: bytes, data: bytes, again: bool = False) -> Member:
    """A member that is in memory already."""
    return Member(name, io.BytesIO(data).read, again)


def guarded(read: Callable[[int], bytes], errors: tuple[type[BaseException], ...]) -> Callable[[int], bytes]:
    """`read` with a library's own errors turned into Damaged."""
    def guarded_read(size: int) -> bytes:
        try:
            return read(size)
        except errors as error:
            raise Damaged(reason(error)) from None
    return guarded_read


def reason(error: BaseException) -> str:
    """A library's error as a phrase: its words may quote the file, so only their beginning is kept."""
    words = ' '.join(str(error).split())[:80]
    return f'damaged: {words}' if words else f'damaged: {type(error).__name__}'


def exactly(file: Readable, size: int) -> bytes:
    """The next `size` bytes, or what there is of them."""
    pieces = []
    while size and (piece := file.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b''.join(pieces)


class Part:
    """The next `size` bytes of a file that is read in order. `cut` says that there were less.

    That is no damage to what is there: who reads it as it stands has read all of it, and a decompressor that gets
    it says what it lacks.
    """

    def __init__(self, file: Readable, size: int) -> None:
        self._file = file
        self.left = size
        self.cut = False

    def read(self, size: int) -> bytes:
        if not self.left:
            return b''
        piece = self._file.read(min(size, self.left))
        self.cut = not piece
        self.left -= len(piece)
        return piece

    def skip(self) -> None:
        while self.read(1 << 16):
            pass

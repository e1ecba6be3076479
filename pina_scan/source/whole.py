"""An open file as a container's reader wants it: from its beginning, back and forth."""
from __future__ import annotations

import errno
import io
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

    from typing_extensions import Buffer

_AHEAD = 1 << 16


class _Whole(io.RawIOBase):
    """An open file from its beginning, with a place of its own: a second descriptor would share the first one's."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = (0, self._at, os.fstat(self._fd).st_size)[whence]
        if start + offset < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast('B')
        piece = os.pread(self._fd, len(view), self._at)
        view[:len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def whole(fd: int) -> BinaryIO:
    """Seekable, and good for as long as `fd` is open."""
    return io.BufferedReader(_Whole(fd), _AHEAD)

"""Files of a git dir that are read whole: of nobody's who can be trusted, so that each may be anything."""
from __future__ import annotations

import os
import stat

from pina_scan.errors import DamagedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

# NONBLOCK: opening a FIFO would wait for a writer. Links are followed, as git does: packs are shared by them
_FLAGS = (
    os.O_RDONLY | getattr(os, 'O_NONBLOCK', 0) | getattr(os, 'O_CLOEXEC', 0) | getattr(os, 'O_NOCTTY', 0)
    | getattr(os, 'O_BINARY', 0)
)
_KINDS = ((stat.S_ISDIR, 'a folder'), (stat.S_ISFIFO, 'a FIFO'), (stat.S_ISCHR, 'a device'), (stat.S_ISBLK, 'a device'))


class NotAFile(DamagedError):
    """git must not be asked for it either: it would wait."""


def descriptor(path: bytes) -> int:
    """The file, open. Raises OSError, and NotAFile for what is none: a FIFO has no beginning, a device no end."""
    fd = os.open(path, _FLAGS)
    mode = os.fstat(fd).st_mode
    if not stat.S_ISREG(mode):
        os.close(fd)
        raise NotAFile(f'{next((words for test, words in _KINDS if test(mode)), "something else")}, not a file')
    return fd


def opened(path: bytes) -> BinaryIO:
    return open(descriptor(path), 'rb')


def contents(path: bytes, most: int) -> bytes:
    """All of it. Raises also DamagedError for more than that many bytes: a file with holes is of any size, and costs nothing."""
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise DamagedError(f'{size} bytes, where no more than {most} are expected')
        return file.read()

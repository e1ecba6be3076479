"""A file by its name: a regular one is read, a link is its target's text, anything else is said to be unread."""
from __future__ import annotations

import os
import stat

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import why
from pina_scan.source.windows import SIZE
from pina_scan.source.windows import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from typing import BinaryIO

# NONBLOCK: opening a FIFO would wait for a writer. NOFOLLOW: a link is a name, not a door.
FLAGS = (
    os.O_RDONLY | getattr(os, 'O_NOFOLLOW', 0) | getattr(os, 'O_NONBLOCK', 0) | getattr(os, 'O_CLOEXEC', 0)
    | getattr(os, 'O_NOCTTY', 0) | getattr(os, 'O_BINARY', 0)
)
CHANGED = 'changed while it was read'
FOLDER = 'a folder, not a file'
_KINDS = (
    (stat.S_ISDIR, FOLDER), (stat.S_ISFIFO, 'a FIFO, not a file'),
    (stat.S_ISSOCK, 'a socket, not a file'), (stat.S_ISCHR, 'a device, not a file'), (stat.S_ISBLK, 'a device, not a file'),
)


def buffer() -> bytearray:
    """What `read` wants for its second argument; one serves for any number of files."""
    return bytearray(SIZE)


def read(path: bytes, space: bytearray, name: bytes | None = None) -> Iterator[Blob | Unread]:
    """The blobs of the file at `path`, under the name that reports give it."""
    name = path if name is None else name
    try:
        fd = os.open(path, FLAGS)
    except OSError as error:
        yield _not_opened(path, name, error)
        return
    try:
        # one system call for all of a small file, and one that shows it was all
        filled = readinto(fd, memoryview(space))
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            yield Unread(name, kind(found.st_mode))
        elif filled == found.st_size and filled < len(space):
            yield Blob(name, memoryview(space)[:filled])
        else:
            yield from _large(fd, space, name, filled, found)
    except OSError as error:
        yield Unread(name, reason(error, os.fstat(fd).st_mode))
    finally:
        os.close(fd)


def _large(fd: int, space: bytearray, name: bytes, filled: int, found: os.stat_result) -> Iterator[Blob | Unread]:
    total = 0
    for blob in windows(lambda view: readinto(fd, view), space, name, filled, again(fd), reopen=reopen(fd)):
        total = blob.base + len(blob.data)
        yield blob
    after = os.fstat(fd)
    # files of /proc say that they have no size
    if (found.st_size, found.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or after.st_size not in (0, total):
        yield Unread(name, CHANGED)


def again(fd: int) -> Callable[[int, int], Iterable[bytes]]:
    def before(start: int, end: int) -> Iterator[bytes]:
        while piece := os.pread(fd, min(SIZE, end - start), start):
            yield piece
            start += len(piece)
    return before


def reopen(fd: int) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        from pina_scan.source.whole import whole
        return whole(fd)
    return opened


if hasattr(os, 'readv'):
    def readinto(fd: int, view: memoryview) -> int:
        return os.readv(fd, (view,))
else:
    def readinto(fd: int, view: memoryview) -> int:
        piece = os.read(fd, len(view))
        view[:len(piece)] = piece
        return len(piece)


def _not_opened(path: bytes, name: bytes, error: OSError) -> Blob | Unread:
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            return Blob(name, os.readlink(path))
    except OSError as second:
        return Unread(name, reason(second, 0))
    return Unread(name, reason(error, mode))


def reason(error: OSError, mode: int = 0) -> str:
    if mode and not stat.S_ISREG(mode):
        return kind(mode)
    return why(error)


def kind(mode: int) -> str:
    return next((words for test, words in _KINDS if test(mode)), 'not a file')

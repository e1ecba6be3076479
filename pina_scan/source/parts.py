"""A large file in parts, so that several processes can read it."""
from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.blob import CONTEXT
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.source import files
from pina_scan.source.windows import windows

#: A part takes a thirtieth of a second: fewer bytes are not worth a second process.
LEAST = 1 << 26
_MOST_PARTS = 1 << 10


class Part(NamedTuple):
    """The bytes from `start` to `end` of a file that was `size` bytes long and last changed at `mtime_ns`."""

    path: bytes
    start: int
    end: int
    size: int
    mtime_ns: int


def parts(path: bytes) -> list[Part]:
    """In order; none for what is no regular file, or isn't large."""
    try:
        found = os.lstat(path)
    except OSError:
        return []
    if not stat.S_ISREG(found.st_mode) or found.st_size < 2 * LEAST:
        return []
    step = max(LEAST, found.st_size // _MOST_PARTS)
    return [
        Part(path, start, min(start + step, found.st_size), found.st_size, found.st_mtime_ns)
        for start in range(0, found.st_size, step)
    ]


def head(path: bytes, size: int) -> bytes:
    """The file's first bytes; none if it can't be read."""
    try:
        fd = os.open(path, files.FLAGS)
    except OSError:
        return b''
    try:
        return os.read(fd, size)
    finally:
        os.close(fd)


def read(part: Part) -> Iterator[Blob | Unread]:
    """The blobs of one part: together the parts give each byte of the file once."""
    try:
        fd = os.open(part.path, files.FLAGS)
    except OSError as error:
        yield Unread(part.path, files.reason(error))
        return
    try:
        base = max(0, part.start - CONTEXT)
        os.lseek(fd, base, os.SEEK_SET)
        left = min(part.end + CONTEXT, part.size) - base

        def readinto(view: memoryview) -> int:
            nonlocal left
            got = files.readinto(fd, view[:left])
            left -= got
            return got

        end = None if part.end == part.size else part.end
        yield from windows(
            readinto, files.buffer(), part.path, before=files.again(fd), reopen=files.reopen(fd), base=base,
            low=part.start - base, end=end,
        )
        after = os.fstat(fd)
        if left or (after.st_size, after.st_mtime_ns) != (part.size, part.mtime_ns):
            yield Unread(part.path, files.CHANGED)
    except OSError as error:
        yield Unread(part.path, files.reason(error))
    finally:
        os.close(fd)

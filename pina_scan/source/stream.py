"""Standard input, or anything else that is read once from its beginning to its end."""
from __future__ import annotations

import os
from collections.abc import Iterator

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.source.files import readinto
from pina_scan.source.windows import SIZE
from pina_scan.source.windows import windows


def read(fd: int, name: bytes) -> Iterator[Blob | Unread]:
    try:
        yield from windows(lambda view: readinto(fd, view), bytearray(SIZE), name)
    except OSError as error:
        yield Unread(name, os.strerror(error.errno or 0).lower())

"""Real text of any length: the sources of Python's standard library, over and over."""
from __future__ import annotations

import glob
import itertools
import os
import sysconfig
from collections.abc import Iterator


def text(size: int) -> Iterator[bytes]:
    """`size` bytes, a file's worth at a time."""
    for path in itertools.cycle(sorted(glob.glob(os.path.join(sysconfig.get_path('stdlib'), '*.py')))):
        with open(path, 'rb') as file:
            piece = file.read(size)
        yield piece
        size -= len(piece)
        if not size:
            return


def write(path: str, size: int) -> None:
    with open(path, 'wb') as file:
        file.writelines(text(size))

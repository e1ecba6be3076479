"""Loose objects: one file each, a zlib stream of the kind, the size and the content (gitformat-loose(5))."""
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.errors import why
from pina_scan.git.inflate import ERRORS
from pina_scan.git.inflate import bounded
from pina_scan.git.pack import LARGE
from pina_scan.git.regular import opened

_FOLDER = re.compile(rb'[0-9a-f]{2}')
_FILE = re.compile(rb'[0-9a-f]{38}|[0-9a-f]{62}')
_HEADER = re.compile(rb'(commit|tree|blob|tag) ([0-9]{1,18})\0')
_HEADER_LENGTH = 32


class Loose(NamedTuple):
    """`data` is None for one that is too large to be held in memory. `rest` is what stands behind the stream in its file."""

    kind: str
    data: bytes | None
    rest: bytes = b''


def names(store: bytes, part: int = 0, parts: int = 1, unread: list[tuple[bytes, str]] | None = None) -> Iterator[str]:
    """The ids of a store's loose objects; with `parts` only every so many'th folder's. `unread` takes folders, with why."""
    unread = [] if unread is None else unread
    if part == 0 and not os.path.isdir(store):
        unread.append((store, 'it was removed while it was read'))
    for folder in _listed(store, unread if part == 0 else []):
        if _FOLDER.fullmatch(folder) and int(folder, 16) % parts == part:
            for name in _listed(os.path.join(store, folder), unread):
                if _FILE.fullmatch(name):
                    yield (folder + name).decode('ascii')


def _listed(folder: bytes, unread: list[tuple[bytes, str]]) -> list[bytes]:
    try:
        return sorted(os.listdir(folder))
    except NotADirectoryError:
        pass  # a file that was put there is read beside the objects
    except OSError as error:
        # a folder that is empty now is removed by whoever packs what was in it; a link that leads nowhere is no such
        if os.path.lexists(folder):
            unread.append((folder, why(error)))
    return []


def read(store: bytes, name: str) -> Loose:
    """Raises DamagedError and OSError."""
    raw = name.encode('ascii')
    with opened(os.path.join(store, raw[:2], raw[2:])) as file:
        stream = file.read(LARGE)
    try:
        head = bounded_head(stream)
        found = _HEADER.match(head)
        if found is None:
            raise DamagedError('it is no object: kind and size are not at its beginning')
        size = int(found[2])
        if size > LARGE:
            return Loose(found[1].decode('ascii'), None)
        whole = found.end() + size
        data, rest = bounded(stream, whole)
    except ERRORS as error:
        raise DamagedError(f'its data is damaged: {error}') from None
    if len(data) != whole:
        raise DamagedError(f'its data is not the {size} bytes that it says')
    return Loose(found[1].decode('ascii'), data[found.end():], rest)


def bounded_head(stream: bytes) -> bytes:
    """The first bytes of what the stream holds, whatever follows."""
    import zlib

    return zlib.decompressobj().decompress(stream[:256], _HEADER_LENGTH)

"""Loose objects: one file each, a zlib stream of the kind, the size and the content (gitformat-loose(5))."""
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.git.inflate import ERRORS
from pina_scan.git.inflate import SAFE
from pina_scan.git.inflate import bounded
from pina_scan.git.inflate import inflate
from pina_scan.git.pack import LARGE

_FOLDER = re.compile(rb'[0-9a-f]{2}')
_FILE = re.compile(rb'[0-9a-f]{38}|[0-9a-f]{62}')
_HEADER = re.compile(rb'(commit|tree|blob|tag) ([0-9]{1,18})\0')
_HEADER_LENGTH = 32


class Loose(NamedTuple):
    """`data` is None for one that is too large to be held in memory."""

    kind: str
    data: bytes | None


def names(store: bytes, part: int = 0, parts: int = 1, failed: list[tuple[bytes, OSError]] | None = None) -> Iterator[str]:
    """The ids of a store's loose objects; with `parts` only every so many'th folder's. `failed` gets what can't be listed."""
    for folder in _listed(store, failed):
        if _FOLDER.fullmatch(folder) and int(folder, 16) % parts == part:
            for name in _listed(os.path.join(store, folder), failed):
                if _FILE.fullmatch(name):
                    yield (folder + name).decode('ascii')


def _listed(folder: bytes, failed: list[tuple[bytes, OSError]] | None) -> list[bytes]:
    try:
        return sorted(os.listdir(folder))
    except NotADirectoryError:
        return []  # a file that was put there is read beside the objects
    except OSError as error:
        # a folder that is empty now is removed by whoever packs what was in it; a link that leads nowhere is no such
        if failed is not None and os.path.lexists(folder):
            failed.append((folder, error))
        return []


def read(store: bytes, name: str) -> Loose:
    """Raises DamagedError and OSError."""
    raw = name.encode('ascii')
    with open(os.path.join(store, raw[:2], raw[2:]), 'rb') as file:
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
        data = inflate(stream, 15, whole) if len(stream) <= SAFE else bounded(stream, whole)
    except ERRORS as error:
        raise DamagedError(f'its data is damaged: {error}') from None
    if len(data) != whole:
        raise DamagedError(f'its data is not the {size} bytes that it says')
    return Loose(found[1].decode('ascii'), data[found.end():])


def bounded_head(stream: bytes) -> bytes:
    """The first bytes of what the stream holds, whatever follows."""
    import zlib

    return zlib.decompressobj().decompress(stream[:256], _HEADER_LENGTH)

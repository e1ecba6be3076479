"""Packs, entry by entry, as they lie in the file.

Format: gitformat-pack(5). An entry is a type and a size in a byte or more, for a delta its base (a distance back in
this pack, or an object's id), and a zlib stream.
"""
from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from bisect import bisect_right
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.errors import why
from pina_scan.git import packindex
from pina_scan.git.inflate import ERRORS
from pina_scan.git.inflate import SAFE
from pina_scan.git.inflate import beginning
from pina_scan.git.inflate import bounded
from pina_scan.git.inflate import inflate
from pina_scan.git.regular import descriptor

KINDS = {1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag'}
OFS_DELTA = 6
REF_DELTA = 7
#: An entry that inflates to more is not held in memory: git itself is asked to stream the object.
LARGE = 1 << 24
_HEADER = 64
#: What is held in memory takes less of a pack; what stands behind it, in a file with holes, may be of any size.
_LONGEST = 2 * LARGE


class Pack(NamedTuple):
    """An open pack. `order` has the offsets of its entries from first to last, `end` is behind the last of them."""

    path: bytes
    fd: int
    idx: packindex.PackIndex
    order: array[int]
    end: int


class Entry(NamedTuple):
    """`base` is the base's offset for OFS_DELTA, its id as bytes for REF_DELTA, else 0; `data` is what was inflated."""

    kind: int
    base: int | bytes
    data: bytes


def open_pack(path: bytes, hash_size: int) -> Pack:
    """Raises DamagedError for what is no pack or has no index that fits, and OSError."""
    fd = descriptor(path)
    try:
        head = os.pread(fd, 12, 0)
        if head[:4] != b'PACK' or int.from_bytes(head[4:8], 'big') not in (2, 3):
            raise DamagedError('it is no pack of version 2 or 3')
        end = os.fstat(fd).st_size - hash_size
        index = packindex.read(packindex.beside(path, b'.idx'), hash_size)
        if int.from_bytes(head[8:12], 'big') != len(index.offsets):
            raise DamagedError(
                f'it has {int.from_bytes(head[8:12], "big")} objects, its index {len(index.offsets)}',
            )
        order = packindex.in_pack_order(index, packindex.beside(path, b'.rev'))
        return Pack(path, fd, index, order, end)
    except BaseException:
        os.close(fd)
        raise


def whole(pack: Pack) -> bool:
    """Whether the pack ends with the checksum that its index has for it: a pack that is cut short does not."""
    return os.pread(pack.fd, pack.idx.hash_size, max(0, pack.end)) == pack.idx.checksum


def chunks(pack: Pack, size: int) -> list[tuple[int, int]]:
    """Stretches of `pack.order`, each of entries that begin within `size` bytes of each other."""
    found = []
    start = 0
    while start < len(pack.order):
        stop = bisect_left(pack.order, pack.order[start] + size, start + 1)
        found.append((start, stop))
        start = stop
    return found


def header(data: bytes, at: int, hash_size: int) -> tuple[int, int, int | bytes, int]:
    """The entry at `data[at]`: its type, the size it inflates to, how far back its base is (or the base's id; else 0),
    and where its stream starts. Raises IndexError where `data` ends within it."""
    byte = data[at]
    at += 1
    kind = byte >> 4 & 7
    size = byte & 15
    shift = 4
    while byte & 0x80:
        byte = data[at]
        at += 1
        size |= (byte & 0x7F) << shift
        shift += 7
    back: int | bytes = 0
    if kind == OFS_DELTA:
        byte = data[at]
        at += 1
        back = byte & 0x7F
        while byte & 0x80:
            byte = data[at]
            at += 1
            back = (back + 1 << 7) | (byte & 0x7F)
    elif kind == REF_DELTA:
        back = data[at:at + hash_size]
        at += hash_size
    return kind, size, back, at


def piece(pack: Pack, size: int, offset: int) -> bytes:
    """Those bytes of the file, fewer where it ends before. Raises DamagedError, also for what no file has."""
    try:
        return os.pread(pack.fd, max(0, size), offset)
    except OverflowError:
        raise DamagedError('its offset is beyond any file') from None
    except OSError as error:
        raise DamagedError(why(error)) from None


def length(pack: Pack, offset: int) -> int:
    """How many bytes of the file the entry takes, header and all."""
    after = bisect_right(pack.order, offset)
    return (pack.order[after] if after < len(pack.order) else pack.end) - offset


def head(pack: Pack, offset: int) -> tuple[int, int, int | bytes]:
    """The type, size and base of an entry that is not read. Raises DamagedError."""
    try:
        kind, size, base, _ = header(piece(pack, _HEADER, offset), 0, pack.idx.hash_size)
    except IndexError:
        raise DamagedError('the pack ends within it') from None
    return kind, size, offset - base if kind == OFS_DELTA and isinstance(base, int) else base


def read(pack: Pack, offset: int, most: int | None = None) -> Entry:
    """With no more than the first `most` bytes of its data. Raises DamagedError."""
    data = piece(pack, min(length(pack, offset), _LONGEST), offset)
    try:
        kind, size, base, at = header(data, 0, pack.idx.hash_size)
    except IndexError:
        raise DamagedError('the pack ends within it') from None
    stream = memoryview(data)[at:]
    raw = content(stream, size) if most is None or most >= size else _first_of(stream, most)
    return Entry(kind, offset - base if isinstance(base, int) and base else base, raw)


def content(stream: memoryview, size: int) -> bytes:
    """What a stream inflates to, which is `size` bytes. Raises DamagedError."""
    try:
        data = inflate(stream, 15, size + 1) if len(stream) <= SAFE else bounded(stream, size)[0]
    except ERRORS as error:
        raise DamagedError(f'its data is damaged: {error}') from None
    if len(data) != size:
        raise DamagedError(f'its data is not the {size} bytes that it says')
    return data


def _first_of(stream: memoryview, most: int) -> bytes:
    try:
        data = beginning(stream, most)
    except ERRORS as error:
        raise DamagedError(f'its data is damaged: {error}') from None
    if len(data) != most:
        raise DamagedError('its data ends before its end')
    return data

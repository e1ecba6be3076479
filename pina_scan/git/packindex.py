"""Pack indexes: where in a pack each object begins, and which it is.

Format: gitformat-pack(5), "pack-*.idx files have the following format", versions 1 and 2, and "pack-*.rev files".
"""
from __future__ import annotations

import hashlib
import os
import sys
from array import array
from itertools import islice
from operator import lt
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.git.regular import contents
from pina_scan.git.regular import opened

_MAGIC = b'\377tOc'
_REV_MAGIC = b'RIDX'
_FANOUT = 256 * 4
_LARGE = 1 << 31
#: For an offset that the index doesn't have: beyond any file, so that the one object is unread.
_NOWHERE = (1 << 64) - 1
#: Of forty million objects, more than the largest repositories have.
_LARGEST = 1 << 31


class PackIndex(NamedTuple):
    """`names` has the objects' ids end to end, in their own order; `offsets` where each begins, in the same order.

    `checksum` is the pack's own, which stands at its end too. `sound`: the index matches its own checksum.
    """

    names: bytes
    offsets: array[int]
    hash_size: int
    checksum: bytes
    sound: bool

    def name(self, number: int) -> str:
        return self.names[number * self.hash_size:(number + 1) * self.hash_size].hex()


def read(path: bytes, hash_size: int) -> PackIndex:
    """Raises DamagedError for a file that is no index, and OSError."""
    data = contents(path, _LARGEST)
    if data[:4] == _MAGIC:
        version = int.from_bytes(data[4:8], 'big')
        if version != 2:
            raise DamagedError(f'its index is of version {version}, which is not known here')
        return _version_2(data, hash_size)
    return _version_1(data, hash_size)


def _sound(data: bytes, hash_size: int) -> bool:
    made = hashlib.new('sha256' if hash_size == 32 else 'sha1', memoryview(data)[:-hash_size], usedforsecurity=False)
    return made.digest() == data[-hash_size:]


def _count(data: bytes, start: int) -> int:
    fanout = _numbers(data[start:start + _FANOUT], 'I')
    if len(fanout) < 256 or any(a > b for a, b in zip(fanout, fanout[1:])):
        raise DamagedError('its index is damaged: the fan-out table is out of order')
    return fanout[255]


def _version_1(data: bytes, hash_size: int) -> PackIndex:
    count = _count(data, 0)
    width = 4 + hash_size
    end = _FANOUT + count * width
    _long_enough(data, end + 2 * hash_size)
    rows = [data[at:at + width] for at in range(_FANOUT, end, width)]
    offsets = array('Q', (int.from_bytes(row[:4], 'big') for row in rows))
    return PackIndex(b''.join(row[4:] for row in rows), offsets, hash_size, data[end:end + hash_size], _sound(data, hash_size))


def _version_2(data: bytes, hash_size: int) -> PackIndex:
    count = _count(data, 8)
    names = 8 + _FANOUT
    small = names + count * (hash_size + 4)
    large = small + count * 4
    _long_enough(data, large + 2 * hash_size)
    offsets: array[int] = _numbers(data[small:large], 'I')
    # any first byte from 128 on; `max` takes twenty times as long
    if not data[small:large:4].isascii():
        table = _numbers(data[large:len(data) - 2 * hash_size], 'Q')
        known = len(table)
        offsets = array(
            'Q', (o if o < _LARGE else table[o - _LARGE] if o - _LARGE < known else _NOWHERE for o in offsets),
        )
    checksum = data[-2 * hash_size:-hash_size]
    return PackIndex(data[names:names + count * hash_size], offsets, hash_size, checksum, _sound(data, hash_size))


class Stamp(NamedTuple):
    """What tells a pack from any other without reading it, and how many objects its index has."""

    text: str
    objects: int


def stamp(pack: bytes, hash_size: int) -> Stamp:
    """The checksums at the end of a pack and of its index, and the pack's size. Raises OSError and
    DamagedError.

    They are believed: whoever can forge them can write the repository's packs, and git believes them too.
    """
    with opened(pack) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - hash_size))
        own = file.read()
    with opened(beside(pack, b'.idx')) as file:
        version_2 = file.read(4) == _MAGIC
        file.seek(_FANOUT - 4 + (8 if version_2 else 0))
        count = int.from_bytes(file.read(4), 'big')
        file.seek(max(0, file.seek(0, os.SEEK_END) - 2 * hash_size))
        return Stamp(f'{own.hex()} {file.read().hex()} {size}', count)


def in_pack_order(index: PackIndex, rev: bytes) -> array[int]:
    """The offsets from first to last: by the pack's reverse index at `rev` if there is one, else by sorting."""
    return _by_reverse_index(index, rev) or array(index.offsets.typecode, sorted(index.offsets))


def _by_reverse_index(index: PackIndex, rev: bytes) -> array[int] | None:
    count = len(index.offsets)
    try:
        data = contents(rev, 12 + 4 * count + 2 * index.hash_size)
    except (OSError, DamagedError):
        return None
    if data[:8] != _REV_MAGIC + b'\0\0\0\1' or len(data) != 12 + 4 * count + 2 * index.hash_size:
        return None
    if data[-2 * index.hash_size:-index.hash_size] != index.checksum:
        return None
    order = _numbers(data[12:12 + 4 * count], 'I')
    try:
        offsets = array(index.offsets.typecode, map(index.offsets.__getitem__, order))
    except IndexError:
        return None
    # as many as there are and each above the last: then it is all of them, whatever the file was meant to be
    return offsets if all(map(lt, offsets, islice(offsets, 1, None))) else None


def _long_enough(data: bytes, size: int) -> None:
    if len(data) < size:
        raise DamagedError(f'its index is cut short: {len(data)} bytes of {size} or more')


def _numbers(data: bytes, typecode: str) -> array[int]:
    """Big-endian numbers; a piece of one at the end is dropped."""
    made: array[int] = array(typecode)
    made.frombytes(data[:len(data) - len(data) % made.itemsize])
    if sys.byteorder == 'little':
        made.byteswap()
    return made


def beside(pack: bytes, extension: bytes) -> bytes:
    return os.path.splitext(pack)[0] + extension

"""What a reftable says: names of refs, what symbolic refs name, and the reflogs' words (git's reftable specification).

Names are stored as what they have more than the one before, and logs are deflated: a token stands in the file torn or
packed, so that to look through the file's bytes is not enough.
"""
from __future__ import annotations

import zlib
from collections.abc import Iterator

from pina_scan.errors import DamagedError
from pina_scan.git.varint import varint

_HEAD = {1: 24, 2: 28}
_FOOT = {1: 68, 2: 72}
_ID = {1: 20, b'sha1': 20, b's256': 32}
#: A log's key ends with a zero and its update number.
_NUMBER = 9


def texts(data: bytes) -> Iterator[bytes]:
    """Each text once. Raises DamagedError, after what was read, where the file is not what the format says."""
    try:
        yield from _texts(data)
    except (IndexError, KeyError, ValueError, zlib.error) as error:
        raise DamagedError(f'its blocks are damaged: {error}') from None


def _texts(data: bytes) -> Iterator[bytes]:
    if not data:
        return
    version = data[4]
    if data[:4] != b'REFT' or version not in _HEAD or len(data) < _HEAD[version] + _FOOT[version]:
        raise ValueError('it does not begin as a reftable does')
    id_size = _ID[1] if version == 1 else _ID[data[24:28]]
    block_size = int.from_bytes(data[5:8], 'big')
    end = len(data) - _FOOT[version]
    at = _HEAD[version]
    while at < end:
        kind = data[at:at + 1]
        # the first block's length, and the places in it, count from the beginning of the file
        begun = 0 if at == _HEAD[version] else at
        length = int.from_bytes(data[at + 1:at + 4], 'big')
        if kind == b'g':
            inflater = zlib.decompressobj()
            block = inflater.decompress(data[at + 4:end], length)
            at = end - len(inflater.unused_data) if inflater.eof else end
            yield from _logs(block, id_size)
        elif kind in (b'r', b'o', b'i'):
            if length < 6 or begun + length > end:
                raise ValueError('a block is longer than the file')
            if kind == b'r':
                yield from _refs(data[at + 4:_records_end(data, begun + length)], id_size)
            at = begun + length
        elif kind == b'\0' and block_size:
            at += block_size - at % block_size
        else:
            raise ValueError(f'there is no block of the kind {kind!r}')


def _records_end(data: bytes, end: int) -> int:
    """A block ends with the places where names stand whole, three bytes each, and their number."""
    return end - 2 - 3 * int.from_bytes(data[end - 2:end], 'big')


def _refs(block: bytes, id_size: int) -> Iterator[bytes]:
    name = b''
    at = 0
    while at < len(block):
        name, kind, at = _key(block, at, name)
        yield name
        at = varint(block, at)[1]
        if kind == 3:
            target, at = _text(block, at)
            yield target
        else:
            at += kind * id_size


def _logs(block: bytes, id_size: int) -> Iterator[bytes]:
    """`block` without its own places where names stand whole: those are met as a key that goes beyond the end."""
    end = _records_end(block, len(block)) if len(block) > 2 else 0
    key = b''
    at = 0
    told: set[bytes] = set()
    while at < end:
        key, kind, at = _key(block, at, key)
        found = [key[:-_NUMBER]]
        if kind == 1:
            at += 2 * id_size
            who, at = _text(block, at)
            address, at = _text(block, at)
            at = varint(block, at)[1] + 2
            words, at = _text(block, at)
            found += (who, address, words)
        for text in found:
            if text not in told:
                told.add(text)
                yield text


def _key(block: bytes, at: int, before: bytes) -> tuple[bytes, int, int]:
    shared, at = varint(block, at)
    rest, at = varint(block, at)
    end = at + (rest >> 3)
    if shared > len(before) or end > len(block):
        raise ValueError('a name goes beyond its block')
    return before[:shared] + block[at:end], rest & 7, end


def _text(block: bytes, at: int) -> tuple[bytes, int]:
    size, at = varint(block, at)
    if at + size > len(block):
        raise ValueError('a text goes beyond its block')
    return block[at:at + size], at + size

"""An index as a file, whichever worktree's it is: the names in it and what they are (gitformat-index(5)).

git reads the one index of the worktree that it is asked in; this reads any: of other worktrees, of submodules, shared
ones, and those that a command left locked.
"""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.errors import DamagedError
from pina_scan.git.varint import varint

_SIGNATURE = b'DIRC'
#: The versions there are; the last stores what a name has more than the one before.
_VERSIONS = (2, 3, 4)
_TORN = _SIGNATURE + b'\0\0\0\4'
_GITLINK = 0o160000
#: Times, numbers and sizes before the id, the mode among them; flags behind it.
_BEFORE, _MODE = 40, 24
_EXTENDED = 0x4000


def is_torn(data: bytes) -> bool:
    """Whether names don't stand in it as they are."""
    return data.startswith(_TORN)


def names(data: bytes, id_length: int) -> Iterator[bytes]:
    """Raises DamagedError, after what was read, where the file is not what the format says."""
    return (path for _, path in _entries(data, id_length))


def gitlinks(data: bytes, id_length: int) -> Iterator[bytes]:
    """The paths of submodules. Raises DamagedError."""
    # four bytes that hardly anything else in an index has
    if _GITLINK.to_bytes(4, 'big') in data:
        yield from (path for mode, path in _entries(data, id_length) if mode == _GITLINK)


def _entries(data: bytes, id_length: int) -> Iterator[tuple[int, bytes]]:
    version = int.from_bytes(data[4:8], 'big')
    if data[:4] != _SIGNATURE or version not in _VERSIONS:
        raise DamagedError('it does not begin as an index does')
    at = 12
    path = b''
    try:
        for _ in range(int.from_bytes(data[8:12], 'big')):
            begun = at
            mode = int.from_bytes(data[at + _MODE:at + _MODE + 4], 'big')
            at += _BEFORE + id_length
            extended = int.from_bytes(data[at:at + 2], 'big') & _EXTENDED
            at += 4 if extended else 2
            if version == 4:
                dropped, at = varint(data, at)
                if dropped > len(path):
                    raise ValueError('a name shares more than there is')
                end = data.index(b'\0', at)
                path = path[:len(path) - dropped] + data[at:end]
                at = end + 1
            else:
                end = data.index(b'\0', at)
                path = data[at:end]
                # one to eight zeros, so that entries are a multiple of eight bytes
                at = end + 8 - (end - begun) % 8
            yield mode, path
    except (IndexError, ValueError) as error:
        raise DamagedError(f'its entries are damaged: {error}') from None

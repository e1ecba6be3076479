"""What a reader of packs is told to look for, without knowing what it is."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from typing import NamedTuple

Bytes = bytes | bytearray


class Probe(NamedTuple):
    """Questions to bytes. Most take many entries end to end, and answer with offsets.

    `anywhere`   what makes an object interesting wherever it stands: in a whole object or in a delta's instructions
    `broad`      the same for what commits are not asked: it takes longer, and their signatures are full of it
    `seams`      the same for bytes that stand together in an object, though a delta has them apart
    `torn`       what `seams` looks for
    `within`     what makes an object interesting only at its beginning, which in a delta may be anywhere
    `by_chance`  how what of that begins that instructions have by chance: it counts in the first insert only
    `begins`     whether that much of an object's beginning makes it interesting
    `may_begin`  whether it could, with more behind it
    """

    anywhere: Callable[[Bytes], Sequence[int]]
    broad: Callable[[Bytes], Sequence[int]]
    seams: Callable[[Bytes], Sequence[int]]
    torn: Sequence[bytes]
    within: Callable[[Bytes], Sequence[int]]
    by_chance: bytes
    begins: Callable[[bytes], bool]
    may_begin: Callable[[bytes], bool]

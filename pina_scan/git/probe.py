"""What a reader of packs is told to look for, without knowing what it is."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple

Bytes = bytes | bytearray


class Found(NamedTuple):
    """Offsets in the bytes that were asked about: `anywhere` makes an object interesting wherever it stands, in a whole
    object or in a delta's instructions; `within` only at its beginning, which in a delta may be anywhere."""

    anywhere: Sequence[int]
    within: Sequence[int]


class Probe(NamedTuple):
    """Questions to bytes. Most take many entries end to end, and answer with offsets.

    `look`       what there is of both kinds
    `broad`      more that is interesting anywhere, which commits are not asked: it takes longer, and their signatures
                 are full of it
    `seams`      the same for bytes that stand together in an object, though a delta has them apart
    `torn`       what `seams` looks for
    `by_chance`  how what stands within begins that instructions have by chance: it counts in the first insert only
    `begins`     whether that much of an object's beginning makes it interesting
    `runs`       where what `has` is asked of may begin, in order; it may be told to go on over the signs between inserts
    `has`        whether something does, anywhere in an object or in what stands together there
    `may_begin`  whether it could, with more behind it
    `starts`     the first two bytes of whatever makes it so
    `further_in` an expression for what does with any first two bytes
    """

    look: Callable[[Bytes], Found]
    broad: Callable[[Bytes], Sequence[int]]
    seams: Callable[[Bytes], Sequence[int]]
    torn: Sequence[bytes]
    by_chance: bytes
    begins: Callable[[bytes], bool]
    runs: Callable[[bytes, bool], Sequence[int]]
    has: Callable[[bytes], bool]
    may_begin: Callable[[bytes], bool]
    starts: Iterable[bytes]
    further_in: bytes

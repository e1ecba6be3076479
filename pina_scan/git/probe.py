"""What a reader of packs is told to look for, without knowing what it is."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from typing import NamedTuple

Bytes = bytes | bytearray


class Probe(NamedTuple):
    """Questions to bytes. Most take many entries end to end, and answers with offsets.

    `anywhere`   what makes an object interesting wherever it stands: in a whole object or in a delta's instructions
    `anchors`    the same for bytes that stand together in an object, though a delta has them apart
    `reach`      how many bytes on either side of such a place `anchors` needs
    `in_deltas`  what makes it worth while to read a delta's instructions, for `torn`
    `torn`       whether an insert that follows a copy, `delta[start:end]`, may go on with what the copy began
    `heads`      beginnings of whole objects that are interesting; `heads_in_deltas` where any of them stands
    """

    anywhere: Callable[[Bytes], Sequence[int]]
    anchors: Callable[[Bytes], Sequence[int]]
    reach: int
    in_deltas: Callable[[Bytes], Sequence[int]]
    torn: Callable[[bytes, int, int], bool]
    heads: tuple[bytes, ...]
    heads_in_deltas: Callable[[Bytes], Sequence[int]]

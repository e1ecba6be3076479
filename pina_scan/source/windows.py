"""Bytes of any length through one buffer that is used again and again."""
from __future__ import annotations

from pina_scan.blob import CONTEXT
from pina_scan.blob import Blob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from typing import BinaryIO

#: Large enough that the overlap costs little, small enough for a processor's second-level cache.
SIZE = 1 << 20
_OVERLAP = 2 * CONTEXT


def windows(
        readinto: Callable[[memoryview], int],
        buffer: bytearray,
        path: bytes,
        filled: int = 0,
        before: Callable[[int, int], Iterable[bytes]] | None = None,
        object: str | None = None,
        reopen: Callable[[], BinaryIO] | None = None,
        base: int = 0,
        low: int = 0,
        end: int | None = None,
) -> Iterator[Blob]:
    """The blobs of one thing: each anchor is some window's own, with CONTEXT bytes, or all there are, on either side.

    `filled` bytes of `buffer` have been read already. `readinto` returns 0 at the end. For a part of a thing it begins at
    `base`, `low` bytes before what is the part's own, which goes to `end`, counted from the beginning of the thing.
    """
    view = memoryview(buffer)
    while True:
        ended = False
        while filled < len(buffer) and not ended:
            got = readinto(view[filled:])
            filled += got
            ended = not got
        high = filled - CONTEXT if not ended else filled if end is None else end - base
        yield Blob(path, view[:filled], base, low, high, ended and end is None, before, object, reopen=reopen)
        if ended:
            return
        low = CONTEXT
        keep = filled - _OVERLAP
        view[:_OVERLAP] = view[keep:filled]
        base += keep
        filled = _OVERLAP

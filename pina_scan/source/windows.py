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
) -> Iterator[Blob]:
    """The blobs of one thing: each anchor is some window's own, with CONTEXT bytes, or all there are, on either side.

    `filled` bytes of `buffer` have been read already. `readinto` returns 0 at the end.
    """
    view = memoryview(buffer)
    base = 0
    while True:
        ended = False
        while filled < len(buffer) and not ended:
            got = readinto(view[filled:])
            filled += got
            ended = not got
        low = CONTEXT if base else 0
        high = filled if ended else filled - CONTEXT
        yield Blob(path, view[:filled], base, low, high, ended, before, object, reopen=reopen)
        if ended:
            return
        keep = filled - _OVERLAP
        view[:_OVERLAP] = view[keep:filled]
        base += keep
        filled = _OVERLAP

"""What sources hand to the pipeline.

Plain classes with slots, not NamedTuples: `typing` costs a third of a clean hook run.
"""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from typing import BinaryIO

#: Bytes on either side of an anchor that a reader, a join or a line may need. A window of a large file
#: carries this much of its neighbours, so that each anchor is met once with all its surroundings.
CONTEXT = 1 << 16
#: The reason where one thing has more findings than anybody reads, or a report can hold.
TOO_MANY = 'has more than %d findings: the rest is not told (limits.findings)'


class Blob:
    """One window of the bytes of one thing to scan: a file, an object, a message, standard input.

    `data`    the window; valid only until the source is asked for the next blob (the buffer is used again)
    `base`    where the window starts in the whole thing, in bytes
    `low`, `high`   the part of `data` whose anchors are this window's own; the rest belongs to its neighbours
    `last`    whether the window reaches the end
    `before`  gives the bytes from one offset to another again, in pieces, for the line number of a
              finding; None for a stream, which can't be read twice
    `reopen`  opens the whole thing again, seekable, while this blob is in hand; None where `data` is the whole
              of it, and for a stream
    `layers`  the containers that it was taken out of, from outside in
    `inside`  how much of `path` is the container's own, whose name has been looked at already
    """

    __slots__ = (
        'path', 'data', 'base', 'low', 'high', 'last', 'before', 'object', 'commit', 'reopen', 'layers', 'inside',
    )

    def __init__(
            self,
            path: bytes,
            data: bytes | bytearray | memoryview,
            base: int = 0,
            low: int = 0,
            high: int = -1,
            last: bool = True,
            before: Callable[[int, int], Iterable[bytes]] | None = None,
            object: str | None = None,
            commit: str | None = None,
            reopen: Callable[[], BinaryIO] | None = None,
            layers: tuple[str, ...] = (),
            inside: int = 0,
    ) -> None:
        self.path = path
        self.data = data
        self.base = base
        self.low = low
        self.high = len(data) if high < 0 else high
        self.last = last
        self.before = before
        self.object = object
        self.commit = commit
        self.reopen = reopen
        self.layers = layers
        self.inside = inside


class Unread:
    """Something that was asked for and could not be read in full; `reason` is a phrase for people."""

    __slots__ = ('path', 'reason', 'layers', 'inside')

    def __init__(self, path: bytes, reason: str, layers: tuple[str, ...] = (), inside: int = 0) -> None:
        self.path = path
        self.reason = reason
        self.layers = layers
        self.inside = inside

"""Where a text goes on repeating itself, what has been read once without finding anything isn't read again."""
from __future__ import annotations

from pina_scan.blob import CONTEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

    Hit = tuple[int, int, int]

#: Hits that are read between two looks at whether the text repeats itself.
_EVERY = 256
#: The longest period that is seen, and how much has to be the same for a closer look.
_PERIOD = _KEY = 1 << 12
#: How far a reader looks back from its anchor, at the most.
_BACK = 1 << 10
#: So much of it, and one period, is read without a result before the rest is left out.
_READ = 1 << 12
#: A token in three layers, and the largest refresh token in two, is shorter: what begins before is the same to its end.
_REACH = 1 << 15


def fresh(
        data: bytes, hits: Iterable[Hit], reached: Callable[[], int], is_over: Callable[[], bool],
) -> Iterator[Hit]:
    """`hits` without those in which a stretch only repeats what came to nothing; none are left when time `is_over`.

    `reached` says up to where there is a result of the hits before: it is asked while they are consumed.
    """
    count = behind = low = high = end = 0
    for hit in hits:
        start = hit[1]
        if start < behind:
            continue
        count += 1
        if count % _EVERY == 0:
            if is_over():
                return
            if start >= end:
                period, end = _stretch(data, start)
                low = start + _BACK
                high = low + period + _READ
        if high and start >= high:
            if start < end - _REACH and reached() <= low:
                behind = end - _REACH
                end = high = 0
                continue
            high = 0
        yield hit


def _stretch(data: bytes, start: int) -> tuple[int, int]:
    """The period of what begins at `start`, and how far it goes; `(0, start)` if it has none."""
    period = data.find(data[start:start + _KEY], start + 1, start + _KEY + _PERIOD + 1) - start
    if period < 0:
        return 0, start
    at = start
    step = CONTEXT
    while step:
        while at + period + step <= len(data) and data[at:at + step] == data[at + period:at + period + step]:
            at += step
        step //= 2
    return period, at + period

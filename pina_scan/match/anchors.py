"""The automata: two vectorised passes over raw bytes find every anchor."""
from __future__ import annotations

from ahocorasick_rs import BytesAhoCorasick
from ahocorasick_rs import MatchKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    #: (which anchor, where it starts, where it ends), in order of place
    Hit = tuple[int, int, int]
    Find = Callable[[bytes | bytearray | memoryview], list[Hit]]


#: A searcher compares as many bytes at first as its shortest anchor has: those of three would make all others slow.
_SHORT = 3


def build(anchors: Sequence[bytes]) -> Find:
    """Finds every anchor; one that is short is found inside a longer one too."""
    long, short = (
        [number for number, anchor in enumerate(anchors) if (len(anchor) <= _SHORT) == is_short]
        for is_short in (False, True)
    )
    find_long = _searcher([anchors[number] for number in long])
    find_short = _searcher([anchors[number] for number in short])

    def find(data: bytes | bytearray | memoryview) -> list[Hit]:
        found = find_long(data)
        others = find_short(data)
        if not found and not others:
            return found
        hits = [(long[number], start, end) for number, start, end in found]
        hits.extend((short[number], start, end) for number, start, end in others)
        hits.sort(key=_place)
        return hits
    return find


def _place(hit: Hit) -> tuple[int, int]:
    return hit[1], hit[0]


def _searcher(anchors: list[bytes]) -> Find:
    # LeftmostFirst turns on the vectorised searcher: ten times as fast as Standard, the default
    find: Find = BytesAhoCorasick(anchors, matchkind=MatchKind.LeftmostFirst).find_matches_as_indexes
    return find

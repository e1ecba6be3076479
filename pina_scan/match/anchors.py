"""The automaton: one vectorised pass over raw bytes finds every anchor."""
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


def build(anchors: Sequence[bytes]) -> Find:
    # LeftmostFirst turns on the vectorised searcher: ten times as fast as Standard, the default
    find: Find = BytesAhoCorasick(list(anchors), matchkind=MatchKind.LeftmostFirst).find_matches_as_indexes
    return find

"""The automata: some vectorised passes over raw bytes find every anchor."""
from __future__ import annotations

from ahocorasick_rs import BytesAhoCorasick
from ahocorasick_rs import MatchKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    #: (which anchor, where it starts, where it ends), in order of place
    Hit = tuple[int, int, int]
    Find = Callable[[bytes | bytearray | memoryview], Sequence[Hit]]


#: A searcher compares as many bytes at first as its shortest anchor has: those of three would make all others slow.
_SHORT = 3
#: From 33 patterns on it takes another way, which is slower than two searchers; one more than 64, and it is ten times as
#: slow. Below that the fewer the faster, and the short ones need more room. Those side by side in the order of their third
#: byte, then their second, are told from other text soonest: a tenth faster and more than dealt out like cards.
_MOST_LONG = 32
_MOST_SHORT = 22
#: To load what sorts faster takes as long as to sort a thousand.
_FEW = 1000


def groups(anchors: Sequence[bytes]) -> list[list[int]]:
    """The numbers of the anchors that go into one searcher each."""
    in_order = sorted(range(len(anchors)), key=lambda number: anchors[number][2::-1])
    made: list[list[int]] = []
    for is_short, most in ((False, _MOST_LONG), (True, _MOST_SHORT)):
        numbers = [number for number in in_order if (len(anchors[number]) <= _SHORT) == is_short]
        size = -(-len(numbers) // -(-len(numbers) // most)) if numbers else 1
        made.extend(numbers[at:at + size] for at in range(0, len(numbers), size))
    return made


def build(anchors: Sequence[bytes], much: bool = False) -> Find:
    """Finds every anchor; one is found inside another where they are in different searchers.

    `much`: some ten megabytes or thousands of files will be looked through, so that a database pays, where there can be one.
    """
    if much:
        from pina_scan.match import database
        found = database.build(anchors)
        if found is not None:
            return found
    searchers = [(_searcher([anchors[number] for number in numbers]), numbers) for numbers in groups(anchors)]

    def find(data: bytes | bytearray | memoryview) -> Sequence[Hit]:
        hits: list[Hit] = []
        for search, numbers in searchers:
            found = search(data)
            if found:
                hits.extend([(numbers[number], start, end) for number, start, end in found])
        put_in_order(hits)
        return hits
    return find


def put_in_order(hits: list[Hit]) -> None:
    """By place, then by anchor."""
    if len(hits) > _FEW:
        from operator import itemgetter
        hits.sort(key=itemgetter(1, 0))
    elif len(hits) > 1:
        hits.sort(key=_place)


def _place(hit: Hit) -> tuple[int, int]:
    return hit[1], hit[0]


def _searcher(anchors: list[bytes]) -> Find:
    # LeftmostFirst turns on the vectorised searcher: ten times as fast as Standard, the default
    find: Find = BytesAhoCorasick(anchors, matchkind=MatchKind.LeftmostFirst).find_matches_as_indexes
    return find

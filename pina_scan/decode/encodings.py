"""The table of encodings: what gives each away in raw bytes, and who reads on from there.

Plain tuples and strings only: the table is loaded by every run, the readers only by a run that met their anchor.
The order is the order of preference where two anchors start at the same byte (LeftmostFirst). The vectorised
searcher takes 64 patterns; one more and it is ten times slower.
"""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from pina_scan.records import Decoded

    Reader = Callable[[bytes, int, int], Iterator[Decoded]]

#: name of the layer, anchors, and the module whose `read` makes Decoded text of what stands around a hit;
#: a token that stands as it is needs none
ENCODINGS: tuple[tuple[str, tuple[bytes, ...], str], ...] = (
    ('', (b'pina_', b'pinr.'), ''),
    ('utf-16', (b'p\0i\0n\0a\0_', b'p\0i\0n\0r\0.'), 'pina_scan.decode.wide'),
    ('utf-32', (b'p\0\0\0i\0\0\0n\0\0\0a\0\0\0_', b'p\0\0\0i\0\0\0n\0\0\0r\0\0\0.'), 'pina_scan.decode.wide'),
)

#: every anchor, in order; the automaton's pattern numbers are indexes of this
ANCHORS: tuple[bytes, ...] = tuple(anchor for _, anchors, _ in ENCODINGS for anchor in anchors)

_ROWS = tuple(row for row, (_, anchors, _) in enumerate(ENCODINGS) for _ in anchors)


def is_plain(pattern: int) -> bool:
    return not ENCODINGS[_ROWS[pattern]][2]


def reader(pattern: int) -> Reader:
    """What reads on from a hit of that anchor."""
    module = ENCODINGS[_ROWS[pattern]][2]
    read: Reader = __import__(module, fromlist=['read']).read
    return read

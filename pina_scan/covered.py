"""Which stretches of a text its anchors have had read already: what has been read once is not read again."""
from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.decode import encodings
from pina_scan.decode.offsets import Grouped
from pina_scan.decode.offsets import in_step
from pina_scan.decode.unescape import layer
from pina_scan.records import Decoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.match.anchors import Hit

#: A token in three layers, wrapped and marked, is shorter.
_TOKEN = 4096


class _Reading(NamedTuple):
    """A stretch that an anchor at `start` had read. Hits of the same anchor before `end` are in it, if in step."""

    start: int
    end: int
    offsets: Sequence[int]


class Covered:
    """Of one text, whose hits are asked about in order of place."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._readings: dict[int, list[_Reading]] = {}
        self._layers = 0
        #: up to where the text has been read with an escape less
        self._peeled = 0

    def has(self, pattern: int, start: int) -> bool:
        """Whether a reading that an anchor led to before has what one at `start` leads to."""
        known = self._readings.get(pattern)
        if not known:
            return False
        known = self._readings[pattern] = [reading for reading in known if reading.end > start]
        return any(in_step(reading.offsets, reading.start, start) for reading in known)

    def read(self, hit: Hit) -> Iterator[Decoded]:
        """What the anchor's reader makes of it; if that is nothing, what stands around it without escapes."""
        pattern, start, end = hit
        decoded = None
        for decoded in encodings.reader(pattern)(self._data, start, end):
            self._readings.setdefault(pattern, []).append(_Reading(start, _end(decoded), decoded.offsets))
            yield decoded
        if decoded is not None or start < self._peeled or not encodings.is_escapes(pattern):
            return
        # without its escapes the text says nothing of what has none
        decoded = layer(self._data, start, end, self._layers)
        if decoded is not None:
            self._layers += 1
            self._peeled = decoded.offsets[-1] if decoded.offsets[-1] == len(self._data) else _end(decoded)
            if decoded.via:
                yield decoded


def _end(decoded: Decoded) -> int:
    """Up to where a reading has all of a token that begins there: from there on it is read again."""
    text, offsets, _ = decoded
    if len(text) < _TOKEN and isinstance(offsets, (Grouped, range)):
        # shorter than any limit: it ended because there is no more
        return offsets[len(text)]
    return offsets[max(len(text) // 2, len(text) - _TOKEN)]

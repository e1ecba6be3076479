"""Containers in base64: a mail's attachments, data URIs, Helm's releases, secrets. RFC 4648; RFC 2045, 6.8.

The magic of a container stands at its beginning, so that is where the base64 begins too, at the one alignment.
"""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from pina_scan.decode import base64_runs
from pina_scan.decode import leads
from pina_scan.decode.carried_magics import before
from pina_scan.records import Decoded

#: More than any window has: the whole run is read.
_MOST = 1 << 40
#: How much of a piece is left for the next one: a gap between two lines, with the marks of a mail before each.
_GAP = 1 << 10


#: So much tells whether the lines begin with marks.
_LINES = 1 << 12


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    """One reading: with marks before the lines if most have one, the first too, since base64 may have such signs there."""
    begin = start - before(data[start:end])
    readings = list(base64_runs.decoded(data, begin, most=_MOST))
    if len(readings) > 1:
        behind = min(begin + _LINES, readings[1].offsets[-1])
        marked = base64_runs.marked(data, begin, behind)
        # a line's end may also be written as one
        lines = max(data.count(b'\n', begin, behind), data.count(b'\r', begin, behind)) + data.count(b'\\n', begin, behind)
        if data[leads.line_start(data, begin):begin].strip() and 2 * marked > lines:
            readings.reverse()
    yield from readings[:1]


def rest(pieces: Iterable[bytes]) -> bytes:
    """What the run decodes to that the pieces begin with."""
    found = []
    left = b''
    for piece in pieces:
        data = left + piece
        characters, end = base64_runs.characters(data)
        found.append(characters)
        left = data[end:]
        if len(left) > _GAP:
            break
    return base64_runs.bytes_of(b''.join(found))

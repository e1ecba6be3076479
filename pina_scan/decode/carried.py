"""Containers in base64: a mail's attachments, data URIs, Helm's releases, secrets. RFC 4648; RFC 2045, 6.8.

The magic of a container stands at its beginning, so that is where the base64 begins too, at the one alignment.
"""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from pina_scan.decode import base64_runs
from pina_scan.decode.glance import carried
from pina_scan.records import Decoded

#: More than any window has: the whole run is read.
_MOST = 1 << 40
#: How much of a piece is left for the next one: a gap between two lines, with the marks of a mail before each.
_GAP = 1 << 10


#: The least that a mail or a patch has of lines to tell whether each one begins with a mark.
_LINES = 1 << 12


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    """One reading: with marks before the lines if all have one, since base64 may have the same signs there."""
    begin = start - carried(data[start:end])
    readings = list(base64_runs.decoded(data, begin, most=_MOST))
    if readings:
        behind = min(begin + _LINES, readings[-1].offsets[-1])
        lines = data.count(b'\n', begin, behind)
        marked = base64_runs.marked(data, begin, behind)
        yield readings[-1 if marked >= lines else 0]


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

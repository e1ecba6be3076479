"""Containers in base64: a mail's attachments, data URIs, Helm's releases, secrets. RFC 4648; RFC 2045, 6.8.

The magic of a container stands at its beginning, so that is where the base64 begins too, at the one alignment.
"""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from pina_scan.decode import base64_runs
from pina_scan.decode import leads
from pina_scan.decode.carried_magics import ZLIB_ANCHORS
from pina_scan.decode.carried_magics import before
from pina_scan.decode.deflate import ERRORS
from pina_scan.decode.deflate import ZLIB
from pina_scan.decode.deflate import Inflate
from pina_scan.records import Decoded

#: More than any window has: the whole run is read.
_MOST = 1 << 40
#: How much of a piece is left for the next one: a gap between two lines, with the marks of a mail before each.
_GAP = 1 << 10


#: zlib's beginning is so short that lines of any base64 begin with it by chance. So much of a run tells whether it is one,
#: and so many bytes come out of it at least before it breaks, if it does: a token takes more however it is written.
_PROOF = 1 << 12
_LEAST = 60
#: So much tells whether the lines begin with marks.
_LINES = 1 << 12


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    """One reading: with marks before the lines if most have one, the first too, since base64 may have such signs there."""
    anchor = data[start:end]
    begin = start - before(anchor)
    if anchor in ZLIB_ANCHORS and not _inflates(data, begin):
        return
    readings = list(base64_runs.decoded(data, begin, most=_MOST))
    if len(readings) > 1:
        behind = min(begin + _LINES, readings[1].offsets[-1])
        marked = base64_runs.marked(data, begin, behind)
        # a line's end may also be written as one
        lines = max(data.count(b'\n', begin, behind), data.count(b'\r', begin, behind)) + data.count(b'\\n', begin, behind)
        if data[leads.line_start(data, begin):begin].strip() and 2 * marked > lines:
            readings.reverse()
    yield from readings[:1]


def _inflates(data: bytes, begin: int) -> bool:
    """Whether any of the readings of a run's beginning is a zlib stream, as far as it goes."""
    return any(_is_zlib(reading.text) for reading in base64_runs.decoded(data, begin, most=_PROOF))


def _is_zlib(stream: bytes) -> bool:
    machine = Inflate(ZLIB)
    try:
        made = machine.decompress(stream, _LEAST)
    except ERRORS:
        return False
    return len(made) == _LEAST or machine.eof or machine.needs_input


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

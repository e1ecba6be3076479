"""Line and column of a byte, as an editor shows them.

A line ends at LF, CR LF or CR. Columns count characters: of UTF-8 where the line is UTF-8, of UTF-16 or UTF-32 where
that is what the text around is, else one a byte, which is what an editor shows of Latin-1.
"""
from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from pina_scan.blob import Blob
from pina_scan.records import Position

_PIECE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF32_LE, 'utf-32-le'), (codecs.BOM_UTF32_BE, 'utf-32-be'),
    (codecs.BOM_UTF16_LE, 'utf-16-le'), (codecs.BOM_UTF16_BE, 'utf-16-be'),
    (codecs.BOM_UTF8, 'utf-8'),
)
_LINE_END = re.compile('\r\n|\n|\r')
_UNIT = {'utf-16': 2, 'utf-32': 4}


def charset(head: bytes, offset: int, via: str) -> tuple[str, int]:
    """How the text around `offset` is written, and the length of its byte order mark.

    `head` is the beginning of the whole thing, `via` the outermost layer of what was found there.
    """
    unit = _UNIT.get(via, 1)
    for bom, name in _BOMS:
        if head.startswith(bom) and _UNIT.get(name[:6], 1) == unit:
            return name, len(bom)
    if unit == 1:
        return 'utf-8', 0
    # No mark: an ASCII character's own byte stands first in its unit in little endian, last in big endian.
    return f'{via}-{"le" if offset % unit == 0 else "be"}', 0


class Tally:
    """Counts lines and characters of bytes that are fed to it piece by piece."""

    def __init__(self, name: str = 'utf-8', skip: int = 0) -> None:
        self.name = name
        self.skip = skip
        self.lines = 0
        self.characters = 0
        self._begun = b''
        self._ended_in_cr = False
        self._decoder = codecs.getincrementaldecoder(name)('replace') if name != 'utf-8' else None

    def feed(self, data: bytes) -> None:
        if self.skip:
            cut = min(self.skip, len(data))
            self.skip -= cut
            data = data[cut:]
        if self._decoder is not None:
            self._feed_text(self._decoder.decode(data))
            return
        if not data:
            return
        ends = data.count(b'\n')
        # most text has none, and to look for one is ten times as fast as to count
        returns = b'\r' in data
        if returns:
            ends += data.count(b'\r') - data.count(b'\r\n')
        if self._ended_in_cr and data[:1] == b'\n':
            ends -= 1
        self._ended_in_cr = data[-1:] == b'\r'
        self.lines += ends
        last = max(data.rfind(b'\n'), data.rfind(b'\r') if returns else -1)
        if last >= 0:
            self.characters = 0
            self._begun = b''
        self._count(self._begun + data[last + 1:])

    def _count(self, line: bytes) -> None:
        cut = len(line) - _begun_at_end(line)
        self._begun = line[cut:]
        try:
            self.characters += len(line[:cut].decode())
        except UnicodeDecodeError:
            # what isn't UTF-8 is a character a byte; in a long piece, so is all of it: telling them apart is slow
            self.characters += cut if cut > _PIECE else len(line[:cut].decode('utf-8', 'surrogateescape'))

    def _feed_text(self, text: str) -> None:
        if self._ended_in_cr and text[:1] == '\n':
            self.lines -= 1
        if text:
            self._ended_in_cr = text[-1] == '\r'
        ends = list(_LINE_END.finditer(text))
        self.lines += len(ends)
        self.characters = len(text) - ends[-1].end() if ends else self.characters + len(text)

    def copy(self) -> Tally:
        new = Tally(self.name, self.skip)
        new.lines, new.characters = self.lines, self.characters
        new._begun, new._ended_in_cr = self._begun, self._ended_in_cr
        if new._decoder is not None and self._decoder is not None:
            new._decoder.setstate(self._decoder.getstate())
        return new

    def position(self) -> Position:
        """Where the next byte stands."""
        return Position(self.lines + 1, self.characters + len(self._begun.decode('utf-8', 'surrogateescape')) + 1)


def _begun_at_end(line: bytes) -> int:
    """How many bytes at the end are the beginning of a UTF-8 character that isn't there in full (RFC 3629)."""
    for back in range(1, min(4, len(line) + 1)):
        byte = line[-back]
        if byte & 0xC0 == 0xC0:
            return back if back < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else 0
        if byte < 0x80:
            return 0
    return 0


class Locator:
    """Positions in one thing, asked for in order of place: what was counted once is not counted again.

    One is kept for all the windows of a large file, and is fed the windows of a stream, which can't be read twice.
    """

    def __init__(self, blob: Blob) -> None:
        self.path = blob.path
        self.object = blob.object
        self.head = b''
        self._tallies: dict[str, tuple[Tally, int]] = {}

    def covers(self, blob: Blob) -> bool:
        return blob.base > 0 and blob.path == self.path and blob.object == self.object

    def feed(self, blob: Blob) -> None:
        """Counts a window of a stream up to where the next window's own part begins."""
        self._advance(blob, blob.high, '')

    def locate(self, blob: Blob, start: int, end: int, via: str) -> tuple[Position, Position]:
        """The first character of `blob.data[start:end]`, and the place behind its last."""
        tally = self._advance(blob, start, via)
        behind = tally.copy()
        behind.feed(bytes(blob.data[start:end]))
        return tally.position(), behind.position()

    def _advance(self, blob: Blob, offset: int, via: str) -> Tally:
        if not self.head:
            self.head = bytes(blob.data[:4]) if blob.base == 0 else b''.join(_before(blob, 0, 4))
        name, mark = charset(self.head, blob.base + offset, via)
        tally, at = self._tallies.get(name) or (Tally(name, mark), 0)
        if at > blob.base + offset:
            tally, at = Tally(name, mark), 0
        if at < blob.base:
            for piece in _before(blob, at, blob.base):
                tally.feed(piece)
            at = blob.base
        tally.feed(bytes(blob.data[at - blob.base:offset]))
        self._tallies[name] = (tally, blob.base + offset)
        return tally


def _before(blob: Blob, start: int, end: int) -> Iterable[bytes]:
    return blob.before(start, end) if blob.before is not None else ()

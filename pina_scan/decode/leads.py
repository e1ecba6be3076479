"""What a line has before its piece of a token, where that is no mark that `gaps` knows: a border, a line number, a name.

A terminal, a pager or a log puts the same before each line. So what stands before the next piece has to be what stood
before the last one, digits aside, or blanks instead of its words.
"""
from __future__ import annotations

from pina_scan.decode.patterns import compiled

_MOST = 80
#: What a border or an editor leaves at the end of a line, and the line's end.
_TAIL = compiled(rb'[^A-Za-z0-9\r\n]{0,80}+(?:\r\n?|\n|#012)')
_LEAD = compiled(
    rb'(?:(?![A-Z2-7]{6})[^\r\n]){0,80}?(?=[A-Z2-7]{6})'
    rb'|(?:(?![A-Z2-7]{6})[^\r\n]){1,80}?(?<=[^A-Za-z0-9])(?=[A-Z2-7]{1,5}(?:[^A-Za-z0-9]|$))',
)
_RUN = compiled(rb'[A-Z2-7]{6}')
_EOL = compiled(rb'\r\n?|\n')
_LEAST = 6
_LINE = 400
_OPENS = b' \t"\'`('
_DIGITS = bytes(b'0'[0] if c in b'0123456789' else c for c in range(256))
_WORDS = bytes(b' '[0] if chr(c).isalnum() and c < 128 or c == b'.'[0] else c for c in range(256))


def line_start(data: bytes, at: int) -> int:
    """Where the line of `at` begins, if it is near."""
    least = max(0, at - 2 * _MOST)
    return max(data.rfind(b'\n', least, at) + 1, data.rfind(b'\r', least, at) + 1, least)


def _before(data: bytes, begin: int, end: int) -> bytes:
    return data[begin:end].removeprefix(b'\xef\xbb\xbf')


def _numbered(lead: bytes) -> bytes:
    """Any number as one digit: the next line's may be longer."""
    lead = lead.translate(_DIGITS)
    while b'00' in lead:
        lead = lead.replace(b'00', b'0')
    return lead


def alike(one: bytes, other: bytes) -> bool:
    """Whether `other` is what the line before began with, or a part of it, from the beginning on."""
    if not other or other.isspace():
        return True
    # a literal of its own in each line, with a name before the first: what grep, blame and a pager print of code
    bare = other.rstrip(_OPENS)
    if _numbered(one).startswith((_numbered(other), _numbered(bare) if bare else other)):
        return True
    shape = other.translate(_WORDS)
    return not shape.isspace() and one.translate(_WORDS).startswith(shape)


def over(data: bytes, piece: int, at: int, limit: int, first: bool) -> int | None:
    """Where the next piece begins, if a line ends at `at` whose piece began at `piece`, and the next one begins alike."""
    tail = _TAIL.match(data, at, limit)
    if tail is None or first and _RUN.search(data, tail.end(), tail.end() + _MOST + _LEAST) is None:
        return None
    before = _before(data, line_start(data, piece), piece)
    if b'pina_' in before:
        # a list of its own in each line
        return None
    if before and not before.isspace() and _same(data, tail.end(), before):
        return tail.end() + len(before)
    lead = _LEAD.match(data, tail.end(), limit)
    if lead is None:
        return None
    return lead.end() if alike(before, lead.group()) else None


def of_run(data: bytes, start: int, alphabet: bytes) -> bytes:
    """What the line of `start` has before the run of an alphabet that `start` is in, if the next line has it too."""
    begin = line_start(data, start)
    lead = _before(data, begin, start).rstrip(alphabet)
    if lead.isspace() or not lead or len(lead) > _MOST:
        return b''
    end = _EOL.search(data, start, start + _LINE)
    return lead if end is not None and _same(data, end.end(), lead) else b''


def behind(data: bytes, at: int, lead: bytes) -> int:
    """Behind the end of a line and the lead of the next one, if that is what stands at `at`."""
    end = _EOL.match(data, at)
    return end.end() + len(lead) if end is not None and _same(data, end.end(), lead) else at


def _same(data: bytes, at: int, lead: bytes) -> bool:
    return data[at:at + len(lead)].translate(_DIGITS) == lead.translate(_DIGITS)


def alike_ahead(data: bytes, start: int, at: int, limit: int) -> bool:
    """Whether the line after the one at `start` may have what that one has before its piece."""
    end = _EOL.search(data, at, min(limit, at + _LINE))
    before = _before(data, line_start(data, start), start) if end is not None else b''
    if end is None or not before:
        return False
    return data[end.end():end.end() + len(before)].translate(_DIGITS)[:1] == before.translate(_DIGITS)[:1]

"""A run of an alphabet that is wrapped, quoted or behind marks: its characters, and where each stands."""
from __future__ import annotations

import regex

from pina_scan.decode.gaps import CONCAT
from pina_scan.decode.gaps import INVISIBLE
from pina_scan.decode.gaps import MARKED_WRAP
from pina_scan.decode.gaps import PLAIN_WRAP

#: Characters read in one go: a token in three layers, and what a reader of the next layer needs around it.
STRETCH = 1 << 13


def pattern(alphabet: bytes, escapes: bytes = b'', between: bytes = b'', marked: bool = False) -> regex.Pattern[bytes]:
    """Matches the next part of a run: `run`, one character `escaped`, or what stands between.

    `marked` takes the signs at the beginning of a patch's lines, and the slashes of a comment, for no part of the run.
    """
    ways = [b'(?P<run>' + alphabet + b'++)', b'(?:' + INVISIBLE + b')++', PLAIN_WRAP, CONCAT]
    if marked:
        ways.insert(0, MARKED_WRAP)
    if escapes:
        ways.insert(0, b'(?P<escaped>' + escapes + b')')
    if between:
        ways.append(between)
    return regex.compile(b'|'.join(ways))


def gather(data: bytes, start: int, part: regex.Pattern[bytes], most: int = STRETCH) -> tuple[bytes, list[int]]:
    """Up to `most` characters from `start` on; an offset for each, and one past the end."""
    from pina_scan.decode.escapes import unescape

    characters = bytearray()
    offsets: list[int] = []
    end = at = start
    while len(characters) < most:
        found = part.match(data, at)
        if found is None:
            break
        at = found.end()
        if found.lastgroup == 'run':
            characters += found.group()
            offsets.extend(range(found.start(), at))
            end = at
        elif found.lastgroup == 'escaped':
            characters += unescape(found.group())[0][-1:] if found.group()[:2] != b'\\/' else b'/'
            offsets.append(found.start())
            end = at
    del characters[most:], offsets[most:]
    offsets.append(end if len(offsets) < most else offsets[-1] + 1)
    return bytes(characters), offsets


def places_from(data: bytes, places: list[int], before: int, alphabet: frozenset[int]) -> list[int]:
    """`places` with as many in front as the group has characters before the anchor, where they can be seen."""
    start = places[0]
    return [start - i if start >= i and data[start - i] in alphabet else start for i in range(before, 0, -1)] + places

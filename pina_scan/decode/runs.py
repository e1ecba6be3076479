"""A run of an alphabet that is wrapped, quoted or behind marks: its characters, and where each stands."""
from __future__ import annotations

import re

from pina_scan.decode import leads
from pina_scan.decode.escapes import unescape
from pina_scan.decode.gaps import CONCAT
from pina_scan.decode.gaps import MARKED_WRAP
from pina_scan.decode.gaps import PLAIN_WRAP
from pina_scan.decode.gaps import UNSEEN
from pina_scan.decode.offsets import Stretches
from pina_scan.decode.patterns import compiled

#: Characters read in one go: the more, the less often a long run is read twice.
STRETCH = 1 << 15


def pattern(alphabet: bytes, escapes: bytes = b'', between: bytes = b'', marked: bool = False) -> re.Pattern[bytes]:
    """Matches the next part of a run: `run`, one character `escaped`, or what stands between.

    `marked` takes the signs at the beginning of a patch's lines, and the slashes of a comment, for no part of the run.
    """
    ways = [b'(?P<run>' + alphabet + b'++)', b'(?:' + UNSEEN + b')++', PLAIN_WRAP, CONCAT]
    if marked:
        ways.insert(0, MARKED_WRAP)
    if escapes:
        ways.insert(0, b'(?P<escaped>' + escapes + b')')
    if between:
        ways.append(between)
    return compiled(b'|'.join(ways))


def gather(
        data: bytes, start: int, part: re.Pattern[bytes], most: int = STRETCH, lead: bytes = b'',
) -> tuple[bytes, Stretches]:
    """Up to `most` characters from `start` on, and where they stand. `lead` is what each line begins with."""
    characters = bytearray()
    indexes: list[int] = []
    places: list[int] = []
    end = at = start
    while len(characters) < most:
        if lead:
            at = leads.behind(data, at, lead)
        found = part.match(data, at, at + most)
        if found is None:
            break
        at = found.end()
        if found.lastgroup is None:
            continue
        indexes.append(len(characters))
        places.append(found.start())
        characters += found.group() if found.lastgroup == 'run' else _unescape(found.group())
        end = at
    return bytes(characters), Stretches(indexes, places, len(characters), end)


def _unescape(escape: bytes) -> bytes:
    return escape[1:] if escape.startswith(b'\\/') else unescape(escape)[0]

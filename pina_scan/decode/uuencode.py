"""uuencode (POSIX, uuencode): a line for the name, then lines that each say how many bytes they have."""
from __future__ import annotations

import binascii
from collections.abc import Iterator

from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded

_NAME = compiled(rb'begin [0-7]{3,4} [^\r\n]{1,255}+(?:\r?\n|\\n)')
_LINE = compiled(rb'(?P<text>[!-`][ -`]{1,84}+)[ \t]{0,8}+(?:\r?\n|\\n|$)')
_MOST = 1 << 22


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    found = _NAME.match(data, start)
    if found is None:
        return
    text = bytearray()
    places: list[int] = []
    while len(text) < _MOST:
        found = _LINE.match(data, found.end())
        if found is None:
            break
        line = found['text']
        count = line[0] - 32 & 63
        # blanks at its end may be gone
        try:
            text += binascii.a2b_uu(line[:1] + line[1:].ljust(-(-count // 3) * 4))
        except binascii.Error:
            break
        begin = found.start('text') + 1
        places += [begin + at * 4 // 3 for at in range(count)]
    if places:
        yield Decoded(bytes(text), [*places, places[-1] + 1], ('uuencode',))

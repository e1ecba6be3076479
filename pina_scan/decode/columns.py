"""`od -c` (POSIX) and `hexdump -c`: a character in each column of four, behind the address."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded

_ROW = compiled(rb'[0-9A-Fa-f]{6,8}(?P<columns>(?:[ ]{3}[!-~]|[ ]{2}[^\s]{2}|[ ][^\s]{3}|[ ]{4}){1,64}+)[ ]{0,64}+\r?\n')
_BACK = 240
_LEAST = 80
_LINES = 1 << 8


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    """From the line before the hit's: the beginning of the prefix may be there."""
    text = bytearray()
    places: list[int] = []
    line = data.rfind(b'\n', max(0, data.rfind(b'\n', 0, start) - _BACK), max(0, data.rfind(b'\n', 0, start))) + 1
    for _ in range(_LINES):
        found = _ROW.match(data, line)
        if found is None:
            break
        for at in range(found.start('columns'), found.end('columns'), 4):
            sign = data[at:at + 4].strip()
            # an escape or a code is no character of a token
            text += sign if len(sign) == 1 else b'\0'
            places.append(at + 3)
        line = found.end()
    if len(text) >= _LEAST:
        yield Decoded(bytes(text), [*places, places[-1] + 1], ('columns',))

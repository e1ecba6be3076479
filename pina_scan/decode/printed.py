"""A compressed stream as a language prints bytes: what can be seen as it is, all else in escapes, between quotation marks."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded

_SIGN = compiled(
    rb'\\(?:x(?P<hex>[0-9A-Fa-f]{2})|u00(?P<u>[0-9A-Fa-f]{2})|(?P<octal>[0-3]?[0-7]{1,2})|(?P<name>[abfnrtv])|(?P<sign>["\'\\`]))'
    rb'|(?P<plain>[^\\\r\n])',
)
_NAMES = {b'a': 7, b'b': 8, b'f': 12, b'n': 10, b'r': 13, b't': 9, b'v': 11}
_BASES = {'hex': 16, 'u': 16, 'octal': 8}
_MOST = 1 << 22


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    begin = at = start - data.startswith((b'x1f', b'xfd'), start)
    quote = data[begin - 1:begin]
    text = bytearray()
    places: list[int] = []
    while len(text) < _MOST:
        found = _SIGN.match(data, at)
        kind = str(found.lastgroup) if found is not None else ''
        # without quotation marks it ends with the last escape
        if found is None or kind == 'plain' and (found.group() == quote or quote not in (b'"', b"'", b'`')):
            break
        places.append(at)
        at = found.end()
        sign = found[kind]
        text.append(int(sign, _BASES[kind]) & 0xFF if kind in _BASES else _NAMES[sign] if kind == 'name' else sign[0])
    if places:
        yield Decoded(bytes(text), [*places, at], ('backslash',))

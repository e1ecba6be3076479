"""Hexadecimal digits side by side, wrapped or in groups."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode import hex_records
from pina_scan.decode.leads import line_start
from pina_scan.decode.offsets import Grouped
from pina_scan.decode.patterns import compiled
from pina_scan.decode.runs import gather
from pina_scan.decode.runs import pattern
from pina_scan.records import Decoded
from pina_scan.token import ACCESS

_PAIRS = pattern(rb'[0-9A-Fa-f]', between=rb'[ \t:]{1,4}+')
_P = compiled(rb'70')
_PREFIX = ACCESS.hex().encode()
#: The end of the prefix alone.
_ENDS = (b'6e615f', b'6E615F', b'6970616')
_WIDE = b'70006900'
#: Anchors, and what their digits are then of: the prefix, and it in base64 and in hexadecimal.
BEGINS = {
    b'70696': (b'pin',), b'63476': (b'cGlu',), b'42706': (b'Bpbm',), b'776157': (b'waW5',), b'37303': (b'70696e', b'70696E'),
}
_SOME = 12
#: Of SHA-256 it has 64.
_LONG = 80
_HEX_DIGITS = b'0123456789abcdefABCDEF'
_BACK = 120
_FAR = 1 << 12


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    anchor = data[start:end]
    line = line_start(data, start)
    if data[line:line + 1] in (b':', b'S'):
        yield from hex_records.read(data, start)
    yield from _run(data, _run_start(data, start) if anchor in _ENDS else start)
    if anchor == _WIDE:
        yield from _big_endian(data, start)


def begins(data: bytes, start: int, end: int) -> bool:
    """Whether what one of BEGINS says goes on as the prefix does, as far as there are digits; or so long that it may be
    anything in hexadecimal: no object's id is."""
    if data[line_start(data, start)] in b':S':
        # records have more than digits of the text between two lines
        return True
    digits, _ = gather(data, start, _PAIRS, _LONG)
    if len(digits) >= _LONG:
        return True
    text = bytes.fromhex(digits[:min(len(digits) // 2 * 2, _SOME)].decode('ascii'))
    return any(text.startswith(one[:len(text)]) for one in BEGINS[data[start:end]])


def _run_start(data: bytes, start: int) -> int:
    """Where the prefix begins whose end is at `start`, on the other side of a line's end."""
    for found in _P.finditer(data, max(0, start - _BACK), start):
        characters, places = gather(data, found.start(), _PAIRS, 2 * len(ACCESS))
        if characters[:len(_PREFIX)].lower() == _PREFIX and places[2 * len(ACCESS) - 1] > start:
            return found.start()
    return start


def _run(data: bytes, start: int) -> Iterator[Decoded]:
    characters, places = gather(data, start, _PAIRS)
    text = bytes.fromhex(characters[:len(characters) // 2 * 2].decode('ascii'))
    yield Decoded(text, Grouped(places, len(text), 2, 1, 0), ('hex',))


def _big_endian(data: bytes, start: int) -> Iterator[Decoded]:
    """UTF-16 whose first character has its zero before it: it begins there."""
    left = data[max(0, start - _FAR):start]
    digits = len(left) - len(left.rstrip(_HEX_DIGITS))
    if digits % 4 != 2 or not data.startswith(b'00', start - 2):
        return
    characters, places = gather(data, start - 2, _PAIRS)
    units = bytes.fromhex(characters[:len(characters) // 4 * 4].decode('ascii'))
    text = bytes(0 if high else low for high, low in zip(units[::2], units[1::2]))
    yield Decoded(text, Grouped(places, len(text), 4, 1, 0), ('hex', 'utf-16'))

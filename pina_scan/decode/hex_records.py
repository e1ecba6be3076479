"""Intel HEX and Motorola S-records: bytes in lines, each with its own length, address and sum around them."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.leads import line_start
from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded

_SUM = rb'[0-9A-Fa-f]{2}[ \t]{0,8}+(?:\r?\n|$)'
_INTEL = compiled(rb':[0-9A-Fa-f]{6}(?P<kind>[0-9A-Fa-f]{2})(?P<bytes>(?:[0-9A-Fa-f]{2}){0,255}?)' + _SUM)
_MOTOROLA = compiled(rb'S(?P<kind>[0-9])[0-9A-Fa-f]{2}(?P<bytes>(?:[0-9A-Fa-f]{2}){1,255}?)' + _SUM)
#: How many bytes of an S-record are the address, by its kind.
_ADDRESS = {b'1': 2, b'2': 3, b'3': 4}
_LINES = 256


def read(data: bytes, start: int) -> Iterator[Decoded]:
    """From the record before the one at `start`: the prefix may begin in it."""
    begin = line_start(data, start)
    before = line_start(data, max(0, begin - 1))
    pattern, name = (_INTEL, 'intel-hex') if data[begin:begin + 1] == b':' else (_MOTOROLA, 'srec')
    if pattern.match(data, begin) is None:
        return
    at = before if pattern.match(data, before) is not None else begin
    text = bytearray()
    places: list[int] = []
    for _ in range(_LINES):
        record = pattern.match(data, at)
        if record is None:
            break
        at = record.end()
        digits, first = record['bytes'], record.start('bytes')
        if name == 'srec':
            skip = 2 * _ADDRESS.get(record['kind'], len(digits))
            digits, first = digits[skip:], first + skip
        elif record['kind'] != b'00':
            continue
        text += bytes.fromhex(digits.decode('ascii'))
        places += range(first, first + len(digits), 2)
    if places:
        yield Decoded(bytes(text), [*places, places[-1] + 2], (name,))

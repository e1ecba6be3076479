"""Takes one layer of escapes off a stretch of text, whatever they spell: for escapes of escapes, and of what stands between
two pieces."""
from __future__ import annotations

from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded

_NAMES = {b'lt': b'<', b'gt': b'>', b'amp': b'&', b'quot': b'"', b'apos': b"'", b'lowbar': b'_', b'bsol': b'\\', b'percnt': b'%'}
_ESCAPE = compiled(
    rb'%(?P<percent>[0-7][0-9A-Fa-f])|\\(?:x(?P<x>[0-7][0-9A-Fa-f])|u00(?P<u>[0-7][0-9A-Fa-f])|u\{0{0,4}(?P<braces>[0-7][0-9A-Fa-f])\}'
    rb'|U000000(?P<U>[0-7][0-9A-Fa-f])|(?P<octal>[01][0-7]{2})|(?P<sign>["\'\\/<>_%&]))'
    rb'|&(?:#0{0,4}(?P<decimal>[3-9][0-9]|1[01][0-9]|12[0-6])(?![0-9])|#[xX]0{0,4}(?P<hex>[2-7][0-9A-Fa-f])(?![0-9A-Fa-f])|(?P<name>lt|gt|amp|quot|apos|lowbar|bsol|percnt));?'
    rb'|=(?P<qp>[2-7][0-9A-F])',
)
_BEGUN = compiled(rb'[%\\&=](?=[#0-9A-Za-z\\"\'/])')
_BASES = {'percent': 16, 'x': 16, 'u': 16, 'braces': 16, 'U': 16, 'octal': 8, 'decimal': 10, 'hex': 16, 'qp': 16}
_VIA = {'percent': 'percent', 'decimal': 'entities', 'hex': 'entities', 'name': 'entities', 'qp': 'quoted-printable'}
#: A token with each character in ten, and as much again and more: the rest says it of the anchors that follow.
_REACH = 12 << 10
_BACK = 240
#: How near to an anchor an escape has to be: from the first character of a prefix on, up to a token's last.
_NEAR = 80
_TOKEN = 104


def layer(data: bytes, start: int, end: int) -> Decoded | None:
    """What stands around an anchor, with one escape less everywhere; None if there are none.

    For escapes of escapes, and where what stands between two pieces is in escapes. What it says of one anchor it says
    of every other near it.
    """
    if _BEGUN.search(data, max(0, start - _NEAR), end + _TOKEN) is None:
        return None
    text = bytearray()
    offsets: list[int] = []
    ways: dict[str, None] = {}
    at = max(0, start - _BACK)
    end = min(len(data), start + _REACH)
    for found in _ESCAPE.finditer(data, at, end):
        text += data[at:found.start()]
        offsets.extend(range(at, found.start() + 1))
        kind = str(found.lastgroup)
        if kind in _BASES:
            text.append(int(found[kind], _BASES[kind]) & 0xFF)
        else:
            text += _NAMES.get(found[kind], found[kind])
        ways.setdefault(_VIA.get(kind, 'backslash'))
        at = found.end()
    if not ways:
        return None
    text += data[at:end]
    offsets.extend(range(at, end + 1))
    return Decoded(bytes(text), offsets, tuple(ways))

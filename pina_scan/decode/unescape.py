"""Takes one layer of escapes off a stretch of text, whatever they spell: for escapes of escapes, and of what stands between
two pieces."""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.decode.offsets import Stretches
from pina_scan.decode.offsets import Through
from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded

_NAMES = {b'lt': b'<', b'gt': b'>', b'amp': b'&', b'quot': b'"', b'apos': b"'", b'lowbar': b'_', b'bsol': b'\\', b'percnt': b'%'}
_ESCAPE = compiled(
    rb'(?P<run>\\{2,}+)|%(?P<percent>[0-7][0-9A-Fa-f])|\\(?:x(?P<x>[0-7][0-9A-Fa-f])|u00(?P<u>[0-7][0-9A-Fa-f])|u\{0{0,4}(?P<braces>[0-7][0-9A-Fa-f])\}'
    rb'|U000000(?P<U>[0-7][0-9A-Fa-f])|(?P<octal>[01][0-7]{2})|(?P<sign>["\'\\/<>_%&]))'
    rb'|&(?:#0{0,4}(?P<decimal>[3-9][0-9]|1[01][0-9]|12[0-6])(?![0-9])|#[xX]0{0,4}(?P<hex>[2-7][0-9A-Fa-f])(?![0-9A-Fa-f])|(?P<name>lt|gt|amp|quot|apos|lowbar|bsol|percnt));?'
    rb'|=(?P<qp>[2-7][0-9A-F])|(?P<soft>=(?:\r?\n|\\{1,8}n))',
)
_BEGUN = compiled(rb'[%\\&=](?=[#0-9A-Za-z\\"\'/\r\n])')
_BASES = {'percent': 16, 'x': 16, 'u': 16, 'braces': 16, 'U': 16, 'octal': 8, 'decimal': 10, 'hex': 16, 'qp': 16}
_VIA = {
    'percent': 'percent', 'decimal': 'entities', 'hex': 'entities', 'name': 'entities', 'qp': 'quoted-printable',
    'soft': 'quoted-printable',
}
#: A token with each character in ten, and as much again and more: the rest says it of the anchors that follow.
_REACH = 12 << 10
#: Where anchors go on and on, the more at once the less of it is read twice.
_MOST = 1 << 17
_BACK = 240
#: How near to an anchor an escape has to be: from the first character of a prefix on, up to a token's last.
_NEAR = 80
_TOKEN = 104
#: What is read in an escape as it is otherwise.
_CHARACTERS = frozenset(b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_')
#: How often escapes that only escape the sign of another, as `%2525` and `&amp;amp;`, are taken off in one layer: the
#: readers take several of them for one, and of backslashes any number.
_PASSES = 8


def layer(data: bytes, start: int, end: int, before: int = 0) -> Decoded | None:
    """What stands around an anchor, with one escape less everywhere; None if none is near, and `via` empty if there are none.

    For escapes of escapes, and where what stands between two pieces is in escapes. What it says of one anchor it says
    of every other near it. `before` says how many layers of the same text were taken off already.
    """
    if _BEGUN.search(data, max(0, start - _NEAR), end + _TOKEN) is None:
        return None
    low = max(0, start - _BACK)
    ways: dict[str, None] = {}
    text = data[low:min(len(data), start + min(_REACH << min(before, 8), _MOST))]
    offsets: Sequence[int] = range(low, low + len(text) + 1)
    changed: list[int] = []
    for _ in range(_PASSES):
        peeled = _peeled(text, ways)
        if peeled is None:
            break
        text = peeled.text
        changed = sorted([*map(peeled.offsets.index_of, changed), *peeled.changed])
        offsets = Through(offsets, peeled.offsets, changed)
        if not peeled.again:
            break
    return Decoded(text, offsets, tuple(ways))


class _Peeled(NamedTuple):
    """`changed`: where a sign came out, not a letter. `again`: there were runs of backslashes, or signs alone came out of
    which each was the one that its escape begins with."""

    text: bytes
    offsets: Stretches
    changed: list[int]
    again: bool


def _peeled(data: bytes, ways: dict[str, None]) -> _Peeled | None:
    text = bytearray()
    indexes = [0]
    places = [0]
    changed = []
    signs_alone = True
    runs = False
    at = 0
    for found in _ESCAPE.finditer(data):
        text += data[at:found.start()]
        kind = str(found.lastgroup)
        if kind in _BASES:
            text.append(int(found[kind], _BASES[kind]) & 0xFF)
        elif kind == 'run':
            text += b'\\'
            runs = True
        elif kind != 'soft':
            text += _NAMES.get(found[kind], found[kind])
        if kind == 'soft':
            changed.append(len(text))
            signs_alone = False
        else:
            if kind != 'run' and (text[-1] not in _CHARACTERS or text.endswith(b'_') and not text.endswith(b'a_')):
            # an underscore that is not the prefix's may join two lines
                changed.append(len(text) - 1)
            signs_alone = signs_alone and text[-1] == data[found.start()]
        ways.setdefault(_VIA.get(kind, 'backslash'))
        at = found.end()
        indexes.append(len(text))
        places.append(at)
    if not at:
        return None
    text += data[at:]
    return _Peeled(bytes(text), Stretches(indexes, places, len(text), len(data)), changed, signs_alone or runs)

"""base32 (RFC 4648 section 6) of a text that has a token, from an anchor on."""
from __future__ import annotations

import base64
from collections.abc import Iterator

from pina_scan.decode.base64_runs import beginning_of
from pina_scan.decode.base64_runs import character_before
from pina_scan.decode.encodings import ENCODINGS
from pina_scan.decode.offsets import Grouped
from pina_scan.decode.runs import gather
from pina_scan.decode.runs import pattern
from pina_scan.records import Decoded

#: By the number of bytes before the text, modulo five: which character of a group of eight an anchor begins with.
_PHASES = (0, 2, 4, 5, 7)
#: The first byte's high bits may be in the characters before the anchor, and have to be made up.
_BEGINNING = {
    anchor: base64.b32encode(b'\0' * before + b'p')[:_PHASES[before]]
    for name, anchors, _ in ENCODINGS if name == 'base32' for before, anchor in enumerate(anchors)
}
_ROWS = [anchors for name, anchors, _ in ENCODINGS if name == 'base32']
#: The second half of the prefix, where the end of a line is in the first, and that one.
_FIRST_HALVES = dict(zip(_ROWS[1], _ROWS[0]))
_ALPHABET = frozenset(b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz234567')
#: As Python writes numbers of base 32, which it reads at once: what the standard library has goes eight by eight.
_DIGITS = bytes.maketrans(
    b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz234567', b'0123456789abcdefghijklmnop' * 2 + b'qrstuv',
)
_RUN = pattern(rb'[A-Z2-7]')
_LOWER = pattern(rb'[a-z2-7]')


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    anchor = data[start:end]
    beginning = _BEGINNING[anchor]
    if anchor in _FIRST_HALVES:
        found = beginning_of(data, _FIRST_HALVES[anchor], start, start)
        if found is None:
            return
        start = found
    characters, places = gather(data, start, _LOWER if anchor.islower() else _RUN)
    text = bytes_of(beginning + characters)
    offsets = Grouped(places, len(text), 8, 5, len(beginning), lambda at: character_before(data, at, _ALPHABET))
    yield Decoded(text, offsets, ('base32',))


def bytes_of(characters: bytes) -> bytes:
    """What they say, in capitals or not, made up to whole groups of eight by zeros."""
    if not characters:
        return b''
    padded = characters + b'A' * (-len(characters) % 8)
    return int(padded.translate(_DIGITS), 32).to_bytes(len(padded) // 8 * 5, 'big')

"""Text in which each character has another code: EBCDIC, yEnc, and the wide letters of East Asian fonts."""
from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from pina_scan.records import Decoded

_STRETCH = 1 << 12
_YENC = bytes((c - 42) % 256 for c in range(256))
_EBCDIC = bytes(range(256)).decode('cp037').encode('latin-1')
#: anchor -> the name of the layer, and what each byte stands for
_TABLES = {b'\x97\x89\x95\x81m': ('ebcdic', _EBCDIC), b'\x9a\x93\x98\x8b\x89': ('yenc', _YENC)}


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    known = _TABLES.get(data[start:end])
    if known is not None:
        name, table = known
        text = data[start:start + _STRETCH].translate(table)
        yield Decoded(text, range(start, start + len(text) + 1), (name,))
        return
    # each of three bytes (RFC 3629), and what is between them of any other number
    wide = data[start:start + 3 * _STRETCH].decode('utf-8', 'surrogateescape')
    narrow = unicodedata.normalize('NFKC', wide).encode('ascii', 'replace')
    if len(narrow) == len(wide):
        lengths = (len(character.encode('utf-8', 'surrogateescape')) for character in wide)
        yield Decoded(narrow, [*accumulate(lengths, initial=start)], ('fullwidth',))

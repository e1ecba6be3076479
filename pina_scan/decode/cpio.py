"""cpio: the new and the portable ASCII form, and the old binary one of either byte order. cpio(5)."""
from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Member
from pina_scan.decode.members import NotOne
from pina_scan.decode.members import Part
from pina_scan.decode.members import Readable
from pina_scan.decode.members import exactly

_MAGIC = 6
_LONGEST_NAME = 1 << 16
_LAST = b'TRAILER!!!'
_HEX = re.compile(rb'[0-9A-Fa-f]{104}')
_OCTAL = re.compile(rb'[0-7]{70}')


class _Header(NamedTuple):
    """`pad` is what name and content are each filled up to a multiple of; `size` the header's own."""

    name: int
    content: int
    size: int
    pad: int


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    """Raises NotOne."""
    first = True
    while magic := exactly(file, _MAGIC):
        header = _header(magic, file)
        if header is None:
            if len(magic) < _MAGIC or not magic.strip(b'\0'):
                # cut short, and all that there is was read; or padding
                return
            raise NotOne if first else Damaged('a damaged header')
        name = exactly(file, min(header.name, _LONGEST_NAME))
        if not name.endswith(b'\0') and len(name) == min(header.name, _LONGEST_NAME):
            raise NotOne if first else Damaged('a damaged header')
        first = False
        name = name.rstrip(b'\0')
        exactly(file, -(header.size + header.name) % header.pad)
        if name == _LAST:
            return
        content = Part(file, header.content)
        yield Member(name, content.read)
        content.skip()
        exactly(file, -header.content % header.pad)


def _header(magic: bytes, file: Readable) -> _Header | None:
    if magic in (b'070701', b'070702'):
        fields = exactly(file, 104)
        if _HEX.fullmatch(fields):
            return _Header(int(fields[88:96], 16), int(fields[48:56], 16), 110, 4)
    elif magic == b'070707':
        fields = exactly(file, 70)
        if _OCTAL.fullmatch(fields):
            return _Header(int(fields[53:59], 8), int(fields[59:70], 8), 76, 1)
    elif magic[:2] in (b'\xc7\x71', b'\x71\xc7'):
        rest = magic + exactly(file, 20)
        if len(rest) == 26:
            order = '<' if magic[:2] == b'\xc7\x71' else '>'
            name, high, low = struct.unpack_from(order + '3H', rest, 20)
            return _Header(name, high << 16 | low, 26, 2)
    return None

"""RPM packages: what they pack, which is a cpio that is compressed. RPM 4.18, "RPM v4 File Format".

What the headers say stands in the package as it is.
"""
from __future__ import annotations

import struct
from collections.abc import Iterator

from pina_scan.decode.limits import Budget
from pina_scan.decode.members import CUT_SHORT
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Member
from pina_scan.decode.members import Part
from pina_scan.decode.members import Readable
from pina_scan.decode.members import exactly

_LEAD = 96
_HEADER = struct.Struct('>3sB4xLL')
_MAGIC = b'\x8e\xad\xe8'
_ENTRY = 16


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    exactly(file, _LEAD)
    # the signature is filled up to a multiple of eight
    for pad in (8, 1):
        head = exactly(file, _HEADER.size)
        if len(head) < _HEADER.size:
            raise Damaged(CUT_SHORT)
        magic, _, entries, size = _HEADER.unpack(head)
        if magic != _MAGIC:
            raise Damaged('a damaged header')
        size += entries * _ENTRY
        Part(file, size + -size % pad).skip()
    yield Member(b'payload', file.read)

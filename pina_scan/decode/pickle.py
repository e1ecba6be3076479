"""Pickles, by pickletools, which only takes them apart: nothing is unpickled. PEP 307, PEP 3154.

A string stands in a pickle as it is, so the scan of the file itself has read it. What is left are containers in it:
a model's compressed weights, a cached page. Where no such magic is in the bytes nothing is taken apart.
"""
from __future__ import annotations

import pickletools
import re
import struct
from collections.abc import Iterator
from typing import BinaryIO

from pina_scan.decode.deadline import deadline
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Member
from pina_scan.decode.members import text
from pina_scan.decode.signatures import HEAD
from pina_scan.decode.signatures import WITHIN
from pina_scan.decode.signatures import detect

#: The same magic where protocol 2 has written bytes as text, in UTF-8.
_AS_TEXT = re.compile(rb'\x1f\xc2\x8b\x08|\xc3\xbd7zXZ\0|\x28\xc2\xb5\x2f\xc3\xbd|7z\xc2\xbc\xc2\xaf|x\xc2\x9c|x\xc3\x9a')
_ERRORS = (ValueError, struct.error, IndexError, OverflowError, EOFError)


def members(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    budget.hold(file.seek(0, 2))
    file.seek(0)
    data = file.read()
    if WITHIN.search(data) is None and _AS_TEXT.search(data) is None:
        return
    file.seek(0)
    for at, value in _packed(file, budget):
        yield text(b'string at %d' % at, value)


def _packed(file: BinaryIO, budget: Budget) -> list[tuple[int, bytes]]:
    found = []
    try:
        with deadline(budget):
            for _, value, at in pickletools.genops(file):
                if isinstance(value, str):
                    # protocol 2 writes bytes as the Latin-1 text of them
                    value = value.encode('latin-1', 'replace')
                if isinstance(value, (bytes, bytearray)) and detect(bytes(value[:HEAD])) is not None:
                    found.append((at or 0, bytes(value)))
    except _ERRORS:
        # two bytes of magic are met by chance; all that a pickle has is in the bytes, which were scanned
        return found
    return found

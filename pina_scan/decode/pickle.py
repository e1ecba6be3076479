"""Pickles, by pickletools, which only takes them apart: nothing is unpickled. PEP 307, PEP 3154.

A string stands in a pickle as it is, so the scan of the file itself has read it. What is left are containers in it:
a model's compressed weights, a cached page. Where no such magic is in the bytes nothing is taken apart.
"""
from __future__ import annotations

import pickletools
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

_ERRORS = (ValueError, struct.error, IndexError, OverflowError, EOFError)


def members(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    budget.hold(file.seek(0, 2))
    file.seek(0)
    if WITHIN.search(file.read()) is None:
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

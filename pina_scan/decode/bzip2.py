"""bzip2, also several streams one after another. bzip2 1.0.8."""
from __future__ import annotations

import bz2
from collections.abc import Iterator

from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import behind
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Member
from pina_scan.decode.members import Readable

#: What bz2 raises for bytes that are not as they should be.
ERRORS = (OSError, ValueError)


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    expanded = Expanded(file.read, bz2.BZ2Decompressor, ERRORS, again)
    yield Member(b'', expanded.read)
    yield from behind(expanded, file)


def again(behind: bytes) -> bool:
    return behind.startswith(b'BZh')

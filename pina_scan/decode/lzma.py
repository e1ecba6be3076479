"""LZMA alone, the format before xz. Its header is no magic, so what gives nothing at all is none."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import behind
from pina_scan.decode.expand import proven
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Member
from pina_scan.decode.members import Readable
from pina_scan.decode.xz import ERRORS
from pina_scan.decode.xz import alone


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    """Raises NotOne."""
    expanded = Expanded(file.read, alone, ERRORS)
    yield Member(b'', proven(expanded))
    yield from behind(expanded, file)

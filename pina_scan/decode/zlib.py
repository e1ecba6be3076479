"""zlib's own wrapping, RFC 1950: what programs put into databases, pickles and caches. Two bytes are little of a magic."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.deflate import ERRORS
from pina_scan.decode.deflate import ZLIB
from pina_scan.decode.deflate import Inflate
from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import behind
from pina_scan.decode.expand import proven
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Member
from pina_scan.decode.members import Readable


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    """Raises NotOne."""
    expanded = Expanded(file.read, lambda: Inflate(ZLIB), ERRORS)
    yield Member(b'', proven(expanded))
    yield from behind(expanded, file)

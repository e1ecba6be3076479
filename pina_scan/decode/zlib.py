"""zlib's own wrapping, RFC 1950: what programs put into databases, pickles and caches. Two bytes are little of a magic."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator

from pina_scan.decode.deflate import ERRORS
from pina_scan.decode.deflate import ZLIB
from pina_scan.decode.deflate import Inflate
from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import behind
from pina_scan.decode.expand import proven
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import CUT_SHORT
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Member
from pina_scan.decode.members import Readable


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    """Raises NotOne."""
    expanded = Expanded(file.read, lambda: Inflate(ZLIB), ERRORS)
    yield Member(b'', _as_far_as_it_goes(proven(expanded)))
    yield from behind(expanded, file)


def _as_far_as_it_goes(read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """Nothing says that a bare stream is all there: one without its end has lost nothing of what is still there."""
    def read_on(size: int) -> bytes:
        try:
            return read(size)
        except Damaged as damage:
            if str(damage) != CUT_SHORT:
                raise
            return b''
    return read_on

"""LZMA alone, the format before xz. Its header is no magic, so what gives nothing at all is none."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.expand import Expanded
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Member
from pina_scan.decode.members import NotOne
from pina_scan.decode.members import Readable
from pina_scan.decode.xz import ERRORS
from pina_scan.decode.xz import alone

#: Noise gives some bytes before it breaks a rule, as a stream that is damaged later gives more.
_PROOF = 1 << 12


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    expanded = Expanded(file.read, alone, ERRORS)
    ahead = []
    count = 0
    try:
        while count < _PROOF and (piece := expanded.read(_PROOF)):
            ahead.append(piece)
            count += len(piece)
    except Damaged as error:
        if str(error) != 'cut short' or not count:
            raise NotOne from None
        # the short beginning of a stream: what follows is its end
    ahead.reverse()

    def read(size: int) -> bytes:
        return ahead.pop() if ahead else expanded.read(size)
    yield Member(b'', read)

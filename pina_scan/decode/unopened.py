"""Archives and compressed files that nothing here opens: a scan of their bytes is no scan of what is in them."""
from __future__ import annotations

import re
from collections.abc import Iterator

from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Readable
from pina_scan.decode.members import exactly
from pina_scan.decode.signatures import HEAD
from pina_scan.decode.signatures import TABLES
from pina_scan.decode.signatures import UNOPENED

_PIECE = 1 << 18
#: No longer than what says that a table is compressed.
_OVERLAP = 64


def members(file: Readable, budget: Budget) -> Iterator[Flaw]:
    head = exactly(file, HEAD)
    for what, signature, _ in UNOPENED:
        if signature.match(head):
            yield Flaw(None, f'{what}, which is not opened')
            return
    for what, signature, packed, _ in TABLES:
        if signature.match(head):
            if _has(file, head, packed):
                yield Flaw(None, f'{what} with compressed values, which is not opened')
            return


def _has(file: Readable, head: bytes, sign: re.Pattern[bytes]) -> bool:
    piece = head
    while sign.search(piece) is None:
        more = file.read(_PIECE)
        if not more:
            return False
        piece = piece[-_OVERLAP:] + more
    return True

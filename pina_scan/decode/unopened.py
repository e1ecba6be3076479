"""Archives and compressed files that nothing here opens: a scan of their bytes is no scan of what is in them."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Readable
from pina_scan.decode.members import exactly
from pina_scan.decode.signatures import HEAD
from pina_scan.decode.signatures import UNOPENED


def members(file: Readable, budget: Budget) -> Iterator[Flaw]:
    head = exactly(file, HEAD)
    what = next(what for what, signature, _ in UNOPENED if signature.match(head))
    yield Flaw(None, f'{what}, which is not opened')

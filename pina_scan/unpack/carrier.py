"""What the pipeline does with containers that a text carries in base64: one budget for all that are in one text."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.decode.limits import Budget
from pina_scan.records import Finding
from pina_scan.records import Limits
from pina_scan.unpack.opening import Opening

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.match.anchors import Find


#: Digests of what was opened and had nothing in it: versions of a mail carry the same documents. As many as are kept.
_EMPTY: set[bytes] = set()
_MOST = 1 << 14


class Carrier:
    def __init__(self, find: Find, limits: Limits | None) -> None:
        self._find = find
        self._limits = limits or Limits()
        self._of: tuple[bytes, str | None] | None = None
        self._budget = Budget(self._limits, 0)
        self._opening: Opening | None = None
        self._nothing = True

    def open(
            self, blob: Blob, layer: str, data: bytes, layers: tuple[str, ...], whole: bool,
    ) -> Iterator[Finding | Unread]:
        asked = f'{layer} {len(layers)} {whole} {self._limits}'
        key = hashlib.sha256(data, usedforsecurity=False).digest() + asked.encode('ascii')
        if key in _EMPTY:
            return
        if self._opening is None or self._of != (blob.path, blob.object):
            self._of = (blob.path, blob.object)
            self._budget = Budget(self._limits, 0)
            self._opening = Opening(self._find, self._budget, blob)
            self._nothing = True
        self._budget.grow(len(data))
        for result in self._opening.carried(blob, layer, data, layers, whole):
            self._nothing = False
            yield result
        # what was said once of a text is not said again of the next container in it
        if self._nothing and self._budget.reached is None and len(_EMPTY) < _MOST:
            _EMPTY.add(key)

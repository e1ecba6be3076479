"""What the pipeline does with a container: open it, and send what is in it the same way, to a stated depth.

    the source's blobs -> Unpacker -> Opening -> members -> Blob -> examine
                                         ^                    |
                                         +---- a container ---+
"""
from __future__ import annotations

import io
from collections.abc import Iterable
from collections.abc import Iterator
from typing import BinaryIO

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.decode import containers
from pina_scan.decode.limits import Budget
from pina_scan.decode.signatures import HEAD
from pina_scan.decode.signatures import detect
from pina_scan.examine import Examiner
from pina_scan.records import Finding
from pina_scan.records import Limits
from pina_scan.unpack.opening import Opening

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.match.anchors import Find

    Result = Finding | Unread


class Unpacker:
    """Follows a source's blobs, and opens what turned out to be a container once its last window has come."""

    def __init__(self, find: Find, limits: Limits | None) -> None:
        self._find = find
        self._limits = limits or Limits()
        self._layer: str | None = None
        self._first: Blob | None = None
        self._kept: io.BytesIO | None = None
        self._results: list[Finding] = []

    def goes_on(self, blob: Blob) -> bool:
        """Whether that is a further window of a container that is being followed."""
        first = self._first
        return first is not None and blob.base > 0 and (blob.path, blob.object) == (first.path, first.object)

    def held(self) -> Iterator[Finding]:
        """The findings of a container that broke off before it could be opened."""
        yield from self._results
        self._results = []
        self._first = None

    def unpack(self, blob: Blob, results: Iterable[Result]) -> Iterator[Result]:
        """`results` are those of the blob's own bytes."""
        if not self.goes_on(blob):
            yield from self.held()
            self._layer = None if blob.base else detect(bytes(blob.data[:HEAD]))
            if self._layer is None and not (blob.last and containers.ends_in_zip(blob.data)):
                yield from results
                return
            self._first = Blob(blob.path, b'', object=blob.object)
            self._kept = None if blob.last or blob.reopen or blob.base else io.BytesIO()
        for result in results:
            if isinstance(result, Finding) and result.line is not None:
                if len(self._results) <= self._limits.findings:
                    # one more than that, and the pipeline says so
                    self._results.append(result)
            else:
                yield result
        if self._kept is not None:
            self._kept.write(memoryview(blob.data)[blob.low:blob.high])
            if self._kept.tell() > self._limits.memory:
                self._kept = None
        if blob.last:
            yield from self._open(blob)

    def _open(self, blob: Blob) -> Iterator[Result]:
        size = blob.base + len(blob.data)
        kept, results = self._kept, self._results
        self._first, self._kept, self._results = None, None, []
        opening = Opening(self._find, Budget(self._limits, size), blob)
        if not blob.base:
            file: BinaryIO = io.BytesIO(bytes(blob.data))
        elif blob.reopen is not None:
            file = blob.reopen()
        elif kept is not None:
            file = kept
            file.seek(0)
        else:
            yield from results
            yield from opening.unread('a container in a stream, too large to be kept in memory (limits.memory)')
            return
        outer = self._shown(blob.path) + b'!'
        for result in opening.outermost(self._layer or 'zip', file, results):
            if isinstance(result, Finding) and result.path.startswith(outer):
                result = result._replace(inner=len(result.path) - len(outer) + 1)
            yield result

    def _shown(self, path: bytes) -> bytes:
        """The container's own name as its findings have it."""
        named = self._find(path)
        if not named:
            return path
        *_, unread = Examiner(self._find).examine(Unread(path, '', inside=len(path)), (), named)
        return unread.path

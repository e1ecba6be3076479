"""The bytes of a container's member: counted, and cut into blobs while somebody else may be reading them too."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator

from pina_scan.blob import CONTEXT
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.decode.limits import Budget
from pina_scan.decode.limits import LimitReached
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Readable
from pina_scan.records import Finding

_SIZE = 1 << 20
#: What a reader asks for at once: an LZMA or bzip2 member gives no less than it decodes in one go.
PIECE = 1 << 18


class Timed:
    """A file that is read in order, with a look at the clock each time: a million empty streams expand to nothing."""

    def __init__(self, file: Readable, budget: Budget) -> None:
        self._file = file
        self._budget = budget

    def read(self, size: int) -> bytes:
        """Raises LimitReached."""
        self._budget.check()
        return self._file.read(size)


class Content:
    """A member's bytes, which end where it is damaged or a limit is reached: what came before is still scanned.

    Read in large pieces, whatever is asked for: a tar's reader wants its headers one by one. `flaw` says how it is
    damaged, `reached` which limit it was.
    """

    def __init__(self, read: Callable[[int], bytes], budget: Budget) -> None:
        self._read = read
        self._budget = budget
        self._piece = b''
        self._at = 0
        self._ended = False
        self.flaw: str | None = None
        self.reached: LimitReached | None = None

    def head(self, size: int) -> bytes:
        """The first bytes, which will be read again."""
        self._piece = self._next()
        while len(self._piece) < size and not self._ended:
            self._piece += self._next()
        return self._piece[:size]

    def read(self, size: int) -> bytes:
        if self._at == len(self._piece):
            self._piece, self._at = self._next(), 0
        start, self._at = self._at, min(self._at + size, len(self._piece))
        return self._piece if self._at - start == len(self._piece) else self._piece[start:self._at]

    def _next(self) -> bytes:
        piece = b''
        if not self._ended:
            try:
                piece = self._read(PIECE)
                self._budget.spend(len(piece))
            except Damaged as damage:
                self.flaw = str(damage)
            except LimitReached as reached:
                self.reached = reached
            self._ended = not piece or self.reached is not None
        return piece


class Tee:
    """Passes bytes on to a container's reader, and cuts the same bytes into blobs for `scan`, as source.windows does.

    `blob` has what each of the blobs has; `results` are what `scan` gave.
    """

    def __init__(self, read: Callable[[int], bytes], blob: Blob) -> None:
        self._read = read
        self.blob = blob
        self.scan: Callable[[Blob], Iterable[Finding | Unread]] = lambda blob: ()
        self.results: list[Finding | Unread] = []
        self._window = bytearray()
        self._base = 0

    def read(self, size: int) -> bytes:
        piece = self._read(min(size, PIECE))
        self._window += piece
        if len(self._window) >= _SIZE:
            self.results += self.scan(self._cut(False))
            self._move_on()
        return piece

    def finish(self) -> None:
        """Reads to the end what the container's reader had no use for."""
        while self.read(PIECE):
            pass
        self.results += self.scan(self._cut(True))

    def rest(self) -> Iterator[Blob]:
        """The blobs of it all, for content that nobody else reads."""
        first = self._read(PIECE)
        second = self._read(PIECE)
        if not second:
            # most members are short
            like = self.blob
            yield Blob(
                like.path, first, object=like.object, commit=like.commit, layers=like.layers, inside=like.inside,
            )
            return
        self._window += first
        self._window += second
        while piece := self._read(PIECE):
            self._window += piece
            if len(self._window) >= _SIZE:
                yield self._cut(False)
                self._move_on()
        yield self._cut(True)

    def _cut(self, last: bool) -> Blob:
        data = bytes(self._window)
        low = CONTEXT if self._base else 0
        high = len(data) if last else len(data) - CONTEXT
        like = self.blob
        return Blob(
            like.path, data, self._base, low, high, last,
            object=like.object, commit=like.commit, layers=like.layers, inside=like.inside,
        )

    def _move_on(self) -> None:
        gone = len(self._window) - 2 * CONTEXT
        del self._window[:gone]
        self._base += gone

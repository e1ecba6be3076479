"""What is said of a container that could not be read in full: each cause once, few enough to be read, no token shown."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.examine import Examiner
from pina_scan.records import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.match.anchors import Find

    Result = Finding | Unread

#: Told of one outermost container; what is beyond is counted. A fuzzer's corpus has thousands of damaged members.
_MOST = 20


class Telling:
    """`named` are the folders that a token was found in the name of already; `outer` is the outermost container."""

    def __init__(self, find: Find, named: set[bytes], outer: Blob) -> None:
        self._find = find
        self._named = named
        self._outer = outer
        self._last: tuple[bytes, str] = (b'', '')
        self._count = 0

    def unread(self, path: bytes, reason: str, layers: tuple[str, ...], inside: int) -> Iterator[Result]:
        place, before = self._last
        if before == reason and place.startswith(path + b'!'):
            # a file that is cut short cuts short what it is in and what that is in
            return
        self._last = (path, reason)
        self._count += 1
        said = self._named_in(Unread(path, reason, layers, inside))
        yield from said if self._count <= _MOST else (result for result in said if isinstance(result, Finding))

    def limit(self, path: bytes, reason: str) -> Iterator[Result]:
        """Told however many others were: the last word on the outermost container."""
        return self._named_in(Unread(path, reason, inside=len(self._outer.path)))

    def rest(self) -> Iterator[Result]:
        """How many there were beyond those that were told."""
        if self._count > _MOST:
            yield from self.limit(self._outer.path, f'{self._count - _MOST} more of what is in it could not be read')
            self._count = 0

    def _named_in(self, unread: Unread) -> Iterator[Result]:
        """It, with any token in its name found, and not shown."""
        named = self._find(unread.path)
        if not named:
            return iter((unread,))
        return Examiner(self._find, self._named).examine(unread, (), named)

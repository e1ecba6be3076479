"""Opens a container, and sends what is in it the way that a source's blobs go, to a stated depth."""
from __future__ import annotations

import io
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import BinaryIO

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.decode import containers
from pina_scan.decode import markup
from pina_scan.decode.expand import stem
from pina_scan.decode.limits import Budget
from pina_scan.decode.limits import LimitReached
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Member
from pina_scan.decode.members import Missing
from pina_scan.decode.members import NotOne
from pina_scan.decode.members import Readable
from pina_scan.decode.signatures import HEAD
from pina_scan.decode.signatures import detect
from pina_scan.examine import Examiner
from pina_scan.records import Finding
from pina_scan.unpack.content import Content
from pina_scan.unpack.content import Tee
from pina_scan.unpack.content import Timed
from pina_scan.unpack.seen import known
from pina_scan.unpack.seen import noting
from pina_scan.unpack.seen import unseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.match.anchors import Find

    Result = Finding | Unread


#: Told of one outermost container; what is beyond is counted. A fuzzer's corpus has thousands of damaged members.
_MOST_TOLD = 20


class Opening:
    """One outermost container and all that is in it, on one budget."""

    def __init__(self, find: Find, budget: Budget, outer: Blob) -> None:
        self._find = find
        self._budget = budget
        self._outer = outer
        self._named: set[bytes] = set()
        self._at = outer.path
        self._too_deep = False
        self._flaw: tuple[bytes, str] = (b'', '')
        self._told_of = 0

    def outermost(self, layer: str, file: BinaryIO, results: Iterable[Finding]) -> Iterator[Result]:
        """The results in all its members, then those of `results` that none of them had."""
        seen: set[str] = set()
        try:
            in_order = containers.CONTAINERS[layer][0] == containers.STREAM
            source = Timed(file, self._budget) if in_order else file
            yield from noting(self._opened(layer, source, self._outer.path, self._outer.layers), seen)
        except LimitReached as reached:
            yield from self._named_in(Unread(self._at, str(reached), inside=len(self._outer.path)))
        if self._told_of > _MOST_TOLD:
            yield from self.outer(f'{self._told_of - _MOST_TOLD} more of what is in it could not be read')
        yield from unseen(results, seen)

    def outer(self, reason: str) -> Iterator[Result]:
        """The outermost container itself is unread."""
        return self._named_in(Unread(self._outer.path, reason, inside=len(self._outer.path)))

    def _opened(self, layer: str, file: BinaryIO | Readable, path: bytes, layers: tuple[str, ...]) -> Iterator[Result]:
        """What is in one container. Raises LimitReached."""
        members: Callable[[BinaryIO | Readable, Budget], Iterator[Member | Flaw]]
        members = __import__(containers.CONTAINERS[layer][1], fromlist=['members']).members
        inner = (*layers, layer)
        seen: set[str] = set()
        try:
            for member in members(file, self._budget):
                name = path if member.name is None else path + b'!' + (member.name or stem(path))
                if isinstance(member, Flaw):
                    yield from self._told(Unread(name, member.reason, inner, len(path)))
                else:
                    self._budget.member()
                    self._at = name
                    # a name that was made of the container's own has nothing new
                    inside = len(path if member.name else name)
                    results = self._content(Content(member.read, self._budget), name, inner, inside)
                    yield from noting(unseen(results, seen) if member.again else results, seen)
        except NotOne:
            return
        except (Damaged, Missing) as error:
            if self._budget.reached is None:
                yield from self._told(Unread(path, str(error), layers, len(path)))

    def _content(self, content: Content, path: bytes, layers: tuple[str, ...], inside: int) -> Iterator[Result]:
        """What is in one member, which may be a container itself."""
        head = content.head(HEAD)
        layer = detect(head)
        if layer is not None and len(layers) >= self._budget.limits.depth + len(self._outer.layers):
            layer = None
            yield from self._deeper(path)
        outer = self._outer
        like = Blob(path, head, object=outer.object, commit=outer.commit, layers=layers, inside=inside)
        tee = Tee(content.read, like)
        examiner = Examiner(self._find, self._named)
        if layer is not None and containers.CONTAINERS[layer][0] == containers.STREAM:
            yield from self._streamed(layer, tee, examiner)
        elif layer is not None or layers[-1] == 'zip' and markup.is_markup(head):
            yield from self._whole(layer, tee, examiner)
        else:
            for blob in tee.rest():
                yield from self._scanned(blob, examiner)
            if containers.ends_in_zip(blob.data):
                yield from self._behind(blob)
        if content.flaw is not None and self._budget.reached is None:
            yield from self._told(Unread(path, content.flaw, layers, inside))
        if content.reached is not None:
            raise content.reached

    def _streamed(self, layer: str, tee: Tee, examiner: Examiner) -> Iterator[Result]:
        """A container that is read in order: its own bytes are scanned as they go through the tee."""
        seen: set[str] = set()
        reached: LimitReached | None = None
        tee.scan = lambda blob: self._scanned(blob, examiner)
        try:
            yield from noting(self._opened(layer, tee, tee.blob.path, tee.blob.layers), seen)
        except LimitReached as error:
            reached = error
        tee.finish()
        yield from unseen(tee.results, seen)
        if reached is not None:
            raise reached

    def _whole(self, layer: str | None, tee: Tee, examiner: Examiner) -> Iterator[Result]:
        """A container, or an office document's part, that is kept in memory once it has been scanned."""
        seen: set[str] = set()
        results: list[Result] = []
        kept: bytearray | None = bytearray()
        for blob in tee.rest():
            results += self._scanned(blob, examiner)
            if kept is not None:
                kept += blob.data[blob.low:blob.high]
                if len(kept) > self._budget.limits.memory:
                    kept = None
        path, layers = tee.blob.path, tee.blob.layers
        if kept is None:
            yield from results
            yield from self._told(Unread(path, 'too large to be opened in memory (limits.memory)', layers, len(path)))
        elif layer is None:
            again = list(noting(self._reread(bytes(kept), tee.blob, examiner), seen))
            # what stands in one piece is told as it stands; what doesn't may have a piece that looks like a token
            cut = seen - {result.token_sha256 for result in results if isinstance(result, Finding)}
            first = [r for r in results if isinstance(r, Unread) or r.token_sha256 in seen or not known(r, cut)]
            yield from first
            told: set[str] = {result.token_sha256 for result in first if isinstance(result, Finding)}
            yield from (result for result in again if isinstance(result, Finding) and result.token_sha256 not in told)
        else:
            file = io.BytesIO(kept)
            kept = None
            reached: LimitReached | None = None
            try:
                yield from noting(self._opened(layer, file, path, layers), seen)
            except LimitReached as error:
                reached = error
            yield from unseen(results, seen)
            if reached is not None:
                raise reached

    def _behind(self, last: Blob) -> Iterator[Result]:
        """A zip at the end of something else, a program mostly."""
        if not last.base:
            yield from self._opened('zip', io.BytesIO(bytes(last.data)), last.path, last.layers)
        else:
            reason = 'a zip behind other content, too far from its beginning to be opened within a container'
            yield from self._told(Unread(last.path, reason, last.layers, len(last.path)))

    def _reread(self, data: bytes, blob: Blob, examiner: Examiner) -> Iterator[Finding]:
        whole = Blob(blob.path, data, object=blob.object, commit=blob.commit, layers=blob.layers, inside=blob.inside)
        return examiner.reread(whole, markup.text(data))

    def _scanned(self, blob: Blob, examiner: Examiner) -> Iterator[Result]:
        """As the pipeline does it with a source's blobs."""
        named = self._find(blob.path) if not blob.base else ()
        hits = self._find(blob.data)
        if hits or named or not blob.last:
            yield from examiner.examine(blob, hits, named)

    def _told(self, unread: Unread) -> Iterator[Result]:
        place, reason = self._flaw
        if reason == unread.reason and place.startswith(unread.path + b'!'):
            # a file that is cut short cuts short what it is in and what that is in
            return
        self._flaw = (unread.path, unread.reason)
        self._told_of += 1
        said = self._named_in(unread)
        yield from said if self._told_of <= _MOST_TOLD else (result for result in said if isinstance(result, Finding))

    def _named_in(self, unread: Unread) -> Iterator[Result]:
        """It, with any token in its name found, and not shown."""
        named = self._find(unread.path)
        if not named:
            return iter((unread,))
        return Examiner(self._find, self._named).examine(unread, (), named)

    def _deeper(self, path: bytes) -> Iterator[Result]:
        """Told once: a bomb has millions of these."""
        if not self._too_deep:
            self._too_deep = True
            depth = self._budget.limits.depth
            yield from self._told(Unread(path, f'more than {depth} containers within one another were not opened (limits.depth)'))

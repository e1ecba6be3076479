"""Opens a container, and sends what is in it the way that a source's blobs go, to a stated depth.

    _opened: the members of one container, each to
    _content: one member's bytes. They are a container that is read in order (_streamed), or one that has to be
              kept in memory (_kept), or text that is read twice (_read_again), or just bytes
"""
from __future__ import annotations

import io
from collections.abc import Iterable
from collections.abc import Iterator
from typing import BinaryIO

from pina_scan.blob import TOO_MANY
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.decode import containers
from pina_scan.decode.encodings import among
from pina_scan.decode.expand import stem
from pina_scan.decode.limits import Budget
from pina_scan.decode.limits import LimitReached
from pina_scan.decode.members import BROKEN
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Missing
from pina_scan.decode.members import NotOne
from pina_scan.decode.members import Readable
from pina_scan.decode.readings import reading
from pina_scan.decode.signatures import HEAD
from pina_scan.decode.signatures import detect
from pina_scan.examine import Examiner
from pina_scan.records import Finding
from pina_scan.unpack.content import Content
from pina_scan.unpack.content import Tee
from pina_scan.unpack.content import Timed
from pina_scan.unpack.seen import either
from pina_scan.unpack.seen import noting
from pina_scan.unpack.seen import unseen
from pina_scan.unpack.telling import Telling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pina_scan.match.anchors import Find
    from pina_scan.records import Decoded

    Result = Finding | Unread
    Layers = tuple[str, ...]

#: A container in base64 that is shorter than this and has too many layers is none: its characters only look like one.
_EXAMPLE = 128


class Opening:
    """One outermost container and all that is in it, on one budget."""

    def __init__(self, find: Find, budget: Budget, outer: Blob) -> None:
        self._find = find
        self._budget = budget
        self._outer = outer
        self._named: set[bytes] = set()
        self._telling = Telling(find, self._named, outer)
        self._at = outer.path
        self._too_deep = self._too_many = False
        self._findings = 0
        self._reached = ''
        self._most = budget.limits.findings
        #: what the reasons begin with that are not told
        self._quiet: tuple[str, ...] = ()

    def outermost(self, layer: str, file: BinaryIO, results: Iterable[Finding]) -> Iterator[Result]:
        """The results in all its members, then those of `results` that none of them had."""
        seen: set[str] = set()
        source = Timed(file, self._budget) if containers.in_order(layer) else file
        yield from noting(self._limited(self._opened(layer, source, self._outer.path, self._outer.layers)), seen)
        yield from unseen(results, seen)

    def carried(self, blob: Blob, layer: str, data: bytes, layers: Layers, whole: bool) -> Iterator[Result]:
        """The results in a container that stands in a text in base64, `layers` down; `whole`: all of it is there."""
        if not whole:
            reason = 'a container in base64 that goes on too far behind to be opened'
            yield from self._unread(blob.path, reason, layers, len(blob.path))
        before = self._quiet
        # who writes a text cuts off an example: code and mails are full of base64 that ends too early
        self._quiet = BROKEN if len(data) >= _EXAMPLE else (*BROKEN, 'more than')
        yield from self._limited(self._nested(layer, io.BytesIO(data), blob.path, layers))
        self._quiet = before

    def _unread(self, path: bytes, reason: str, layers: Layers, inside: int) -> Iterator[Result]:
        if not reason.startswith(self._quiet):
            yield from self._telling.unread(path, reason, layers, inside)

    def unread(self, reason: str) -> Iterator[Result]:
        """The outermost container itself is not read."""
        return self._telling.limit(self._outer.path, reason)

    def _limited(self, results: Iterator[Result]) -> Iterator[Result]:
        try:
            yield from results
        except LimitReached as reached:
            if str(reached) != self._reached:
                # a text may have thousands of containers, and each that is left meets the same limit
                self._reached = str(reached)
                yield from self._telling.limit(self._at, self._reached)
        yield from self._telling.rest()

    def _opened(self, layer: str, file: BinaryIO | Readable, path: bytes, layers: Layers) -> Iterator[Result]:
        """What is in one container. Raises LimitReached."""
        inner = (*layers, layer)
        seen: set[str] = set()
        try:
            for member in containers.opener(layer)(file, self._budget):
                name = path if member.name is None else path + b'!' + (member.name or stem(path))
                if isinstance(member, Flaw):
                    yield from self._unread(name, member.reason, inner, len(path))
                    continue
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
                yield from self._unread(path, str(error), layers, len(path))

    def _nested(self, layer: str, file: BinaryIO | Readable, path: bytes, layers: Layers) -> Iterator[Result]:
        """A container within another one, unless that makes it one too many. Raises LimitReached."""
        depth = self._budget.limits.depth
        if len(layers) < depth + len(self._outer.layers):
            yield from self._opened(layer, file, path, layers)
        elif not self._too_deep:
            # told once: a bomb has millions of these
            self._too_deep = True
            reason = f'more than {depth} containers within one another were not opened (limits.depth)'
            yield from self._unread(path, reason, layers, len(path))

    def _content(self, content: Content, path: bytes, layers: Layers, inside: int) -> Iterator[Result]:
        """What is in one member, which may be a container itself. Raises LimitReached."""
        head = content.head(HEAD)
        layer = detect(head)
        again = reading(head, layers[-1]) if layer is None else None
        outer = self._outer
        like = Blob(path, head, object=outer.object, commit=outer.commit, layers=layers, inside=inside)
        tee = Tee(content.read, like)
        examiner = Examiner(self._find, self._named, self.carried, self._budget.limits, self._budget.left)
        if layer is not None:
            way = self._streamed if containers.in_order(layer) else self._kept
            yield from way(layer, tee, examiner)
        elif again is not None:
            yield from self._read_again(again, tee, examiner)
        else:
            yield from self._plain(tee, examiner)
        if content.flaw is not None and self._budget.reached is None:
            yield from self._unread(path, content.flaw, layers, inside)
        if content.reached is not None:
            raise content.reached

    def _plain(self, tee: Tee, examiner: Examiner) -> Iterator[Result]:
        for blob in tee.rest():
            yield from self._scanned(blob, examiner)
        if not containers.ends_in_zip(blob.data):
            return
        # a zip at the end of something else, a program mostly
        if not blob.base:
            yield from self._nested('zip', io.BytesIO(bytes(blob.data)), blob.path, blob.layers)
        else:
            reason = 'a zip behind other content, too far from its beginning to be opened within a container'
            yield from self._unread(blob.path, reason, blob.layers, len(blob.path))

    def _streamed(self, layer: str, tee: Tee, examiner: Examiner) -> Iterator[Result]:
        """A container that is read in order: its own bytes are scanned as they go through the tee."""
        def own() -> list[Result]:
            tee.finish()
            return tee.results

        tee.scan = lambda blob: self._scanned(blob, examiner)
        yield from self._inside_first(layer, tee, tee.blob, own)

    def _kept(self, layer: str, tee: Tee, examiner: Examiner) -> Iterator[Result]:
        """A container that is read back and forth."""
        results, file = self._in_memory(tee, examiner)
        if file is None:
            yield from results
        else:
            yield from self._inside_first(layer, file, tee.blob, lambda: results)

    def _inside_first(
            self, layer: str, file: BinaryIO | Readable, blob: Blob, own: Callable[[], Iterable[Result]],
    ) -> Iterator[Result]:
        """What is in a container, then what its own bytes have beside that, whatever limit was reached. Raises LimitReached."""
        seen: set[str] = set()
        reached = None
        try:
            yield from noting(self._nested(layer, file, blob.path, blob.layers), seen)
        except LimitReached as error:
            reached = error
        yield from unseen(own(), seen)
        if reached is not None:
            raise reached

    def _read_again(self, again: Callable[[bytes], Decoded], tee: Tee, examiner: Examiner) -> Iterator[Result]:
        """A text that may have more in it than its bytes show as they stand."""
        results, file = self._in_memory(tee, examiner)
        if file is None:
            yield from results
            return
        like = tee.blob
        data = file.getvalue()
        whole = Blob(like.path, data, object=like.object, commit=like.commit, layers=like.layers, inside=like.inside)
        yield from either(results, list(examiner.reread(whole, again)))
        # what is left then has not been read
        self._budget.check()

    def _in_memory(self, tee: Tee, examiner: Examiner) -> tuple[list[Result], io.BytesIO | None]:
        """The results in a member's own bytes, and those bytes, unless they are too many, which is said."""
        results: list[Result] = []
        file: io.BytesIO | None = io.BytesIO()
        for blob in tee.rest():
            results += self._scanned(blob, examiner)
            if file is not None:
                file.write(memoryview(blob.data)[blob.low:blob.high])
                if file.tell() > self._budget.limits.memory:
                    file = None
        if file is None:
            path, layers = tee.blob.path, tee.blob.layers
            results += self._unread(path, 'too large to be opened in memory (limits.memory)', layers, len(path))
        else:
            file.seek(0)
        return results, file

    def _scanned(self, blob: Blob, examiner: Examiner) -> Iterator[Result]:
        """As the pipeline does it with a source's blobs."""
        named = self._find(blob.path) if not blob.base else ()
        in_time = examiner.begin(blob)
        hits = among(self._find(blob.data), blob.data, blob.last and not blob.base) if in_time else ()
        if hits or named or not blob.last or not in_time:
            for result in examiner.examine(blob, hits, named):
                self._findings += isinstance(result, Finding)
                if isinstance(result, Unread) or self._findings <= self._most:
                    yield result
                elif not self._too_many:
                    self._too_many = True
                    yield from self._telling.limit(self._outer.path, TOO_MANY % self._most)

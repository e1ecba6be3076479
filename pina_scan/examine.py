"""What the pipeline does with a blob that has an anchor: decode, match, judge, and say where it stands."""
from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.blob import CONTEXT
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.covered import Covered
from pina_scan.decode import encodings
from pina_scan.decode import glance
from pina_scan.decode import wide
from pina_scan.decode.containers import STARTS
from pina_scan.decode.limits import Patience
from pina_scan.decode.offsets import Through
from pina_scan.decode.repeats import fresh
from pina_scan.decode.signatures import HEAD
from pina_scan.decode.signatures import detect
from pina_scan.match import search
from pina_scan.match.position import Locator
from pina_scan.matched import Match
from pina_scan.matched import finding
from pina_scan.matched import placed
from pina_scan.matched import rank
from pina_scan.matched import redact
from pina_scan.matched import same
from pina_scan.matched import sha256
from pina_scan.records import Candidate
from pina_scan.records import Decoded
from pina_scan.records import Finding
from pina_scan.records import Limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pina_scan.match.anchors import Find
    from pina_scan.match.anchors import Hit

    #: Opens a container that a text carries: told the text, the container's layer, its bytes, the layers around it, and
    #: whether those bytes are all of it.
    Opened = Callable[[Blob, str, bytes, tuple[str, ...], bool], Iterator[Finding | Unread]]

#: Layers within layers that are read: an escaped token in base64 in base64, in UTF-16.
DEPTH = 5
#: A run in base64 that ends nearer to a window's end than this may go on behind it: a line's end may be in between.
_AT_THE_END = 1 << 10
_CARRIERS = frozenset((
    'base64', 'hex', 'base32', 'decimal', 'backslash', 'percent', 'entities', 'quoted-printable', 'base85', 'uuencode',
))
#: So much is read a second time in one go.
_WINDOW = 1 << 20
#: As much as the readers look at before a hit, and as a token takes with each of its characters in an escape.
_BEFORE = 240
_BEHIND = 700
#: A prefix and the shortest body that is judged: what decodes to less has none.
_LEAST = 45
_AS_IT_STANDS = ('utf-16', 'utf-32')


class Carried(NamedTuple):
    """A container that stands in a text, and the stretch of the outermost bytes that it was read from."""

    start: int
    end: int
    layer: str
    data: bytes
    via: tuple[str, ...]


class Examiner:
    """Keeps what outlives a blob: how far the lines are counted, what it cost, and which folders have been reported.

    `left` gives the seconds that may still be spent where a budget is kept for more than this: that of a container.
    """

    def __init__(
            self,
            find: Find,
            named: set[bytes] | None = None,
            opened: Opened | None = None,
            limits: Limits | None = None,
            left: Callable[[], float] | None = None,
    ) -> None:
        self._find = find
        self._opened = opened
        self._patience = Patience(limits, left)
        self._locator: Locator | None = None
        self._named: set[bytes] = set() if named is None else named

    def begin(self, blob: Blob) -> bool:
        """To be called before a blob's anchors are looked for: the clock is on. False: no time is left to do that in."""
        if self._locator is None or not self._locator.covers(blob):
            self._locator = Locator(blob)
            self._patience.next_thing()
        self._patience.start()
        return not self._patience.over

    def examine(self, blob: Blob | Unread, hits: Sequence[Hit], named: Sequence[Hit]) -> Iterator[Finding | Unread]:
        """The findings in a name, then those in a blob's bytes in order of place."""
        path = blob.path
        if named:
            names = self._matches(path, named)
            yield from self._in_name(blob, names)
            path = redact(path, names)
        if isinstance(blob, Unread):
            yield Unread(path, blob.reason, blob.layers)
            return
        assert self._locator is not None
        if hits or self._patience.over:
            yield from self._in_bytes(blob, path, hits, self._locator)
            reason = self._patience.reason()
            if reason is not None:
                yield Unread(path, reason, blob.layers)
        if blob.before is None and not blob.last:
            self._locator.feed(blob)

    def _in_bytes(self, blob: Blob, path: bytes, hits: Sequence[Hit], locator: Locator) -> Iterator[Finding | Unread]:
        data = bytes(blob.data)
        carried: list[Carried] = []
        matches = self._matches(data, hits, carried)
        self._patience.stop()
        # a long run is read without its anchor, too
        longest = {one.start: one for one in sorted(carried, key=_length)}
        found: list[Match | Carried] = sorted([*matches, *longest.values()], key=_start)
        if not found:
            return
        from pina_scan.judge import inline
        comments = inline.Comments(data, [match.start for match in found])
        standing = {sha256(match.candidate) for match in matches}
        told: dict[str, int] = {}
        for match in found:
            if not blob.low <= match.start < blob.high:
                continue
            start, end = locator.locate(blob, match.start, match.end, match.via[0] if match.via else '')
            accepted = comments.accepting(match.start, match.end)
            if isinstance(match, Match):
                yield placed(finding(blob, path, match), start, end, accepted)
                continue
            for result in self._in_carried(blob, match, len(data)):
                if isinstance(result, Unread):
                    yield result
                elif result.token_sha256 not in standing and match.start >= told.get(result.token_sha256, 0):
                    # one that another holds as it is may be read twice
                    told[result.token_sha256] = match.end
                    # no place in a container is one in the text: it all stands where the container does
                    yield placed(result, start, end, accepted)._replace(path=path)

    def _in_carried(self, blob: Blob, carried: Carried, size: int) -> Iterator[Finding | Unread]:
        """What is in a container that a text carries, which may go on beyond the window."""
        if self._opened is None:
            return
        data = carried.data
        whole = blob.last or carried.end < size - _AT_THE_END
        if not whole and blob.before is not None and len(carried.via) == 1:
            from pina_scan.decode.carried import rest
            data = max(data, rest(self._in_time(blob.before(blob.base + carried.start, sys.maxsize))), key=len)
            whole = not self._patience.over
        yield from self._opened(blob, carried.layer, data, (*blob.layers, *carried.via), whole)

    def _in_time(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if self._patience.is_over():
                return
            yield piece

    def _in_name(self, blob: Blob | Unread, matches: Sequence[Match]) -> Iterator[Finding]:
        """One finding for each file or folder whose own name has a token, however many files are below it."""
        for match in matches:
            if match.start < blob.inside:
                # its container's own name
                continue
            end = blob.path.find(b'/', match.end)
            name = blob.path if end < 0 else blob.path[:end]
            if name not in self._named:
                self._named.add(name)
                inside = [m for m in matches if m.end <= len(name)]
                yield finding(blob, redact(name, inside), match)

    def reread(self, blob: Blob, again: Callable[[bytes], Decoded]) -> Iterator[Finding]:
        """The findings in another reading of the whole of a blob. They stand where the blob has what was read."""
        data = bytes(blob.data)
        path = redact(blob.path, self._matches(blob.path, self._find(blob.path)))
        locator = Locator(blob)
        for low in range(0, len(data), _WINDOW):
            if self._patience.is_over():
                return
            begin = max(0, low - CONTEXT)
            text, offsets, via = again(data[begin:low + _WINDOW + CONTEXT])
            for match in self._matches(text, self._find(text)):
                first, behind = begin + offsets[match.start], begin + offsets[match.end - 1] + 1
                if low <= first < low + _WINDOW:
                    start, end = locator.locate(blob, first, behind, '')
                    yield placed(finding(blob, path, match._replace(via=via + match.via)), start, end)

    def _matches(self, data: bytes, hits: Sequence[Hit], carried: list[Carried] | None = None) -> list[Match]:
        """One for each place; the exact form before any other, then the longer one. Containers go into `carried`."""
        found: dict[int, Match] = {}
        for match in self._round(data, hits, 0):
            if isinstance(match, Carried):
                if carried is not None:
                    carried.append(match)
                continue
            other = found.get(match.start)
            if other is None or rank(match) > rank(other):
                found[match.start] = match
        whole = [match for match in (found[start] for start in sorted(found)) if search.is_whole(match.candidate)]
        starts = [match.start for match in whole]
        matches: list[Match] = []
        for match in (found[start] for start in sorted(found)):
            near = bisect_left(starts, match.end) - 1
            if near >= 0 and whole[near].end > match.start and not search.is_whole(match.candidate):
                continue  # a part of one, or a form like a token's around one
            if not matches or not same(matches[-1], match):
                matches.append(match)
        return matches

    def _round(self, data: bytes, hits: Sequence[Hit], depth: int) -> Iterator[Match | Carried]:
        """What is in `data` as it stands, and in what its anchors lead to, `depth` layers down already."""
        covered = Covered(data)
        reached = loose_until = at = 0
        left: Iterable[Hit] = hits
        if len(hits) > glance.AT_ONCE:
            left = glance.worth(data, fresh(data, hits, lambda: reached, self._patience.is_over), True)
        for hit in left:
            if self._patience.is_over():
                break
            pattern, start, end = hit
            at = start + 1
            candidate = search.candidate(data, start, start < loose_until) if encodings.is_plain(pattern) else None
            if candidate is not None and not candidate.exact:
                loose_until = candidate.end
            full = candidate is not None and candidate.exact and search.is_full(candidate)
            found = False
            if not full and depth < DEPTH and not covered.has(pattern, start):
                for decoded in covered.read(hit):
                    for match in self._inside(decoded, depth + 1):
                        found = found or match.start == start
                        # one container may be all of a long stretch: what repeats in it has been read
                        reached = max(reached, match.start if isinstance(match, Carried) else match.end)
                        yield match
            if candidate is not None and not found:
                for standing in _judged(candidate):
                    reached = max(reached, standing.end)
                    yield standing
        if self._patience.over:
            for candidate in search.standing(data, at):
                yield from _judged(candidate)

    def _inside(self, decoded: Decoded, depth: int) -> Iterator[Match | Carried]:
        text, offsets, via = decoded
        if len(text) < _LEAST:
            return
        hits = encodings.among(self._find(text), text)
        if isinstance(offsets, Through):
            # what is as it was has been read
            hits = [hit for hit in hits if offsets.changes(hit[1] - _BEFORE, hit[2] + _BEHIND)]
        for match in self._round(text, hits, depth):
            # a form like a token's says little where the text had to be decoded first
            if isinstance(match, Carried) or match.candidate.exact or via[0] in _AS_IT_STANDS:
                # UTF-16 that ends in the middle of a character ends behind its last byte
                end = offsets[min(match.end, len(offsets) - 1)]
                begin = wide.first_byte(text, match.start) if match.via[:1] == _AS_IT_STANDS[:1] else match.start
                yield match._replace(start=offsets[begin], end=end, via=via + match.via)
        if len(via) == 1 and via[0] in _CARRIERS and text[:2] in STARTS and not isinstance(offsets, Through):
            kind = detect(text[:HEAD])
            if kind is not None:
                yield Carried(offsets[0], offsets[-1], kind, text, via)


def _length(carried: Carried) -> int:
    return len(carried.data)


def _start(match: Match | Carried) -> int:
    return match.start


def _judged(candidate: Candidate) -> Iterator[Match]:
    from pina_scan.judge.decide import decide
    verdict = decide(candidate)
    if verdict is not None:
        yield Match(candidate.start, candidate.end, candidate, verdict, ())

"""What the pipeline does with a blob that has an anchor: decode, match, judge, and say where it stands."""
from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan import token
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.decode import encodings
from pina_scan.judge import inline
from pina_scan.judge.decide import decide
from pina_scan.match import search
from pina_scan.match.position import Locator
from pina_scan.records import Candidate
from pina_scan.records import Decoded
from pina_scan.records import Finding
from pina_scan.records import Verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.match.anchors import Find
    from pina_scan.match.anchors import Hit


class Match(NamedTuple):
    """A token, judged, and the stretch of the outermost bytes that it was read from."""

    start: int
    end: int
    candidate: Candidate
    verdict: Verdict
    via: tuple[str, ...]


class Examiner:
    """Keeps what outlives a blob: how far the lines are counted, and which folders have been reported."""

    def __init__(self, find: Find, named: set[bytes] | None = None) -> None:
        self._find = find
        self._locator: Locator | None = None
        self._named: set[bytes] = set() if named is None else named

    def examine(self, blob: Blob | Unread, hits: Sequence[Hit], named: Sequence[Hit]) -> Iterator[Finding | Unread]:
        """The findings in a name, then those in a blob's bytes in order of place."""
        path = blob.path
        if named:
            names = self._matches(path, named)
            yield from self._in_name(blob, names)
            path = _redact(path, names)
        if isinstance(blob, Unread):
            yield Unread(path, blob.reason, blob.layers)
            return
        if self._locator is None or not self._locator.covers(blob):
            self._locator = Locator(blob)
        if hits:
            yield from self._in_bytes(blob, path, hits, self._locator)
        if blob.before is None and not blob.last:
            self._locator.feed(blob)

    def _in_bytes(self, blob: Blob, path: bytes, hits: Sequence[Hit], locator: Locator) -> Iterator[Finding]:
        data = bytes(blob.data)
        matches = self._matches(data, hits)
        comments = inline.Comments(data, [match.start for match in matches])
        for match in matches:
            if not blob.low <= match.start < blob.high:
                continue
            start, end = locator.locate(blob, match.start, match.end, match.via[0] if match.via else '')
            yield _finding(blob, path, match)._replace(
                line=start.line,
                column=start.column,
                end_line=end.line,
                end_column=end.column,
                inline=comments.accepting(match.start, match.end),
            )

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
                yield _finding(blob, _redact(name, inside), match)

    def reread(self, blob: Blob, decoded: Decoded) -> Iterator[Finding]:
        """The findings in another reading of the whole of a blob. They stand where the blob has what was read."""
        hits = self._find(decoded.text)
        if not hits:
            return
        path = _redact(blob.path, self._matches(blob.path, self._find(blob.path)))
        locator = Locator(blob)
        for match in self._matches(decoded.text, hits):
            start, end = locator.locate(blob, decoded.offsets[match.start], decoded.offsets[match.end - 1] + 1, '')
            yield _finding(blob, path, match._replace(via=(decoded.via, *match.via)))._replace(
                line=start.line,
                column=start.column,
                end_line=end.line,
                end_column=end.column,
            )

    def _matches(self, data: bytes, hits: Sequence[Hit]) -> list[Match]:
        found: dict[int, Match] = {}
        read_to: dict[int, int] = {}
        for pattern, start, end in hits:
            if encodings.is_plain(pattern):
                match = _judged(search.candidate(data, start), range(len(data) + 1), ())
                if match is not None:
                    found.setdefault(match.start, match)
                continue
            if start < read_to.get(pattern, 0):
                continue
            for decoded in encodings.reader(pattern)(data, start, end):
                # what the second half of a stretch begins may end beyond it: it is read again from there
                read_to[pattern] = decoded.offsets[len(decoded.text) // 2]
                for inner, at, _ in self._find(decoded.text):
                    if encodings.is_plain(inner):
                        match = _judged(search.candidate(decoded.text, at), decoded.offsets, (decoded.via,))
                        if match is not None:
                            found.setdefault(match.start, match)
        return [found[start] for start in sorted(found)]


def _judged(candidate: Candidate | None, offsets: Sequence[int], via: tuple[str, ...]) -> Match | None:
    if candidate is None:
        return None
    verdict = decide(candidate)
    if verdict is None:
        return None
    return Match(offsets[candidate.start], offsets[candidate.end], candidate, verdict, via)


def _finding(blob: Blob | Unread, path: bytes, match: Match) -> Finding:
    candidate = match.candidate
    return Finding(
        rule=candidate.rule,
        confidence=match.verdict.confidence,
        reason=match.verdict.reason,
        path=path,
        line=None,
        column=None,
        end_line=None,
        end_column=None,
        token_sha256=token.sha256(candidate.prefix + candidate.body),
        redacted=token.redacted(candidate.prefix, candidate.body),
        via=(*blob.layers, *match.via),
        commit=getattr(blob, 'commit', None),
        object=getattr(blob, 'object', None),
    )


def _redact(name: bytes, matches: Sequence[Match]) -> bytes:
    for match in reversed(matches):
        shown = token.redacted(match.candidate.prefix, match.candidate.body)
        name = name[:match.start] + shown.encode() + name[match.end:]
    return name

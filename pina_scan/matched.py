"""A token that was matched and judged, and the finding that it becomes."""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pina_scan import token
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.records import Candidate
from pina_scan.records import Finding
from pina_scan.records import Position
from pina_scan.records import Verdict


class Match(NamedTuple):
    """A token, judged, and the stretch of the outermost bytes that it was read from."""

    start: int
    end: int
    candidate: Candidate
    verdict: Verdict
    via: tuple[str, ...]


def sha256(candidate: Candidate) -> str:
    return token.sha256(candidate.prefix + candidate.body)


def rank(match: Match) -> tuple[bool, int]:
    return match.candidate.exact, len(match.candidate.body)


def same(one: Match, other: Match) -> bool:
    """Whether two readers have read one token, each from a place of its own."""
    return other.start < one.end and (one.candidate.prefix, one.candidate.body) == (other.candidate.prefix, other.candidate.body)


def finding(blob: Blob | Unread, path: bytes, match: Match) -> Finding:
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
        token_sha256=sha256(candidate),
        redacted=token.redacted(candidate.prefix, candidate.body),
        via=(*blob.layers, *match.via),
        commit=getattr(blob, 'commit', None),
        object=getattr(blob, 'object', None),
    )


def placed(finding: Finding, start: Position, end: Position, accepted: str | None = None) -> Finding:
    return finding._replace(
        line=start.line, column=start.column, end_line=end.line, end_column=end.column, inline=accepted,
    )


def redact(name: bytes, matches: Sequence[Match]) -> bytes:
    for match in reversed(matches):
        shown = token.redacted(match.candidate.prefix, match.candidate.body)
        name = name[:match.start] + shown.encode() + name[match.end:]
    return name

"""One token in a container is one finding, at the innermost place that it was read at.

The bytes of a container are scanned as they stand too, for what no member has: slack, headers, what follows damage.
A token that was met in a member is not told again.
"""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from pina_scan.blob import Unread
from pina_scan.records import Finding
from pina_scan.token import ACCESS_RULE
from pina_scan.token import BODY_LENGTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    Result = Finding | Unread


def noting(results: Iterator[Result], seen: set[str]) -> Iterator[Result]:
    for result in results:
        if isinstance(result, Finding):
            seen.update((result.token_sha256, _shown(result)))
        yield result


def unseen(results: Iterable[Result], seen: set[str]) -> Iterator[Result]:
    return (result for result in results if isinstance(result, Unread) or result.line is None or not known(result, seen))


def known(finding: Finding, seen: set[str]) -> bool:
    """The same token, or its beginning: what doesn't shrink is stored as it is, in pages, blocks and fields that cut it.

    Refresh tokens all begin alike.
    """
    cut = finding.rule == ACCESS_RULE and not finding.redacted.endswith(f'({BODY_LENGTH})')
    return finding.token_sha256 in seen or cut and _shown(finding) in seen


def either(standing: list[Result], again: list[Finding]) -> Iterator[Result]:
    """Of two readings of one text each token once: as it stands, if it does.

    What doesn't stand in one piece may have a piece that looks like a token by itself: that is not told beside it.
    """
    read = {token for finding in again for token in (finding.token_sha256, _shown(finding))}
    stand = {result.token_sha256 for result in standing if isinstance(result, Finding)}
    told = set()
    for result in standing:
        if isinstance(result, Finding):
            if result.token_sha256 not in read and known(result, read - stand):
                continue
            told.add(result.token_sha256)
        yield result
    yield from (finding for finding in again if finding.token_sha256 not in told)


def _shown(finding: Finding) -> str:
    return finding.redacted.partition('…')[0]

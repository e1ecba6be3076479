"""Findings by token: whoever cleans up does it token by token, the worst first."""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.records import Finding
from pina_scan.report.reach import CONFIDENCES
from pina_scan.report.reach import RANKS
from pina_scan.report.reach import Reach
from pina_scan.report.reach import reach


class Token(NamedTuple):
    """One token and every place it stands in, the worst place first."""

    sha256: str
    places: Sequence[Finding]

    @property
    def worst(self) -> Finding:
        return self.places[0]

    @property
    def reach(self) -> Reach:
        return reach(self.worst)

    @property
    def real(self) -> bool:
        """No dummy: somebody may be able to use it."""
        return any(place.confidence in ('high', 'medium') for place in self.places)


def by_token(findings: Iterable[Finding]) -> list[Token]:
    places: dict[str, list[Finding]] = {}
    for finding in findings:
        places.setdefault(finding.token_sha256, []).append(finding)
    tokens = [Token(sha256, sorted(found, key=_how_bad)) for sha256, found in places.items()]
    return sorted(tokens, key=lambda token: _how_bad(token.worst))


def _how_bad(finding: Finding) -> tuple[bool, int, int]:
    """Dummies last, however far they got."""
    rank = CONFIDENCES[finding.confidence]
    return rank >= CONFIDENCES['placeholder'], RANKS[reach(finding).key], rank

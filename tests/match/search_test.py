"""One pattern for a whole text says what each place is asked for otherwise."""
from __future__ import annotations

import pytest

from pina_scan.match import search
from pina_scan.match.rules import RULES
from tests.helpers.tokens import fill


@pytest.mark.parametrize('rule', [rule.id for rule in RULES])
def test_what_stands_is_what_each_place_is_asked_for(rule: str) -> None:
    row = next(row for row in RULES if row.id == rule)
    for template in (*row.examples, *row.near_misses):
        text = fill(template)
        asked = [search.candidate(text, at) for at in range(len(text)) if text.startswith(row.prefix, at)]
        assert list(search.standing(text, 0)) == [one for one in asked if one is not None]

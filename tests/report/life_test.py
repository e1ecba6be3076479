from __future__ import annotations

import pytest

from pina_scan.records import Origin
from pina_scan.report.life import life
from pina_scan.report.life import span
from pina_scan.report.tokens import by_token
from tests.helpers import pages


def origin(came: str | None, went: str | None = None, **more: object) -> Origin:
    made = Origin('a' * 40, 'A', came, 'b' * 40 if went is not None else None, went, went is None)
    return made._replace(**more)  # type: ignore[arg-type]


def lanes(*origins: Origin, now: str | None = None) -> list[tuple[float, float, bool]]:
    found = [pages.finding(path=b'%d' % number, origin=one) for number, one in enumerate(origins)]
    [token] = by_token(found)
    made = life(token, span(found, now))
    return [(lane.x, lane.width, lane.open) for lane in made.lanes] if made is not None else []


@pytest.mark.parametrize('date', (
    None, '', 'yesterday', '2025-13-01T00:00:00Z', '99999-01-01T00:00:00Z', '\x00',
    '9999-12-31T23:00:00-05:00', '0001-01-01T00:00:00+05:00',
))
def test_what_is_no_date_is_not_drawn(date: str | None) -> None:
    assert lanes(origin(date)) == []


@pytest.mark.parametrize(
    ('origins', 'now', 'drawn'), (
        # the whole width goes from the first date to the last, with room at both ends
        ([origin('2025-01-01', '2025-01-03')], None, [(2, 94, False)]),
        ([origin('2025-01-01'), origin('2025-01-02', '2025-01-03')], None, [(2, 94, True), (49, 47, False)]),
        ([origin('2025-01-01')], '2025-01-03', [(2, 94, True)]),
        # one moment only
        ([origin('2025-01-01')], None, [(2, 0.8, True)]),
        # taken out before it came, by clocks that differ
        ([origin('2025-01-03', '2025-01-01')], None, [(96, 0.8, False)]),
        # git writes zones in two ways
        ([origin('2025-01-01T00:00:00Z', '2025-01-03T02:00:00+02:00')], None, [(2, 94, False)]),
        ([origin('0001-01-01', '9999-12-31')], None, [(2, 94, False)]),
    ),
)
def test_lanes(origins: list[Origin], now: str | None, drawn: list[tuple[float, float, bool]]) -> None:
    assert lanes(*origins, now=now) == drawn


def test_labels_do_not_meet() -> None:
    tags = tuple((f'v{day}', f'2025-01-{day:02}') for day in range(1, 31))
    found = [pages.finding(origin=origin('2025-01-01', '2025-01-31', releases=tags))]
    [token] = by_token(found)
    made = life(token, span(found, None))
    assert made is not None
    assert [mark.label for mark in made.releases if mark.label] == ['v1', 'v5', 'v9', 'v13', 'v17', 'v21', 'v25', 'v29']
    assert len(made.releases) == 30


def test_only_so_many_are_drawn() -> None:
    found = [pages.finding(path=b'%d' % number, origin=origin('2025-01-01')) for number in range(20)]
    [token] = by_token(found)
    made = life(token, span(found, None))
    assert made is not None
    assert (len(made.lanes), made.more) == (12, 8)

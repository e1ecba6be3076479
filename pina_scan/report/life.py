"""A token's life as a drawing: where on a line of time it came, went, and was released."""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timezone
from typing import NamedTuple

from pina_scan.records import Finding
from pina_scan.report.names import visible
from pina_scan.report.tokens import Token

#: So many places of one token are drawn; the table has them all.
_LANES = 12
#: Labels nearer than this would be written over one another.
_APART = 11.0
_TICKS = 5
#: No bar is thinner, or nobody sees it.
_THIN = 0.8
# room at both ends for what is written there
_LEFT, _WIDTH = 2.0, 94.0
_LABEL = 60


class Mark(NamedTuple):
    """`x` in percent of the width; `label` is '' where there is no room for one."""

    x: float
    label: str
    title: str


class Lane(NamedTuple):
    """One place: a bar from `x`, `width` wide, in percent. `open`: it is still there."""

    label: str
    title: str
    x: float
    width: float
    open: bool


class Life(NamedTuple):
    lanes: Sequence[Lane]
    releases: Sequence[Mark]
    ticks: Sequence[Mark]
    more: int


class Span(NamedTuple):
    """The time that every drawing of a report goes over, so that they can be compared: seconds since 1970."""

    start: float
    end: float

    def x(self, moment: float) -> float:
        share = (moment - self.start) / ((self.end - self.start) or 1)
        return round(_LEFT + _WIDTH * min(1.0, max(0.0, share)), 2)


def span(findings: Iterable[Finding], now: str | None) -> Span | None:
    """None where nothing has a date."""
    dates = [moment for finding in findings for moment in _moments(finding)]
    if not dates:
        return None
    last = _seconds(now)
    return Span(min(dates), max([*dates, *([last] if last is not None else [])]))


def life(token: Token, over: Span | None) -> Life | None:
    """None where no place of it has a date."""
    dated = [place for place in token.places if place.origin is not None and _seconds(place.origin.date) is not None]
    if over is None or not dated:
        return None
    tagged = {release for place in dated if place.origin is not None for release in place.origin.releases}
    return Life(
        [_lane(place, over) for place in dated[:_LANES]],
        _spread(_releases(tagged, over)),
        _spread(_ticks(over)),
        max(0, len(dated) - _LANES),
    )


def _lane(place: Finding, over: Span) -> Lane:
    origin = place.origin
    assert origin is not None
    start = _seconds(origin.date)
    assert start is not None
    end = _seconds(origin.removed_on) if origin.removed_by is not None else None
    x = over.x(start)
    # clocks differ: a commit may be older than the one that it follows
    width = max(_THIN, (over.x(max(start, end)) if end is not None else over.x(over.end)) - x)
    path = visible(place.path)
    came = f'{path}: brought in by {(origin.commit or "")[:12]} on {day(origin.date)}'
    if origin.removed_by is not None:
        went = f'taken out by {origin.removed_by[:12]} on {day(origin.removed_on)}'
    else:
        went = 'HEAD still has it' if origin.in_head else 'git still has it'
    return Lane(_cut(path), f'{came}, {went}', x, round(width, 2), origin.removed_by is None)


def _cut(path: str) -> str:
    """Its end says more than its beginning."""
    return path if len(path) <= _LABEL else '…' + path[1 - _LABEL:]


def _releases(tagged: Iterable[tuple[str, str]], over: Span) -> Iterator[Mark]:
    for name, date in sorted(tagged, key=lambda release: (_seconds(release[1]) or 0.0, release[0])):
        moment = _seconds(date)
        if moment is not None:
            yield Mark(over.x(moment), name if len(name) <= 16 else name[:15] + '…', f'{name}, {day(date)}')


def _ticks(over: Span) -> Iterator[Mark]:
    for number in range(_TICKS):
        moment = over.start + (over.end - over.start) * number / (_TICKS - 1)
        label = datetime.fromtimestamp(moment, timezone.utc).strftime('%Y-%m-%d')
        yield Mark(over.x(moment), label, label)


def _spread(marks: Iterable[Mark]) -> list[Mark]:
    """The same marks, with labels only where they don't meet."""
    made: list[Mark] = []
    last = -_APART
    for mark in marks:
        fits = mark.x - last >= _APART
        made.append(mark if fits else mark._replace(label=''))
        last = mark.x if fits else last
    return made


def _moments(finding: Finding) -> Iterator[float]:
    origin = finding.origin
    if origin is not None:
        for date in (origin.date, origin.removed_on, *(date for _, date in origin.releases)):
            moment = _seconds(date)
            if moment is not None:
                yield moment


def _seconds(date: str | None) -> float | None:
    """None for what is no date: git takes any, and writes years that Python hasn't."""
    try:
        # Python 3.10 does not read the Z that git writes for UTC
        made = datetime.fromisoformat((date or '').replace('Z', '+00:00'))
        # in UTC, where a zone may have hidden a year that Python hasn't
        return made.replace(tzinfo=made.tzinfo or timezone.utc).astimezone(timezone.utc).timestamp()
    except (ValueError, OverflowError):
        return None


def day(date: str | None) -> str:
    return (date or '')[:10]

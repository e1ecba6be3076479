"""The text report on a terminal: by token, wrapped to its width, with links where it follows them; laid out by rich.

A pipe gets `as_text`, a line a finding, which programs read.
"""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from rich.text import Text

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.as_text import STYLES
from pina_scan.report.as_text import advice
from pina_scan.report.as_text import counted
from pina_scan.report.as_text import life
from pina_scan.report.as_text import named
from pina_scan.report.as_text import place
from pina_scan.report.as_text import read
from pina_scan.report.as_text import remarks
from pina_scan.report.as_text import through
from pina_scan.report.names import line_start
from pina_scan.report.names import visible
from pina_scan.report.reach import reach
from pina_scan.report.tokens import Token
from pina_scan.report.tokens import by_token
from pina_scan.report.verdict import how_far
from pina_scan.report.verdict import number
from pina_scan.token import TITLES

#: The address a finding's place leads to, or None.
Target = Callable[[Finding], 'str | None']
#: What a line that goes on is set in by, below what begins at the edge and below the rest.
_HANGING = (4, 2)
_DANGER = {'out': 'bold red', 'maybe': 'yellow', 'here': 'green'}


class Line(NamedTuple):
    """`whole`: not to be wrapped."""

    indent: int
    text: Text
    whole: bool = False


def render(
        report: Report, verbose: bool, quiet: bool, width: int, coloured: bool, target: Target = lambda finding: None,
) -> str:
    """`width` in columns. Without colour there are no escapes at all, so no links either."""
    console = Console(width=width, color_system=None, _environ={})
    made: list[str] = []
    for line in _lines(report, verbose, quiet, target):
        hanging = _HANGING[line.indent > 0]
        room = max(1, width - line.indent - hanging)
        # a terminal knows an address again that it has wrapped itself
        for count, part in enumerate([line.text] if line.whole else line.text.wrap(console, room, overflow='fold')):
            part.rstrip()
            made += (' ' * (line.indent + (hanging if count else 0)), _drawn(part, console, coloured), '\n')
    return ''.join(made)


def _drawn(text: Text, console: Console, coloured: bool) -> str:
    system = ColorSystem.STANDARD if coloured else None
    return ''.join(
        segment.style.render(segment.text, color_system=system) if segment.style is not None else segment.text
        for segment in text.render(console)
    )


def _lines(report: Report, verbose: bool, quiet: bool, target: Target) -> Iterator[Line]:
    tokens = by_token(report.findings)
    for token in [*tokens, *(by_token(report.suppressed) if verbose else ())]:
        yield from _token(token, target)
        yield Line(0, Text())
    for path, reason in report.unread:
        yield Line(0, Text.assemble((line_start(path), 'bold'), ': ', ('unread', 'bold magenta'), f': {visible(reason)}'))
    if not quiet:
        for notice in report.notices:
            yield Line(0, Text(f'note: {visible(notice)}'))
        style, found = counted(report)
        yield Line(0, Text.assemble((found, style), read(report, verbose)))
        real = [token for token in tokens if token.real]
        if real:
            yield Line(0, Text.assemble((how_far(real), _DANGER[real[0].reach.danger])))
        for line in advice(report):
            yield Line(len(line) - len(line.lstrip()), Text(line.lstrip()))


def _token(token: Token, target: Target) -> Iterator[Line]:
    worst = token.worst
    confidence = (worst.confidence, STYLES[worst.confidence])
    which = named(worst, lambda style, text: '')
    if len(token.places) == 1:
        where = ' in its name' if worst.line is None else ''
        yield Line(0, Text.assemble(_linked(worst, target), f': {TITLES[worst.rule]}{where}, ', confidence, which))
        yield Line(4, Text(f'{worst.reason}{through(worst)}'))
        yield from _about(worst, 4, True)
        return
    count = number(len(token.places), 'place')
    yield Line(0, Text.assemble(f'{TITLES[worst.rule]} in ', (count, 'bold'), ', ', confidence, which))
    yield Line(4, Text(worst.reason))
    # what holds for all is told once
    common = len({_exposure(finding) for finding in token.places}) == 1
    if common:
        yield from _exposed(worst, 4)
    for finding in _in_order(token.places):
        where = ' in its name' if finding.line is None else ''
        yield Line(4, Text.assemble(_linked(finding, target), where + through(finding)))
        yield from _about(finding, 8, not common)


def _in_order(places: Sequence[Finding]) -> Sequence[Finding]:
    """By path, or the worst first where they differ in that."""
    if len({_exposure(finding) for finding in places}) > 1:
        return places
    return sorted(places, key=lambda finding: (finding.path, finding.line or 0, finding.column or 0))


def _exposure(finding: Finding) -> str | None:
    return finding.origin.exposure if finding.origin is not None else None


def _about(finding: Finding, indent: int, exposed: bool) -> Iterator[Line]:
    origin = finding.origin
    if origin is not None:
        for line in life(origin):
            address = origin.link if line == origin.link else None
            yield Line(indent, Text.assemble((line, _link(address))), address is not None)
        if exposed:
            yield from _exposed(finding, indent)
    yield from (Line(indent, Text(line)) for line in remarks(finding))


def _exposed(finding: Finding, indent: int) -> Iterator[Line]:
    if finding.origin is not None:
        # how far a dummy got alarms nobody
        style = _DANGER[reach(finding).danger] if finding.confidence in ('high', 'medium') else ''
        yield Line(indent, Text.assemble((visible(finding.origin.exposure), style)))


def _linked(finding: Finding, target: Target) -> tuple[str, Style]:
    """The place, set off; a link where it leads somewhere."""
    return place(finding), Style(bold=True) + _link(target(finding))


def _link(address: str | None) -> Style:
    return Style(link=address) if address is not None else Style()

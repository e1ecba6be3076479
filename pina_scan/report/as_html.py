"""The report for whoever has to clean up: one page that asks nobody for anything and says everything without a script.

What stands on it is worked out here; `template` makes the page of it.
"""
from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

from pina_scan.records import Finding
from pina_scan.records import Origin
from pina_scan.records import Report
from pina_scan.records import Run
from pina_scan.report.life import Span
from pina_scan.report.life import day
from pina_scan.report.life import life
from pina_scan.report.life import span
from pina_scan.report.names import visible
from pina_scan.report.reach import CONFIDENCES
from pina_scan.report.reach import RANKS
from pina_scan.report.reach import REACHES
from pina_scan.report.reach import STATES
from pina_scan.report.reach import reach
from pina_scan.report.reach import state
from pina_scan.report.steps import Step
from pina_scan.report.steps import general
from pina_scan.report.steps import steps
from pina_scan.report.template import filled
from pina_scan.report.tokens import Token
from pina_scan.report.tokens import by_token
from pina_scan.report.verdict import number
from pina_scan.report.verdict import verdict
from pina_scan.token import TITLES

#: With more tokens than this, what to do about each is folded.
_OPEN = 8
#: What to do, and the drawing, of each is given for so many: a browser is slow with tens of megabytes.
_EACH = 250
#: So many are named at the top.
_FIRST = 5
#: So many unread things are listed unfolded.
_UNREAD = 20
_COMMIT = 10
_ICONS = {'leak': '#b3241a', 'unsure': '#c98500', 'dummy': '#1a549c', 'clear': '#0b6a4f'}


def render(report: Report, verbose: bool = False) -> str:
    """`verbose` changes nothing: what is suppressed is listed always. Raises ReportError without Jinja2."""
    return filled(_page(report))


def _page(report: Report) -> dict[str, Any]:
    tokens = by_token(report.findings)
    says = verdict(report, tokens)
    over = span(report.findings, report.run.ended)
    shown = [_token(token, place, over) for place, token in enumerate(tokens, 1)]
    places = [place for token in shown for place in token['places']]
    return {
        'version': report.version,
        'scanned': _scanned(report.run),
        'verdict': {**says._asdict(), 'icon': _icon(says.kind)},
        'tiles': _tiles(report, tokens),
        'unread': report.unread, 'listed': _UNREAD,
        'notices': report.notices,
        'first': [token for token in shown if token['real']][:_FIRST] if len(tokens) > 1 else [],
        'tokens': shown, 'opened': len(tokens) <= _OPEN,
        'filters': _filters(places),
        'plans': _plans(tokens[_EACH:]),
        'none': says.headline + '.',
        'suppressed': [{**finding._asdict(), 'at': _at(finding)} for finding in report.suppressed],
        'suppressed_counted': number(len(report.suppressed), 'finding that does not count', 'findings that do not count'),
    }


def _scanned(run: Run) -> list[bytes | str]:
    """What was scanned, and when, in a few words."""
    began = run.began[:16].replace('T', ' ') + ' UTC'
    at = ' at '.join(filter(None, (run.branch, (run.revision or '')[:_COMMIT])))
    return [word for word in (run.command, os.path.basename(run.root) or run.root, run.remote, at, began) if word]


def _icon(kind: str) -> str:
    circle = f"<circle cx='8' cy='8' r='8' fill='{_ICONS[kind]}'/>"
    drawn = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>{circle}</svg>"
    return 'data:image/svg+xml,' + quote(drawn, safe="/:='")


def _tiles(report: Report, tokens: list[Token]) -> list[dict[str, str]]:
    summary = report.summary
    real = sum(token.real for token in tokens)
    dummies = len(tokens) - real
    tiles = [
        ('bad' if real else '', 'token' if real == 1 else 'tokens', f'{real:,}'),
        *([('', 'dummy' if dummies == 1 else 'dummies', f'{dummies:,}')] if dummies else []),
        ('', 'place' if len(report.findings) == 1 else 'places', f'{len(report.findings):,}'),
        ('', 'file' if summary.files == 1 else 'files', f'{summary.files:,}'),
        ('warn' if report.unread else '', 'unread', f'{len(report.unread):,}'),
        ('', 'suppressed', f'{len(report.suppressed):,}'),
        *([('', 'excluded', f'{summary.excluded:,}')] if summary.excluded else []),
        ('', 'seconds', f'{summary.seconds:,.2f}'),
    ]
    return [{'kind': kind, 'label': label, 'value': value} for kind, label, value in tiles]


def _token(token: Token, place: int, over: Span | None) -> dict[str, Any]:
    worst = token.worst
    far = token.reach
    return {
        'number': place,
        'sha256': token.sha256,
        'redacted': worst.redacted,
        'title': TITLES[worst.rule],
        'confidence': worst.confidence,
        'reason': worst.reason,
        'real': token.real,
        'reach': far.label, 'danger': far.danger,
        'exposure': worst.origin.exposure if worst.origin is not None else f'{far.label}: {visible(worst.path)}{_at(worst)}',
        'counted': number(len(token.places), 'place'),
        'places': [_place(finding) for finding in token.places],
        'life': life(token, over) if place <= _EACH else None,
        'steps': steps(token) if place <= _EACH else None,
        'plan': _plan(token),
    }


def _plan(token: Token) -> str:
    return token.reach.key if token.real else 'dummy'


def _plans(tokens: list[Token]) -> list[tuple[str, str, list[Step]]]:
    """What to do about those that got equally far: once."""
    first = {_plan(token): token for token in reversed(tokens)}
    return [(plan, token.reach.label if token.real else 'Dummies', general(token)) for plan, token in reversed(first.items())]


def _at(finding: Finding) -> str:
    return ' in its name' if finding.line is None else f':{finding.line}:{finding.column}'


def _place(finding: Finding) -> dict[str, Any]:
    origin = finding.origin
    far, now = reach(finding), state(finding)
    held = ''
    if origin is not None and origin.refs:
        more = f' and {number(origin.more_refs, "more ref")}' if origin.more_refs else ''
        held = f'Held by {", ".join(origin.refs)}{more}'
    return {
        'path': finding.path, 'at': _at(finding),
        'via': finding.via,
        'notes': [line for line in (held, finding.note) if line],
        'confidence': finding.confidence, 'rank': CONFIDENCES[finding.confidence],
        'reach': far.label, 'reach_rank': RANKS[far.key], 'danger': far.danger,
        'state': now.key, 'state_label': now.label,
        **_came(origin or Origin()),
    }


def _came(origin: Origin) -> dict[str, str]:
    return {
        'exposure': origin.exposure,
        'link': origin.link or '',
        'day': day(origin.date),
        'came': (origin.commit or '')[:_COMMIT],
        'author': origin.author or '',
        'went': day(origin.removed_on) if origin.removed_by is not None else '',
        'removed_by': (origin.removed_by or '')[:_COMMIT],
    }


def _filters(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each with the values that some place has."""
    ways = (
        ('confidence', 'Confidence', 'c', [(rank, name) for name, rank in CONFIDENCES.items()], 'rank'),
        ('exposure', 'How far it got', 'e', [(RANKS[far.key], far.label) for far in REACHES.values()], 'reach_rank'),
        ('state', 'State', 's', list(STATES.items()), 'state'),
    )
    made = []
    for key, label, of, pairs, field in ways:
        met = {place[field] for place in places}
        made.append({'key': key, 'label': label, 'of': of, 'choices': [pair for pair in pairs if pair[0] in met]})
    return made

"""The report for programs: one object, as `schema.json` beside this module has it."""
from __future__ import annotations

import json
from typing import Any

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.names import in_json

SCHEMA = 1
#: Where the findings go, in what is written around them.
_HERE = 'here'
_HERE_IN_JSON = '\n    "here"\n'


def render(report: Report, verbose: bool = False) -> str:
    """Suppressed findings are counted always, and listed when asked for with -v."""
    findings = (*report.findings, *(report.suppressed if verbose else ()))
    text = in_json(json.dumps({
        'schema': SCHEMA,
        'tool': {'name': 'pina-scan', 'version': report.version},
        'findings': [_HERE] if findings else [],
        'unread': [{'path': name(path), 'reason': reason} for path, reason in report.unread],
        'notices': list(report.notices),
        'summary': {**report.summary._asdict(), 'seconds': round(report.summary.seconds, 3)},
    }, indent=2))
    if not findings:
        return text + '\n'
    before, _, behind = text.partition(_HERE_IN_JSON)
    # one by one: all of them as objects at once take ten times as much memory as their text
    return ''.join((before, '\n', ',\n'.join(map(_indented, findings)), '\n', behind, '\n'))


def _indented(finding: Finding) -> str:
    text = in_json(json.dumps(fields(finding), indent=2))
    return '    ' + text.replace('\n', '\n    ')


def fields(finding: Finding) -> dict[str, Any]:
    """A finding as `schema.json` has it."""
    # the comment that was found beside it is said in `suppressed`, if it holds; `inner` is for other reports
    made = {key: value for key, value in finding._asdict().items() if key not in ('inline', 'inner')}
    origin = made.pop('origin')
    if origin is not None:
        made['origin'] = {**origin._asdict(), 'refs': list(origin.refs)}
    return {**made, 'path': name(finding.path), 'via': list(finding.via)}


def name(path: bytes) -> str:
    return path.decode('utf-8', 'surrogateescape')

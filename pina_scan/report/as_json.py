"""The report for programs: one object, as `schema.json` beside this module has it."""
from __future__ import annotations

import json
from typing import Any

from pina_scan.records import Finding
from pina_scan.records import Report

SCHEMA = 1


def render(report: Report, verbose: bool = False) -> str:
    """Suppressed findings are counted always, and listed when asked for with -v."""
    findings = [*report.findings, *(report.suppressed if verbose else ())]
    return quiet(json.dumps({
        'schema': SCHEMA,
        'tool': {'name': 'pina-scan', 'version': report.version},
        'findings': [_finding(finding) for finding in findings],
        'unread': [{'path': _name(path), 'reason': reason} for path, reason in report.unread],
        'notices': list(report.notices),
        'summary': {**report.summary._asdict(), 'seconds': round(report.summary.seconds, 3)},
    }, indent=2)) + '\n'


def quiet(text: str) -> str:
    """The same JSON for a log: no string in it has a `##[` that GitHub's runner or Azure's agent would obey."""
    return text.replace('##', '#\\u0023')


def _finding(finding: Finding) -> dict[str, Any]:
    # the comment that was found beside it is said in `suppressed`, if it holds; `inner` is for other reports
    fields = {key: value for key, value in finding._asdict().items() if key not in ('inline', 'inner')}
    origin = fields.pop('origin')
    if origin is not None:
        fields['origin'] = {**origin._asdict(), 'refs': list(origin.refs)}
    return {**fields, 'path': _name(finding.path), 'via': list(finding.via)}


def _name(path: bytes) -> str:
    return path.decode('utf-8', 'surrogateescape')

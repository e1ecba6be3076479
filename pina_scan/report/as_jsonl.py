"""JSON Lines: an object a line, each finding as soon as it is known, and the sums at the end."""
from __future__ import annotations

import json
from typing import Any

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.as_json import SCHEMA
from pina_scan.report.as_json import fields
from pina_scan.report.as_json import name
from pina_scan.report.names import in_json


def render(report: Report, verbose: bool = False) -> str:
    findings = (*report.findings, *(report.suppressed if verbose else ()))
    return ''.join((*map(finding_line, findings), *(unread_line(*item) for item in report.unread), closing(report)))


def finding_line(finding: Finding) -> str:
    return _line('finding', fields(finding))


def found_line(finding: Finding) -> str:
    """Before it is known where it came from and whether anything accepts it."""
    values = fields(finding)
    return _line('found', {key: values[key] for key in values if key not in ('suppressed', 'note', 'origin')})


def unread_line(path: bytes, reason: str) -> str:
    return _line('unread', {'path': name(path), 'reason': reason})


def closing(report: Report) -> str:
    """The last line: without it the run did not come to its end."""
    return _line('summary', {
        'schema': SCHEMA,
        'tool': {'name': 'pina-scan', 'version': report.version},
        'notices': list(report.notices),
        **report.summary._asdict(),
        'seconds': round(report.summary.seconds, 3),
        'unread': len(report.unread),
        'exit_code': report.run.exit_code,
    })


def _line(kind: str, values: dict[str, Any]) -> str:
    return in_json(json.dumps({'type': kind, **values})) + '\n'

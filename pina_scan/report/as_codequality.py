"""GitLab's code quality report: what shows in a merge request's changes on every tier. A part of Code Climate's format."""
from __future__ import annotations

import json

from pina_scan.records import Report
from pina_scan.report.names import in_json
from pina_scan.report.names import visible
from pina_scan.report.places import below
from pina_scan.report.places import fingerprints
from pina_scan.report.places import in_file
from pina_scan.report.places import place
from pina_scan.report.places import worst_first
from pina_scan.report.rules import rule_of
from pina_scan.report.sentences import sentences

_SEVERITIES = {'high': 'blocker', 'medium': 'critical', 'placeholder': 'minor'}


def render(report: Report, verbose: bool = False) -> str:
    """What counts, and what is unread. There is no way to say that a finding is accepted: such are never in it."""
    from hashlib import sha256

    findings = worst_first(report.findings)
    issues = [
        _issue(
            rule_of(finding).id, ' '.join(sentences(finding)), fingerprint, _SEVERITIES[finding.confidence],
            visible(place(finding, report.run).file), finding.line or 1 if in_file(finding) else 1,
        )
        for finding, fingerprint in zip(findings, fingerprints(findings, report.run))
    ]
    for path, reason in report.unread:
        file = below(path, report.run)
        said = f'Could not be read in full: {visible(reason)}'
        issues.append(_issue('unread', said, sha256(file + b'\0' + said.encode()).hexdigest(), 'critical', visible(file), 1))
    return in_json(json.dumps(issues, indent=2)) + '\n'


def _issue(check: str, description: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, object]:
    return {
        'type': 'issue', 'check_name': check, 'description': description, 'categories': ['Security'],
        'severity': severity, 'fingerprint': fingerprint, 'location': {'path': path, 'lines': {'begin': line}},
    }

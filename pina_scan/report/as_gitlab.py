"""GitLab's secret detection report, by the format that GitLab publishes as its security report schemas.

Declared is 15.0.7, which every GitLab from 15 on reads. What it asks for: a scan with its analyzer, scanner, times and
status; for each finding an id, an identifier and a location with a commit.
"""
from __future__ import annotations

import json
import uuid
from typing import Any

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.markdown import prose
from pina_scan.report.names import in_json
from pina_scan.report.names import visible
from pina_scan.report.places import below
from pina_scan.report.places import fingerprints
from pina_scan.report.places import in_file
from pina_scan.report.places import place
from pina_scan.report.places import worst_first
from pina_scan.report.rules import rule_of
from pina_scan.report.sentences import sentences

VERSION = '15.0.7'
_SEVERITIES = {'high': 'Critical', 'medium': 'High', 'placeholder': 'Low'}
#: What stands for the commit where there is none, as GitLab's own analyzer writes it.
_NO_COMMIT = '0000000'
#: GitLab's: a longer one is refused with the whole report.
_LONGEST_SOLUTION = 7000


def render(report: Report, verbose: bool = False) -> str:
    """What counts. There is no way to say that a finding is accepted: such are never in it."""
    tool = {'id': 'pina-scan', 'name': 'pina-scan', 'vendor': {'name': 'pina-scan'}, 'version': report.version}
    findings = worst_first(report.findings)
    return in_json(json.dumps({
        'version': VERSION,
        'scan': {
            'analyzer': tool,
            'scanner': tool,
            'type': 'secret_detection',
            'start_time': report.run.began.rstrip('Z'),
            'end_time': report.run.ended.rstrip('Z'),
            'status': 'failure' if report.unread else 'success',
            'messages': [
                *({'level': 'warn', 'value': f'{visible(below(path, report.run))} could not be read in full: {visible(reason)}'}
                  for path, reason in report.unread),
                *({'level': 'info', 'value': visible(notice)} for notice in report.notices),
            ],
        },
        'vulnerabilities': [
            _vulnerability(report, finding, fingerprint)
            for finding, fingerprint in zip(findings, fingerprints(findings, report.run))
        ],
    }, indent=2)) + '\n'


def _vulnerability(report: Report, finding: Finding, fingerprint: str) -> dict[str, Any]:
    rule = rule_of(finding)
    made = {
        # the same finding has the same id in the next run
        'id': str(uuid.UUID(fingerprint[:32])),
        'category': 'secret_detection',
        'name': rule.title,
        'description': ' '.join((rule.text, *sentences(finding, prose))),
        'severity': _SEVERITIES[finding.confidence],
        'solution': '\n'.join(rule.steps)[:_LONGEST_SOLUTION],
        'scanner': {'id': 'pina-scan', 'name': 'pina-scan'},
        'identifiers': [{'type': 'pina_scan_rule_id', 'name': f'pina-scan rule {rule.id}', 'value': rule.id}],
        'location': _location(report, finding),
        'details': {
            'token_sha256': {'name': 'SHA-256 of the token', 'type': 'text', 'value': finding.token_sha256},
            'confidence': {'name': 'Confidence', 'type': 'text', 'value': finding.confidence},
        },
    }
    if finding.origin is not None and finding.origin.link is not None:
        made['links'] = [{'name': 'Where it was brought in', 'url': finding.origin.link}]
    if finding.confidence == 'placeholder':
        made['flags'] = [{
            'type': 'flagged-as-likely-false-positive', 'origin': 'pina-scan', 'description': 'A dummy of the right form.',
        }]
    return made


def _location(report: Report, finding: Finding) -> dict[str, Any]:
    origin = finding.origin
    commit: dict[str, str] = {'sha': finding.commit or report.run.revision or _NO_COMMIT}
    if origin is not None and origin.commit is not None:
        commit.update(author=visible(origin.author or ''), date=origin.date or '')
    made: dict[str, Any] = {'file': visible(place(finding, report.run).file), 'commit': commit}
    if in_file(finding):
        made.update(start_line=finding.line, end_line=finding.end_line)
    return made

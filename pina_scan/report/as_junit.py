"""JUnit XML, as Jenkins, GitLab and Azure read test results: a finding is a failure, what is unread an error.

There is no one schema; this holds to Jenkins' and to Ant's, which asks for more and allows less.
"""
from __future__ import annotations

from xml.etree import ElementTree

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.names import line_start
from pina_scan.report.names import visible
from pina_scan.report.places import below
from pina_scan.report.places import listed
from pina_scan.report.places import place
from pina_scan.report.rules import rule_of
from pina_scan.report.sentences import sentences
from pina_scan.report.sentences import sums

_SUITE = 'pina-scan'


def render(report: Report, verbose: bool = False) -> str:
    findings = listed(report, verbose)
    top = ElementTree.Element('testsuites')
    seconds = f'{report.summary.seconds:.3f}'
    cases = len(findings) + len(report.unread)
    suite = ElementTree.SubElement(top, 'testsuite', {
        'name': _SUITE, 'package': _SUITE, 'id': '0', 'hostname': 'localhost', 'timestamp': report.run.began.rstrip('Z'),
        'tests': str(cases or 1), 'failures': str(len(report.findings)), 'errors': str(len(report.unread)), 'time': seconds,
    })
    properties = ElementTree.SubElement(suite, 'properties')
    for name, value in (('version', report.version), ('command', report.run.command), ('summary', sums(report))):
        ElementTree.SubElement(properties, 'property', {'name': name, 'value': value})
    for finding in findings:
        _finding(suite, report, finding)
    for path, reason in report.unread:
        file = visible(below(path, report.run))
        said = f'could not be read in full: {visible(reason)}'
        error = ElementTree.SubElement(_case(suite, file, 'unread'), 'error', {'type': 'unread', 'message': said})
        error.text = f'{line_start(file)} {said}'
    if not cases:
        _case(suite, 'no token', _SUITE, seconds)
    ElementTree.SubElement(suite, 'system-out').text = '\n'.join(f'note: {visible(notice)}' for notice in report.notices)
    ElementTree.SubElement(suite, 'system-err')
    ElementTree.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(top, 'unicode') + '\n'


def _case(suite: ElementTree.Element, name: str, kind: str, seconds: str = '0') -> ElementTree.Element:
    return ElementTree.SubElement(suite, 'testcase', {'name': name, 'classname': kind, 'time': seconds})


def _finding(suite: ElementTree.Element, report: Report, finding: Finding) -> None:
    rule = rule_of(finding)
    where = visible(b''.join(place(finding, report.run)))
    line = '' if finding.line is None else f':{finding.line}:{finding.column}'
    case = _case(suite, f'{where}{line}', rule.id)
    said = sentences(finding)
    if finding.suppressed is not None:
        ElementTree.SubElement(case, 'skipped').text = ' '.join(said)
        return
    failure = ElementTree.SubElement(case, 'failure', {'type': finding.confidence, 'message': said[0]})
    failure.text = '\n'.join((line_start(where) + line, *said, *rule.steps))

"""GitHub Actions: annotations by workflow commands, as its runner parses them (actions/runner, ActionCommand.cs).

A step shows ten of each kind, so the worst come first and the last one says how many more there are.
"""
from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.names import visible
from pina_scan.report.places import below
from pina_scan.report.places import in_file
from pina_scan.report.places import place
from pina_scan.report.places import worst_first
from pina_scan.report.rules import rule_of
from pina_scan.report.sentences import number
from pina_scan.report.sentences import sentences

MOST = 10
_DATA = (('%', '%25'), ('\r', '%0D'), ('\n', '%0A'))
_PROPERTY = (*_DATA, (':', '%3A'), (',', '%2C'))


def around(report: Report) -> tuple[str, str]:
    """What goes before the text and what behind it."""
    findings = worst_first(report.findings)
    errors = [_finding(finding, report) for finding in findings if rule_of(finding).level == 'error']
    errors += [
        _command('error', {'file': visible(below(path, report.run)), 'title': 'Could not be read'}, visible(reason))
        for path, reason in report.unread
    ]
    warnings = [_finding(finding, report) for finding in findings if rule_of(finding).level != 'error']
    return '', ''.join(line + '\n' for line in (*_cut('error', errors), *_cut('warning', warnings)))


def _cut(kind: str, lines: Sequence[str]) -> Iterator[str]:
    if len(lines) <= MOST:
        yield from lines
        return
    yield from lines[:MOST - 1]
    more = f'{number(len(lines) - MOST + 1, "place")} more: see the summary of the job, or its log.'
    yield _command(kind, {'title': 'pina-scan'}, more)


def _finding(finding: Finding, report: Report) -> str:
    rule = rule_of(finding)
    values: dict[str, object] = {'file': visible(place(finding, report.run).file)}
    if in_file(finding):
        values['line'] = finding.line
        values['endLine'] = finding.end_line
        if finding.line == finding.end_line and finding.end_column is not None:
            # columns of more lines than one are refused; the last one is the token's own
            values['col'] = finding.column
            values['endColumn'] = finding.end_column - 1
    values['title'] = f'{rule.title} ({finding.confidence})'
    return _command(rule.level, values, '\n'.join(sentences(finding)))


def _command(kind: str, values: dict[str, object], text: str) -> str:
    listing = ','.join(f'{key}={_escaped(str(value), _PROPERTY)}' for key, value in values.items())
    return f'::{kind} {listing}::{_escaped(text, _DATA)}'


def _escaped(text: str, marks: Sequence[tuple[str, str]]) -> str:
    for mark, escape in marks:
        text = text.replace(mark, escape)
    return text

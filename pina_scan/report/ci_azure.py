"""Azure Pipelines: issues by logging commands, as its agent parses them (azure-pipelines-agent, Command.cs)."""
from __future__ import annotations

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

#: So many issues of one kind are kept.
MOST = 10
#: A `%` by the agent's own name for it, or the next three characters could be one of these.
_MARKS = (('%', '%AZP25'), (';', '%3B'), ('\r', '%0D'), ('\n', '%0A'), (']', '%5D'))


def around(report: Report) -> tuple[str, str]:
    """What goes before the text and what behind it."""
    lines = [_finding(finding, report) for finding in worst_first(report.findings)]
    for path, reason in report.unread:
        values: dict[str, object] = {'type': 'error', 'sourcepath': visible(below(path, report.run)), 'code': 'unread'}
        lines.append(_issue(values, f'Could not be read: {visible(reason)}'))
    if len(lines) > MOST:
        more = f'{number(len(lines) - MOST + 1, "place")} more: see the summary of the run, or its log.'
        lines[MOST - 1:] = [_issue({'type': 'error'}, more)]
    return '', ''.join(line + '\n' for line in lines)


def summary(path: str) -> str:
    """The command that shows a file of Markdown on the page of the run."""
    return f'##vso[task.uploadsummary]{escaped(path)}\n'


def _finding(finding: Finding, report: Report) -> str:
    rule = rule_of(finding)
    values: dict[str, object] = {'type': rule.level, 'sourcepath': visible(place(finding, report.run).file)}
    if in_file(finding):
        values.update(linenumber=finding.line, columnnumber=finding.column)
    return _issue({**values, 'code': rule.id}, ' '.join(sentences(finding)))


def _issue(values: dict[str, object], text: str) -> str:
    listing = ''.join(f'{key}={escaped(str(value))};' for key, value in values.items())
    return f'##vso[task.logissue {listing}]{escaped(text)}'


def escaped(text: str) -> str:
    for mark, escape in _MARKS:
        text = text.replace(mark, escape)
    return text

"""TeamCity: inspections by service messages, and a build problem that says how many."""
from __future__ import annotations

from pina_scan.records import Report
from pina_scan.report.names import visible
from pina_scan.report.places import in_file
from pina_scan.report.places import place
from pina_scan.report.places import worst_first
from pina_scan.report.rules import rule_of
from pina_scan.report.sentences import sentences
from pina_scan.report.sentences import sums

_MARKS = (('|', '||'), ("'", "|'"), ('\n', '|n'), ('\r', '|r'), ('[', '|['), (']', '|]'))


def around(report: Report) -> tuple[str, str]:
    """What goes before the text and what behind it."""
    findings = worst_first(report.findings)
    lines = [
        _message('inspectionType', id=rule.id, name=rule.title, description=rule.text, category='Secrets')
        for rule in dict.fromkeys(rule_of(finding) for finding in findings)
    ]
    lines += [
        _message(
            'inspection', typeId=rule_of(finding).id, message=' '.join(sentences(finding)),
            file=visible(place(finding, report.run).file), line=str(finding.line if in_file(finding) else 1),
            SEVERITY=rule_of(finding).level.upper(),
        ) for finding in findings
    ]
    if findings or report.unread:
        lines.append(_message('buildProblem', description=f'pina-scan: {sums(report)}', identity='pina-scan'))
    return '', ''.join(line + '\n' for line in lines)


def _message(kind: str, /, **values: str) -> str:
    return f'##teamcity[{kind} ' + ' '.join(f"{key}='{_escaped(value)}'" for key, value in values.items()) + ']'


def _escaped(text: str) -> str:
    for mark, escape in _MARKS:
        text = text.replace(mark, escape)
    return text

"""CSV (RFC 4180) for a spreadsheet, which must not take a name for a formula."""
from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from pina_scan.records import Finding
from pina_scan.records import Origin
from pina_scan.records import Report
from pina_scan.report.names import visible

COLUMNS = (
    'kind', 'confidence', 'rule', 'path', 'line', 'column', 'end_line', 'end_column', 'token_sha256', 'redacted', 'via',
    'commit', 'author', 'date', 'removed_by', 'removed_on', 'exposure', 'object', 'suppressed', 'reason',
)
#: What starts a formula (OWASP, "CSV Injection"), also behind a semicolon, which is the separator in half of Europe.
_FORMULA = re.compile(r'(?P<before>^|;)(?=[\s"\']*[=+\-@\t\r＝＋－＠])')


def render(report: Report, verbose: bool = False) -> str:
    """A line for each finding, then one for each path that could not be read."""
    out = io.StringIO(newline='')
    writer = csv.writer(out, lineterminator='\r\n')
    writer.writerow(COLUMNS)
    writer.writerows(_row(finding) for finding in (*report.findings, *(report.suppressed if verbose else ())))
    writer.writerows(_unread(report))
    return out.getvalue()


def _row(finding: Finding) -> list[str]:
    origin = finding.origin or Origin()
    own = {'kind': 'finding', 'commit': finding.commit, 'via': ' '.join(finding.via)}
    values = {**finding._asdict(), **origin._asdict(), **own}
    return [_cell(values[column]) for column in COLUMNS]


def _unread(report: Report) -> Iterator[list[str]]:
    for path, reason in report.unread:
        values: dict[str, object] = {'kind': 'unread', 'path': path, 'reason': reason}
        yield [_cell(values.get(column)) for column in COLUMNS]


def _cell(value: object) -> str:
    if not isinstance(value, (bytes, str)):
        return '' if value is None else str(value)
    return _FORMULA.sub(r"\g<before>'", visible(value))

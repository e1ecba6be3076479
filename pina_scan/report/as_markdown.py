"""A summary for people in Markdown: a job's page, a comment on a pull request."""
from __future__ import annotations

from collections.abc import Sequence

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.records import Run
from pina_scan.report.markdown import code
from pina_scan.report.markdown import prose
from pina_scan.report.places import below
from pina_scan.report.places import listed
from pina_scan.report.places import place
from pina_scan.report.rules import rule_of
from pina_scan.report.sentences import COMMIT
from pina_scan.report.sentences import number
from pina_scan.report.sentences import sums
from pina_scan.token import HASH_SHOWN

_MARKS = {'high': '🔴 high', 'medium': '🟠 medium', 'placeholder': '🟡 placeholder', 'fake': '⚪ fake'}
_UNREAD = '⚠️ **Not everything could be read, so this is no all-clear.**'
#: The rows that are tried, from all of them down, until the text fits.
_FEWER = (1000, 300, 100, 30, 10, 0)


def render(report: Report, verbose: bool = False, most: int | None = None) -> str:
    """`most` is how many bytes there may be; rows that don't fit are counted."""
    rows = len(report.findings) + len(report.suppressed) + len(report.unread)
    text = _render(report, verbose, rows)
    for fewer in _FEWER:
        if most is None or len(text.encode('utf-8', 'backslashreplace')) <= most:
            break
        text = _render(report, verbose, fewer)
    return text


def _render(report: Report, verbose: bool, rows: int) -> str:
    findings = listed(report, verbose)
    mark = '❌' if report.findings or report.unread else '✅'
    lines = ['## pina-scan', '', f'{mark} **{sums(report)}**{_of(report.run)}']
    if report.unread:
        lines += ['', _UNREAD]
    if findings:
        lines += ['', '| | token | where | |', '|---|---|---|---|', *(_row(finding, report.run) for finding in findings[:rows])]
        lines += _more(len(findings) - rows, 'finding')
        lines += _steps(report.findings)
    if report.unread:
        lines += ['', '| could not be read in full | |', '|---|---|']
        lines += [f'| {code(below(path, report.run))} | {code(reason)} |' for path, reason in report.unread[:rows]]
        lines += _more(len(report.unread) - rows, 'path')
    if report.notices:
        lines += ['', *(f'- {prose(notice)}' for notice in report.notices[:rows])]
    return '\n'.join(lines) + '\n'


def _of(run: Run) -> str:
    words = [code(run.branch or ''), code((run.revision or '')[:COMMIT])]
    said = ' at '.join(word for word in words if word)
    return f' — {said}' if said else ''


def _row(finding: Finding, run: Run) -> str:
    at = place(finding, run)
    line = '' if finding.line is None else f':{finding.line}:{finding.column}'
    where = code(at.file + at.inner + line.encode()) + (' in its name' if finding.line is None else '')
    if finding.commit is not None:
        where += f' in commit {code(finding.commit[:COMMIT])}'
    token = f'{code(finding.redacted)} {code(finding.token_sha256[:HASH_SHOWN])}'
    return f'| {_MARKS[finding.confidence]} | {token} | {where} | {" ".join(_said(finding))} |'


def _said(finding: Finding) -> list[str]:
    said = [f'Read through {prose(", ".join(finding.via))}.'] if finding.via else []
    if finding.origin is not None:
        said.append(prose(finding.origin.exposure))
    if finding.note is not None:
        said.append(prose(finding.note) + '.')
    if finding.suppressed is not None:
        said.append(f'Accepted: {code(finding.suppressed)}.')
    return said


def _more(count: int, word: str) -> list[str]:
    return ['', f'And {number(count, word)} more.'] if count > 0 else []


def _steps(findings: Sequence[Finding]) -> list[str]:
    """Once for each kind there is."""
    kinds = dict.fromkeys(rule_of(finding).steps for finding in findings)
    return [line for steps in kinds for line in ('', *(f'{count}. {step}' for count, step in enumerate(steps, 1)))]

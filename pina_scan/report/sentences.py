"""What is said of a finding in running text, for every report alike."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.names import visible
from pina_scan.token import HASH_SHOWN
from pina_scan.token import TITLES

#: How much of a commit's id is shown.
COMMIT = 12
_KINDS = ('high', 'medium', 'placeholder')

Escape = Callable[[str], str]


def sentences(finding: Finding, escape: Escape = str) -> list[str]:
    """What it is, why, how it was read, whence it came and how far it got. What others wrote goes through `escape`."""
    where = ' in a name' if finding.line is None else ''
    said = [
        f'{TITLES[finding.rule]}{where} ({finding.confidence}): {escape(finding.redacted)}, '
        f'sha256 {finding.token_sha256[:HASH_SHOWN]}.',
        escape(finding.reason),
    ]
    if finding.via:
        said.append(f'Read through {escape(", ".join(finding.via))}.')
    if finding.inner:
        inside = visible(finding.path[-finding.inner:].lstrip(b'!'))
        place = '' if finding.line is None else f', line {finding.line}, column {finding.column}'
        said.append(f'Inside it: {escape(inside)}{place}.')
    origin = finding.origin
    if origin is not None:
        if origin.commit is not None:
            said.append(f'Brought in by {origin.commit[:COMMIT]} ({escape(visible(origin.author or ""))}).')
        said.append(escape(visible(origin.exposure)))
    elif finding.commit is not None:
        said.append(f'In commit {finding.commit[:COMMIT]}.')
    if finding.note is not None:
        said.append(escape(visible(finding.note)) + '.')
    if finding.suppressed is not None:
        said.append(f'Accepted: {escape(visible(finding.suppressed))}.')
    return said


def sums(report: Report) -> str:
    """How many, of what kind; one line."""
    kinds = Counter(finding.confidence for finding in report.findings)
    tokens = len({finding.token_sha256 for finding in report.findings})
    places = f' in {report.summary.findings:,} places' if report.summary.findings > tokens else ''
    counted = ', '.join(f'{kinds[kind]:,} {kind}' for kind in _KINDS if kinds[kind])
    found = f'{number(tokens, "token")}{places} ({counted})' if report.findings else 'no token'
    said = [f'{found} in {number(report.summary.files, "file")}']
    # who left something out, or accepted it, may be who is to be stopped
    if report.summary.suppressed:
        said.append(f'{report.summary.suppressed:,} suppressed')
    if report.summary.excluded:
        said.append(f'{number(report.summary.excluded, "path")} excluded')
    if report.unread:
        said.append(f'{number(len(report.unread), "path")} could not be read')
    return '; '.join(said)


def number(count: int, word: str) -> str:
    return f'{count:,} {word}{"" if count == 1 else "s"}'

"""The report for people: a block a finding, one line of sums, and what to do."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator

from pina_scan.records import Finding
from pina_scan.records import Origin
from pina_scan.records import Report
from pina_scan.report.names import line_start
from pina_scan.report.names import visible
from pina_scan.token import HASH_SHOWN
from pina_scan.token import TITLES

Paint = Callable[[str, str], str]

#: How much of a commit's id and of a date is shown.
_COMMIT = 12
_DATE = 10
_STYLES = {'high': 'bold red', 'medium': 'bold yellow', 'placeholder': 'bold cyan', 'fake': 'dim'}

LEAK_ADVICE = (
    'What to do:',
    '  Do not commit it: take it out, and read it from the environment or a secret store instead.',
    '  If it has left this machine (a push, a message, a log), make a new one and replace it where it is used:',
    '  Ads Manager: Business > Conversions > Conversion API > Generate new token.',
    '  If it is known and accepted: a comment "pina-scan: allow" on its line, or `pina-scan baseline add`.',
)
PLACEHOLDER_ADVICE = (
    'What to do:',
    '  No real token, but of the form of one. For documents and tests, `pina-scan fake` prints tokens that pass;',
    '  `--allow-placeholders`, or placeholders = "allow" in the config, lets dummies pass.',
)
UNREAD_ADVICE = 'Not everything could be read, so this is no all-clear.'


def render(report: Report, verbose: bool = False, quiet: bool = False, paint: Paint = lambda style, text: text) -> str:
    lines: list[str] = []
    for finding in report.findings:
        lines += _block(finding, paint)
    if verbose:
        for finding in report.suppressed:
            lines += _block(finding, paint)
    for path, reason in report.unread:
        lines.append(f'{line_start(path)}: {paint("bold magenta", "unread")}: {visible(reason)}')
    if not quiet:
        lines += [f'note: {visible(notice)}' for notice in report.notices]
        lines += _closing(report, verbose, paint)
    return ''.join(line + '\n' for line in lines)


def _block(finding: Finding, paint: Paint) -> Iterator[str]:
    place = '' if finding.line is None else f':{finding.line}:{finding.column}'
    where = ' in its name' if finding.line is None else ''
    confidence = paint(_STYLES[finding.confidence], finding.confidence)
    yield (
        f'{paint("bold", line_start(finding.path) + place)}: {TITLES[finding.rule]}{where}, {confidence}: '
        f'{finding.redacted} sha256 {finding.token_sha256[:HASH_SHOWN]}'
    )
    via = f' (read through {", ".join(finding.via)})' if finding.via else ''
    yield f'    {finding.reason}{via}'
    if finding.origin is not None:
        yield from _life(finding.origin)
    if finding.note is not None:
        yield f'    {visible(finding.note)}'
    if finding.suppressed is not None:
        yield f'    suppressed: {visible(finding.suppressed)}'


def _life(origin: Origin) -> Iterator[str]:
    """Whence it came, where it is, and what that means."""
    words = []
    if origin.commit is not None:
        words.append(f'brought in by {origin.commit[:_COMMIT]} on {(origin.date or "")[:_DATE]} ({origin.author})')
    if origin.in_head:
        words.append('HEAD still has it')
    elif origin.removed_by is not None:
        words.append(f'taken out by {origin.removed_by[:_COMMIT]} on {(origin.removed_on or "")[:_DATE]}')
    if words:
        yield f'    {visible("; ".join(words))}'
    if origin.refs:
        more = f' and {_number(origin.more_refs, "more ref")}' if origin.more_refs else ''
        yield f'    held by {visible(", ".join(origin.refs))}{more}'
    if origin.link is not None:
        yield f'    {visible(origin.link)}'
    yield f'    {visible(origin.exposure)}'


def _closing(report: Report, verbose: bool, paint: Paint) -> Iterator[str]:
    yield _sums(report, verbose, paint)
    if report.unread:
        yield UNREAD_ADVICE
    if any(finding.confidence != 'placeholder' for finding in report.findings):
        yield from LEAK_ADVICE
    elif report.findings:
        yield from PLACEHOLDER_ADVICE


def _sums(report: Report, verbose: bool, paint: Paint) -> str:
    summary = report.summary
    kinds = Counter(finding.confidence for finding in report.findings)
    tokens = len({finding.token_sha256 for finding in report.findings})
    if report.findings:
        counted = ', '.join(f'{kinds[kind]} {kind}' for kind in _STYLES if kinds[kind])
        places = f' in {summary.findings} places' if summary.findings > tokens else ''
        found = paint('bold red', f'{_number(tokens, "token")}{places} ({counted})')
    else:
        found = paint('green', 'no token')
    text = f'{found} in {_number(summary.files, "file")}, {_size(summary.bytes)}, {summary.seconds:.2f} s'
    if summary.suppressed:
        text += f'; {summary.suppressed} suppressed' + ('' if verbose else ' (-v lists them)')
    if summary.excluded:
        text += f'; {_number(summary.excluded, "path")} excluded'
    return text + '.'


def _number(count: int, word: str) -> str:
    return f'{count:,} {word}{"" if count == 1 else "s"}'


def _size(count: float) -> str:
    for unit in ('bytes', 'kB', 'MB', 'GB'):
        if count < 1000 or unit == 'GB':
            return f'{count:.0f} {unit}' if unit == 'bytes' else f'{count:.1f} {unit}'
        count /= 1000
    raise AssertionError('unreachable')

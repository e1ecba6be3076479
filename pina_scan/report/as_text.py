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
from pina_scan.report.sums import NO_TOKEN
from pina_scan.report.sums import gone_through
from pina_scan.report.sums import number
from pina_scan.token import HASH_SHOWN
from pina_scan.token import TITLES

Paint = Callable[[str, str], str]

#: How much of a commit's id and of a date is shown.
_COMMIT = 12
_DATE = 10
STYLES = {'high': 'bold red', 'medium': 'bold yellow', 'placeholder': 'bold cyan', 'fake': 'dim'}

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
    where = ' in its name' if finding.line is None else ''
    yield f'{paint("bold", place(finding))}: {TITLES[finding.rule]}{where}, {named(finding, paint)}'
    yield f'    {finding.reason}{through(finding)}'
    if finding.origin is not None:
        yield from (f'    {line}' for line in life(finding.origin))
        yield f'    {visible(finding.origin.exposure)}'
    yield from (f'    {line}' for line in remarks(finding))


def place(finding: Finding) -> str:
    return line_start(finding.path) + ('' if finding.line is None else f':{finding.line}:{finding.column}')


def named(finding: Finding, paint: Paint) -> str:
    """How sure it is, and which token."""
    confidence = paint(STYLES[finding.confidence], finding.confidence)
    return f'{confidence}: {finding.redacted} sha256 {finding.token_sha256[:HASH_SHOWN]}'


def through(finding: Finding) -> str:
    return f' (read through {visible(", ".join(finding.via))})' if finding.via else ''


def remarks(finding: Finding) -> Iterator[str]:
    if finding.note is not None:
        yield visible(finding.note)
    if finding.suppressed is not None:
        yield f'suppressed: {visible(finding.suppressed)}'


def life(origin: Origin) -> Iterator[str]:
    """Whence it came, and where it is."""
    words = []
    if origin.commit is not None:
        words.append(f'brought in by {origin.commit[:_COMMIT]} on {(origin.date or "")[:_DATE]} ({origin.author})')
    if origin.in_head:
        words.append('HEAD still has it')
    elif origin.removed_by is not None:
        words.append(f'taken out by {origin.removed_by[:_COMMIT]} on {(origin.removed_on or "")[:_DATE]}')
    if words:
        yield visible('; '.join(words))
    if origin.refs:
        more = f' and {number(origin.more_refs, "more ref")}' if origin.more_refs else ''
        yield f'held by {visible(", ".join(origin.refs))}{more}'
    if origin.link is not None:
        yield visible(origin.link)


def _closing(report: Report, verbose: bool, paint: Paint) -> Iterator[str]:
    style, found = counted(report)
    yield f'{paint(style, found)}{read(report, verbose)}'
    yield from advice(report)


def counted(report: Report) -> tuple[str, str]:
    """How many there are, and the style to say it in."""
    if not report.findings:
        return 'green', NO_TOKEN
    kinds = Counter(finding.confidence for finding in report.findings)
    tokens = len({finding.token_sha256 for finding in report.findings})
    by_kind = ', '.join(f'{kinds[kind]} {kind}' for kind in STYLES if kinds[kind])
    places = f' in {report.summary.findings} places' if report.summary.findings > tokens else ''
    return 'bold red', f'{number(tokens, "token")}{places} ({by_kind})'


def read(report: Report, verbose: bool) -> str:
    """How much was gone through for it."""
    summary = report.summary
    text = gone_through(summary.files, summary.bytes, summary.seconds)
    if summary.suppressed:
        text += f'; {summary.suppressed} suppressed' + ('' if verbose else ' (-v lists them)')
    if summary.excluded:
        text += f'; {number(summary.excluded, "path")} excluded'
    return text + '.'


def advice(report: Report) -> Iterator[str]:
    if report.unread:
        yield UNREAD_ADVICE
    if any(finding.confidence != 'placeholder' for finding in report.findings):
        yield from LEAK_ADVICE
    elif report.findings:
        yield from PLACEHOLDER_ADVICE

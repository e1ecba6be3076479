"""Puts reports where they were asked for."""
from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan.cli.annotate import annotated
from pina_scan.cli.stdout import write_stdout
from pina_scan.cli.targets import Target
from pina_scan.cli.terminal import address
from pina_scan.cli.terminal import look
from pina_scan.errors import ReportError
from pina_scan.judge.config import Config
from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report import as_text
from pina_scan.report.formats import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.cli.streaming import Stream

#: What is open already: to open it again would write over what a file has from its beginning on.
_OWN = re.compile(r'/dev/(?P<name>stdout|stderr)|(?:/dev|/proc/self)/fd/(?P<number>\d+)')
_NUMBERS = {'stdout': 1, 'stderr': 2}
#: What each report has near its beginning; a comment that accepts a finding makes no report of a file.
_REPORT = re.compile(
    rb'pina-scan(?!: ?allow)|"pinterest-|kind,confidence,rule,|: Pinterest \w+ token|: unread: |^no token in \d'
    rb'|\A(?:\[\s*\]\s*)?\Z',
    re.MULTILINE,
)
_HEAD = 1 << 12


def deliver(
        report: Report, config: Config, targets: Sequence[Target], environ: Mapping[str, str], shown: bool = True,
        stream: Stream | None = None,
) -> None:
    """The report on standard output, if it is to be shown there, and in each file.

    One that can't be written keeps no other from being written, and its findings are shown. Raises ReportError then.
    `stream` has printed the findings already.
    """
    failed: list[str] = []
    for target in targets:
        try:
            data = _encoded(rendered(report, config, target.format))
            if not target.trusted:
                _only_a_report(target.path)
            replace(target.path, data)
        except ReportError as error:
            failed.append(str(error))
    try:
        if stream is not None:
            stream.close(report)
        elif shown or failed:
            if config.format == 'text':
                text = annotated(_shown(report, config, environ), report, config.ci, environ)
            else:
                text = rendered(report, config, config.format)
            write_stdout(_encoded(text))
    except ReportError as error:
        failed.append(str(error))
    if failed:
        raise ReportError('\n'.join(failed))


def rendered(report: Report, config: Config, form: str) -> str:
    if form == 'text':
        return as_text.render(report, config.verbose, config.quiet)
    text: str = __import__(FORMATS[form], fromlist=['render']).render(report, config.verbose)
    return text


def _shown(report: Report, config: Config, environ: Mapping[str, str]) -> str:
    """The text report, as standard output takes it."""
    seen = look(config.color, environ)
    # a line or two need no layout, and rich takes its time to load
    if seen.width is not None and (report.findings or report.unread or report.suppressed and config.verbose):
        from pina_scan.report import terminal

        def target(finding: Finding) -> str | None:
            return address(report, finding, seen.lines) if seen.links else None

        return terminal.render(report, config.verbose, config.quiet, seen.width, seen.coloured, target)
    if not seen.coloured:
        return rendered(report, config, 'text')
    from pina_scan.report.colour import paint

    return as_text.render(report, config.verbose, config.quiet, paint)


def _encoded(text: str) -> bytes:
    return text.encode('utf-8', 'backslashreplace')


def _only_a_report(path: str) -> None:
    """Raises ReportError where something else is: a file of the user's that git doesn't know would be gone."""
    try:
        # NONBLOCK: a FIFO would wait for a reader
        with open(os.open(path, os.O_RDONLY | getattr(os, 'O_NOFOLLOW', 0) | getattr(os, 'O_NONBLOCK', 0)), 'rb') as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode) and _REPORT.search(file.read(_HEAD)):
                return
    except FileNotFoundError:
        return
    except OSError:
        pass
    raise ReportError(
        f'{path} is there, and no report: the config\'s "report" does not replace it. Remove it, or name it by `--report`.',
    )


def replace(path: str, data: bytes, mode: int = 0o600) -> None:
    """Writes the file whole or not at all; a pipe or a device is written into. Raises ReportError."""
    try:
        own = _OWN.fullmatch(path)
        if own is not None or _is_no_file(path):
            number = own and int(own['number'] or _NUMBERS[own['name']])
            with open(os.open(path, os.O_WRONLY) if number is None else os.dup(number), 'wb') as file:
                file.write(data)
        else:
            _replace(path, data, mode)
    except OSError as error:
        raise ReportError(f'{path} could not be written: {error.strerror}.') from None


def _is_no_file(path: str) -> bool:
    """A link elsewhere is replaced, not followed: the repository may have brought it."""
    try:
        return not stat.S_ISREG(mode := os.lstat(path).st_mode) and not stat.S_ISLNK(mode) and not stat.S_ISDIR(mode)
    except FileNotFoundError:
        return False


def _replace(path: str, data: bytes, mode: int) -> None:
    partial = os.path.join(os.path.dirname(path), f'.pina-scan-{os.urandom(8).hex()}.part')
    try:
        fd = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, 'O_BINARY', 0), mode)
        with open(fd, 'wb') as file:
            file.write(data)
        os.replace(partial, path)
    except BaseException:
        if os.path.lexists(partial):
            os.unlink(partial)
        raise

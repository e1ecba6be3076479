"""Puts a report where it was asked for."""
from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from pina_scan.errors import ReportError
from pina_scan.judge.config import Config
from pina_scan.records import Report
from pina_scan.report.formats import FORMATS


def deliver(report: Report, config: Config, output: str | None, environ: Mapping[str, str]) -> None:
    """Renders in the format asked for. Raises ReportError if it can't be written."""
    render = __import__(FORMATS[config.format], fromlist=['render']).render
    if config.format != 'text':
        text = render(report, config.verbose)
    elif output is None and _in_colour(config.color, environ):
        from pina_scan.report.colour import paint
        text = render(report, config.verbose, config.quiet, paint)
    else:
        text = render(report, config.verbose, config.quiet)
    data = text.encode('utf-8', 'backslashreplace')
    if output is None:
        write_stdout(data)
    else:
        replace(output, data)


def _in_colour(wish: str, environ: Mapping[str, str]) -> bool:
    if wish != 'auto':
        return wish == 'always'
    # no-color.org: present and not empty
    return not environ.get('NO_COLOR') and environ.get('TERM') != 'dumb' and sys.stdout.isatty()


def write_stdout(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # the reader (`| head`) has seen enough; the exit code still says what was found
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ReportError(f'the report could not be written: {error.strerror}.') from None


def replace(path: str, data: bytes, mode: int = 0o600) -> None:
    """Writes the file whole or not at all. Raises ReportError."""
    partial = f'{path}.{os.getpid()}.part'
    try:
        try:
            fd = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with open(fd, 'wb') as file:
                file.write(data)
            os.replace(partial, path)
        except BaseException:
            if os.path.lexists(partial):
                os.unlink(partial)
            raise
    except OSError as error:
        raise ReportError(f'{path} could not be written: {error.strerror}.') from None

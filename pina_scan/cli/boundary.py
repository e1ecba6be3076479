"""Where exceptions become exit codes, and where nothing passes that looks like a token."""
from __future__ import annotations

import os
import sys

from pina_scan.errors import PinaScanError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: Enough of a trace to see what called what; a recursion has a thousand frames.
_FRAMES = 20
CLEAN, FOUND, WRONG, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def guarded(command: Callable[[], int]) -> int:
    try:
        return command()
    except PinaScanError as error:
        say(f'pina-scan: {error}')
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place where a bug is caught
        if isinstance(error, FileNotFoundError) and _nowhere():
            say('pina-scan: the current folder was removed. Go to one that is there.')
            return WRONG
        import platform
        import traceback

        from pina_scan import __version__

        say(
            f'{traceback.format_exc(limit=-_FRAMES)}\npina-scan {__version__}, Python {platform.python_version()}, '
            f'{platform.system()}: this is a bug, and the scan is not complete.\n'
            'Please report it with the lines above; tokens in them are cut.',
        )
        return BUG


def _nowhere() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def say(text: str) -> None:
    """On standard error. That nobody can read it there changes nothing of the exit code."""
    from pina_scan.report.names import visible

    try:
        for line in _cut(text).splitlines():
            sys.stderr.write(visible(line) + '\n')
    except OSError:
        # what is left in its buffer would fail again at the interpreter's end, which makes the code 120
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def _cut(text: str) -> str:
    try:
        from pina_scan.cli.redaction import said
        return said(text)
    except Exception:  # noqa: BLE001 - the bug that is to be told may be in what looks for tokens
        import re

        from pina_scan.token import scrub
        # then nothing stays that is long enough to be one, however it is written
        return re.sub(r'[A-Za-z0-9+=%\\]{24,}', '…', scrub(text))

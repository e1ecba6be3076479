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
    _stand_in()
    try:
        return command()
    except PinaScanError as error:
        _say(f'pina-scan: {error}')
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place where a bug is caught
        if isinstance(error, FileNotFoundError) and _nowhere():
            _say('pina-scan: the current folder was removed. Go to one that is there.')
            return WRONG
        import platform
        import traceback

        from pina_scan import __version__

        _say(
            f'{traceback.format_exc(limit=-_FRAMES)}\npina-scan {__version__}, Python {platform.python_version()}, '
            f'{platform.system()}: this is a bug, and the scan is not complete.\n'
            'Please report it with the lines above; tokens in them are cut.',
        )
        return BUG


def _stand_in() -> None:
    """For standard streams that are closed: the next file opened would be taken for one. The exit code is still told."""
    for name in ('stdin', 'stdout', 'stderr'):
        if getattr(sys, name) is None:
            # only for writing: what is to be read from there is unread, not empty
            setattr(sys, name, open(os.devnull, 'w'))  # noqa: SIM115


def _nowhere() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _say(text: str) -> None:
    from pina_scan.report.names import visible
    from pina_scan.token import scrub

    for line in scrub(text).splitlines():
        sys.stderr.write(visible(line) + '\n')

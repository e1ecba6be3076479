"""Standard output, written whole or said not to be."""
from __future__ import annotations

import os
import sys

from pina_scan.errors import ReportError


def write_stdout(data: bytes) -> bool:
    """Whether somebody may still read it. Raises ReportError."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # the reader (`| head`) has seen enough; the exit code still says what was found
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ReportError(f'the report could not be written: {error.strerror}.') from None
    return True

"""Ends a library that takes too long: one that is pure Python and doesn't ask how late it is."""
from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from pina_scan.decode.limits import Budget


class _TimeIsUp(BaseException):
    """Not an Exception: libraries that read hostile bytes catch those and go on."""


@contextmanager
def deadline(budget: Budget) -> Iterator[None]:
    """Raises LimitReached in the middle of whatever runs inside. Nothing may be yielded from inside it.

    A profile function is asked at every call and return, in this thread only, and may raise; a signal would need the
    main thread, and another thread can't end this one.
    """
    end = time.monotonic() + budget.left()
    before = sys.getprofile()

    def look(frame: FrameType, event: str, arg: Any) -> None:
        if time.monotonic() > end:
            raise _TimeIsUp
    sys.setprofile(look)
    try:
        yield
    except _TimeIsUp:
        raise budget.out_of_time() from None
    finally:
        sys.setprofile(before)

"""Ends a library that takes too long: one that is pure Python and doesn't ask how late it is."""
from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pina_scan.decode.limits import Budget

#: Seconds until what was asked for has surely been raised: that is done at the next call or jump.
_LATEST = 1.0


class _TimeIsUp(BaseException):
    """Not an Exception: libraries that read hostile bytes catch those and go on."""


@contextmanager
def deadline(budget: Budget) -> Iterator[None]:
    """Raises LimitReached in the middle of whatever runs inside. Nothing may be yielded from inside it.

    Another thread waits, and has CPython raise in this one. A signal would need the main thread; a profile function,
    asked at every call, makes a parser half as fast.
    """
    budget.check()
    watch = _Watch(budget.left())
    try:
        try:
            yield
        except _TimeIsUp:
            watch.came = True
            raise
        finally:
            watch.end()
    except _TimeIsUp:
        raise budget.out_of_time() from None


class _Watch:
    """Raises in the thread that made it, `seconds` from now, unless it is ended before. `came`: it has done so."""

    def __init__(self, seconds: float) -> None:
        self._whose = ctypes.c_ulong(threading.get_ident())
        self._ended = threading.Event()
        self._asked = False
        self._lock = threading.Lock()
        self.came = False
        self._thread = threading.Thread(target=self._wait, args=(seconds,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Nothing is raised after it, though it may be within.

        What has been asked for and has not come yet is waited for. It can be taken back, but then CPython 3.11 looks for it
        at every call from then on, and under a profiler gets no further. A library that has swallowed it keeps nobody waiting.
        """
        with self._lock:
            self._ended.set()
        given_up = time.monotonic() + _LATEST
        while self._asked and not self.came and time.monotonic() < given_up:
            time.sleep(0.001)
        self._thread.join()

    def _wait(self, seconds: float) -> None:
        if self._ended.wait(seconds):
            return
        with self._lock:
            if not self._ended.is_set():
                self._asked = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._whose, ctypes.py_object(_TimeIsUp))

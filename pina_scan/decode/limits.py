"""What opening one thing may cost in all, kept while it is opened."""
from __future__ import annotations

import time
from collections.abc import Callable

from pina_scan.records import Limits

#: Less than this is no bomb, whatever its ratio: an empty disk image in a test suite.
_FLOOR = 10 << 20


class LimitReached(Exception):
    """Ends the opening of the outermost container; `str()` of it is the reason of an `unread` entry."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__(f'{words}: the rest was not opened (limits.{key})')


class Budget:
    """Counts what is spent on one outermost container of `size` bytes, in which all others are."""

    def __init__(self, limits: Limits, size: int) -> None:
        self.limits = limits
        self.reached: LimitReached | None = None
        self._members = 0
        self.spent = 0
        self._size = 0
        self._by_ratio = 0
        self.grow(size)
        self._deadline = time.monotonic() + limits.seconds

    def grow(self, size: int) -> None:
        """The outermost container has so many bytes more."""
        self._size += size
        self._by_ratio = max(_FLOOR, int(self.limits.ratio * self._size))

    def left(self) -> float:
        """Seconds until the deadline."""
        return self._deadline - time.monotonic()

    def member(self) -> None:
        """One more. Raises LimitReached, as all of these do."""
        self._members += 1
        if self._members > self.limits.members:
            raise self._reach('members', f'holds more than {self.limits.members} members')
        self.check()

    def spend(self, count: int) -> None:
        """So many bytes more that something expanded to."""
        self.spent += count
        self._within(self.spent)
        self.check()

    def check(self) -> None:
        if self.left() < 0:
            raise self.out_of_time()

    def hold(self, count: int) -> None:
        """So many bytes are about to be kept in memory at once."""
        if count > self.limits.memory:
            raise self._reach('memory', f'needs more than {self.limits.memory} bytes of memory')

    def afford(self, count: int) -> None:
        """So many bytes more are about to be expanded before any of them is read."""
        self._within(self.spent + count)

    def _within(self, spent: int) -> None:
        if spent > self.limits.bytes:
            raise self._reach('bytes', f'expands to more than {self.limits.bytes} bytes')
        if spent > self._by_ratio:
            raise self._reach('ratio', f'expands to more than {self.limits.ratio:g} times its size')

    def out_of_time(self) -> LimitReached:
        return self._reach('seconds', f'took more than {self.limits.seconds:g} seconds')

    def _reach(self, key: str, words: str) -> LimitReached:
        self.reached = LimitReached(key, words)
        return self.reached


class Patience:
    """How long the encodings of one thing may take to read, over all its windows: `limits.seconds`, or what is left of a
    container's budget. What stands as it is is found even when it is over."""

    def __init__(self, limits: Limits | None, left: Callable[[], float] | None) -> None:
        self._limits = limits or Limits()
        self._left = left
        self._spent = 0.0
        self._started = self._deadline = 0.0
        self._told = False
        self.over = False

    def next_thing(self) -> None:
        self._spent = 0.0
        self._told = self.over = False

    def start(self) -> None:
        self._started = time.monotonic()
        self._deadline = self._started + (self._left() if self._left is not None else self._limits.seconds - self._spent)

    def stop(self) -> None:
        self._spent += time.monotonic() - self._started

    def is_over(self) -> bool:
        self.over = self.over or self._started > 0 and time.monotonic() > self._deadline
        return self.over

    def reason(self) -> str | None:
        """Why the thing is unread, once."""
        if not self.over or self._told:
            return None
        self._told = True
        return f'took more than {self._limits.seconds:g} seconds: the rest was not decoded (limits.seconds)'

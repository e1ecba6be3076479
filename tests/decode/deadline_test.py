from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pina_scan.decode.deadline import deadline
from pina_scan.decode.limits import Budget
from pina_scan.decode.limits import LimitReached
from pina_scan.records import Limits


def stubborn(seconds: float) -> None:
    """As a parser does it that takes everything for a flaw of the file."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(Exception):
            len([])


def test_what_ends_in_time_is_left_alone() -> None:
    with deadline(Budget(Limits(), 1)):
        stubborn(0.01)
    assert sys.getprofile() is None


def test_what_does_not_is_ended() -> None:
    budget = Budget(Limits(seconds=0.1), 1)
    with pytest.raises(LimitReached, match='limits.seconds'), deadline(budget):
        stubborn(30)
    assert budget.reached is not None
    assert sys.getprofile() is None


def test_what_swallows_it_is_left_alone() -> None:
    with deadline(Budget(Limits(seconds=0.05), 1)), suppress(BaseException):
        stubborn(30)


def test_a_profiler_gets_on_after_it() -> None:
    """CPython 3.11 does not where what was asked for is taken back. In a process: this one would not end either."""
    code = (
        'import sys\n'
        'from tests.decode.deadline_test import test_what_does_not_is_ended\n'
        'test_what_does_not_is_ended()\n'
        'sys.setprofile(lambda *event: None)\n'
        'print(sum(len([number]) for number in range(1000)))\n'
    )
    top = Path(__file__).parents[2]
    done = subprocess.run((sys.executable, '-c', code), cwd=top, capture_output=True, check=True, timeout=60)
    assert done.stdout == b'1000\n'

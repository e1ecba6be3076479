from __future__ import annotations

import sys
import time
from contextlib import suppress

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

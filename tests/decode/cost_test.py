"""Files full of anchors that lead nowhere: read to their end, and nothing found. What they cost is in `benchmarks`."""
from __future__ import annotations

import pytest

from benchmarks.cost import PATTERNS
from tests.decode.found import findings

_SIZE = 40_000


@pytest.mark.parametrize('pattern', PATTERNS)
def test_nothing_is_found(pattern: bytes) -> None:
    assert findings((pattern * (_SIZE // len(pattern) + 1))[:_SIZE]) == []

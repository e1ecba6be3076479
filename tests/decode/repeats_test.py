"""What repeats is left out once it came to nothing, and never where it has a token."""
from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from pina_scan import token
from pina_scan.decode import glance
from pina_scan.decode.repeats import fresh
from tests.decode.found import findings

_LENGTH = 120_000


def repeated(pattern: bytes) -> bytes:
    return pattern * (_LENGTH // len(pattern) + 1)


WAYS: tuple[Callable[[bytes], bytes], ...] = (
    bytes, base64.b64encode, lambda t: t.replace(b'_', b'%5f'), lambda t: t[:40] + b'" + "' + t[40:],
    lambda t: t.decode().encode('utf-16-le'), lambda t: t.hex().encode(),
)


@pytest.mark.parametrize('pattern', (b'pina_', b'cGluYV', b'pin\n', b'61_', b'na_ '))
def test_hits_that_repeat_what_came_to_nothing_are_left_out(pattern: bytes) -> None:
    data = repeated(pattern)
    hits = [(0, at, at + len(pattern)) for at in range(0, len(data), len(pattern))]
    left = list(fresh(data, hits, lambda: 0, lambda: False))
    assert len(left) < len(hits) / 2 and left[-1] == hits[-1]
    # something is found in each period
    assert list(fresh(data, hits, lambda: len(data), lambda: False)) == hits


@pytest.mark.parametrize('way', WAYS)
@pytest.mark.parametrize('pattern', (b'pina_', b'cGluYV ', b'pina%5f', b'pin"\n', b'"pina_" + ', b'70 69 6e 61 5f '))
def test_a_token_between_repetitions_is_found(pattern: bytes, way: Callable[[bytes], bytes]) -> None:
    secret = token.make()
    data = repeated(pattern) + b'\n<' + way(secret) + b'>\n' + repeated(pattern)
    assert data.count(pattern) > glance.AT_ONCE
    assert {finding.token_sha256 for finding in findings(data)} == {token.sha256(secret)}


def test_each_of_many_equal_lines_is_reported() -> None:
    line = b'pina_x ' * 10 + b'"' + token.make()[:60] + b'" + "' + b'A' * 41 + b'"\n'
    assert len({finding.line for finding in findings(line * 1000)}) == 1000

"""Both ways to find stretches of an alphabet: a table, and a database where there is much to look through."""
from __future__ import annotations

import random
import sys
from collections.abc import Callable

import pytest

from pina_scan.match import runs

LETTERS = b'ABC\0]^-'
TABLE = runs.build(LETTERS, 4)
DATABASE = runs.build(LETTERS, 4, much=True)
WAYS = pytest.mark.parametrize('find', (TABLE, DATABASE), ids=('table', 'database'))


@WAYS
@pytest.mark.parametrize('data', (b'', b'ABC', b'x' * 100, b'ABCxABC', b'abcd' * 9))
def test_nothing_is_long_enough(find: runs.Runs, data: bytes) -> None:
    assert list(find(data)) == []


@WAYS
@pytest.mark.parametrize('kind', (bytes, bytearray))
@pytest.mark.parametrize(
    ('data', 'expected'),
    (
        (b'ABCA', [(0, 4)]), (b'xABC\0x', [(1, 5)]), (b'A' * 1000, [(0, 1000)]), (b'-]^-' + b'x' + b'\0' * 5, [(0, 4), (5, 10)]),
        (b'AAAAx' * 3, [(0, 4), (5, 9), (10, 14)]),
    ),
)
def test_each_stretch_from_its_beginning_to_its_end(
        find: runs.Runs, kind: Callable[[bytes], bytes], data: bytes, expected: list[tuple[int, int]],
) -> None:
    assert list(find(kind(data))) == expected


def test_both_ways_find_the_same() -> None:
    rng = random.Random(1)
    for size in range(200):
        data = bytes(rng.choice(LETTERS + b'xy') for _ in range(size))
        assert list(DATABASE(data)) == list(TABLE(data))


def test_the_first_of_several_expressions() -> None:
    first = runs.first([b'a[bc]{2}', b'\\x00\\x5d'])
    if first is None:
        pytest.skip('no hyperscan')
    assert [first(data) for data in (b'', b'abd', b'xabc', b'\0]abc')] == [0, 0, 4, 2]


def test_without_hyperscan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, 'hyperscan', None)
    assert runs.first([b'a']) is None
    assert list(runs.build(LETTERS, 4, much=True)(b'xAAAA')) == [(1, 5)]

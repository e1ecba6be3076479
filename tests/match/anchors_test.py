"""Both ways to find the anchors: automata, and one database where there is much to look through."""
from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from benchmarks.detection import corpus
from pina_scan.decode.encodings import ANCHORS
from pina_scan.match import anchors
from pina_scan.match import database

if TYPE_CHECKING:
    from pina_scan.match.anchors import Find

AUTOMATA = anchors.build(ANCHORS)
DATABASE = anchors.build(ANCHORS, much=True)
WAYS = pytest.mark.parametrize('find', (AUTOMATA, DATABASE), ids=('automata', 'database'))
KINDS = pytest.mark.parametrize('kind', (bytes, bytearray, memoryview))


@WAYS
@pytest.mark.parametrize('data', (b'', b'p', b'pin', b'pi\0na', b'\0' * 100, b'PINA_', b'nothing here\n' * 1000))
def test_nothing_to_find(find: Find, data: bytes) -> None:
    assert list(find(data)) == []


@WAYS
@KINDS
def test_every_anchor_is_found(find: Find, kind: Callable[[bytes], bytes]) -> None:
    for number, anchor in enumerate(ANCHORS):
        hits = find(kind(b'-' * 9 + anchor + b'-' * 9))
        assert (number, 9, 9 + len(anchor)) in hits, anchor
        assert sorted(hits, key=lambda hit: (hit[1], hit[0])) == list(hits)


def test_a_database_is_made_only_for_much() -> None:
    assert anchors.build(ANCHORS).__module__ == anchors.__name__
    pytest.importorskip('hyperscan')
    assert DATABASE.__module__ == database.__name__


def test_a_database_finds_all_that_automata_find() -> None:
    for sample in (*corpus.leaks(5, 1), *corpus.harmless(5, 1)):
        assert set(AUTOMATA(sample.data)) <= set(DATABASE(sample.data)), sample.name


@pytest.mark.parametrize('size', (1, 300, 5000))
def test_many_hits_are_in_order(size: int) -> None:
    data = b'pina_ 112, cGlu ' * size
    assert list(DATABASE(data)) == list(AUTOMATA(data)) != []


def test_a_scan_that_is_broken_off_leaves_nothing() -> None:
    with pytest.raises((TypeError, BufferError)):
        DATABASE('pina')  # type: ignore[arg-type]
    assert list(DATABASE(b'none')) == []


def test_without_hyperscan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, 'hyperscan', None)
    assert database.build(ANCHORS) is None
    assert anchors.build(ANCHORS, much=True)(b'pina_')[0][1:] == (0, 4)

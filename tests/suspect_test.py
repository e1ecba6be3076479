"""Both ways to look at entries of packs find the same, and what begins a container is known by how it starts."""
from __future__ import annotations

import base64
import sys
from collections.abc import Callable

import pytest

from benchmarks.detection import corpus
from pina_scan import suspect
from pina_scan.decode.containers import STARTS
from pina_scan.decode.containers import begins
from pina_scan.git.probe import Probe
from pina_scan.token import make

AUTOMATA = suspect.build()
DATABASE = suspect.build(much=True)
WAYS = pytest.mark.parametrize('probe', (AUTOMATA, DATABASE), ids=('automata', 'database'))
BODY = make()[5:]


@WAYS
@pytest.mark.parametrize('data', (b'', b'a word' * 100, b'\0' * 100, b'0123456789abcdef' * 2, b'ABCDEFGH' * 2))
def test_nothing_there(probe: Probe, data: bytes) -> None:
    assert [*probe.look(data).anywhere, *probe.look(data).within, *probe.broad(data)] == []


@WAYS
@pytest.mark.parametrize(
    'spell',
    (
        bytes, base64.b64encode, base64.b32encode, lambda text: text.decode().encode('utf-16-le'),
        lambda text: text.decode().encode('utf-32-be'), lambda text: text.hex().encode(),
        lambda text: text.hex().upper().encode(),
        lambda text: base64.b64encode(base64.b64encode(text)), lambda text: base64.b64encode(text.hex().encode()),
        lambda text: b''.join(b'\\u%04x' % byte for byte in text),
    ),
)
def test_half_of_a_body(probe: Probe, spell: Callable[[bytes], bytes]) -> None:
    half = spell(BODY)[:len(spell(BODY)) // 2]
    filler = b'some words, and more of them. ' * 100
    for data in (half, half + filler, filler + half, filler + half + filler):
        assert [*probe.look(data).anywhere, *probe.broad(data)]


def test_a_database_finds_all_that_automata_find() -> None:
    for sample in (*corpus.leaks(3, 2), *corpus.harmless(3, 2)):
        one, other = AUTOMATA.look(sample.data), DATABASE.look(sample.data)
        assert set(one.anywhere) <= set(other.anywhere), sample.name
        assert set(one.within) <= set(other.within), sample.name
        assert AUTOMATA.broad(sample.data) == DATABASE.broad(sample.data), sample.name


def test_what_begins_so_has_its_first_two_bytes_in_the_table() -> None:
    heads = (*suspect._HEADS, *suspect._ZLIB)
    assert {head for head in heads if head[:2] not in STARTS} == {b'PACK\0\0\0', b'# v2 git bundle\n', b'# v3 git bundle\n'}
    assert [head for head in heads if head[:2] not in AUTOMATA.starts or not begins(head)] == []


def test_without_hyperscan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, 'hyperscan', None)
    assert suspect.build(much=True).look(b'-' + BODY).anywhere == [1]

"""Both ways to look at entries of packs find the same, and what begins a container is known by how it starts."""
from __future__ import annotations

import base64
import random
import sys
from collections.abc import Callable

import pytest

from benchmarks.detection import corpus
from pina_scan import chance
from pina_scan import suspect
from pina_scan.blob import Blob
from pina_scan.decode.containers import STARTS
from pina_scan.decode.containers import begins
from pina_scan.git.probe import Probe
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.token import make

AUTOMATA = suspect.build()
DATABASE = suspect.build(much=True)
WAYS = pytest.mark.parametrize('probe', (AUTOMATA, DATABASE), ids=('automata', 'database'))
BODY = make()[5:]


@WAYS
@pytest.mark.parametrize('data', (b'', b'a word' * 100, b'\0' * 100, b'0123456789abcdef' * 2, b'ABCDEFGH' * 2))
def test_nothing_there(probe: Probe, data: bytes) -> None:
    assert [*probe.look(data).anywhere, *probe.look(data).within, *probe.broad(data)] == []


#: What follows the prefix has such letters, too.
SHOUTED = b' TO BE OR NOT TO BE, THAT IS THE QUESTION' * 20


@WAYS
@pytest.mark.parametrize(
    'data',
    (
        b'-- Gluing the Engine to the Rails.\n' + b'MixedWordsInBase64/' * 20,
        b'of git, not compiled in\\n"\n"see the pages' + SHOUTED,
        b"the `idna_strerror' function" + SHOUTED, b'top <em>n</em> is not' + SHOUTED, b'domain=127.0.0.1; page' + SHOUTED,
        b'print previous line\nx\nn\nb' + SHOUTED,
        b'tree 0e1c216347644eb6dd1606c4374be8f959e7a4b5\nparent ' + b'06c5829dab52d612719cf6c' * 9,
        b'111, 112, 113, 114, 105, ' * 20, b"AT_THE 'TEAMFOUNDATIONCOLLECTIONURI'", b'X' * 64, b'3' * 64,
        b'=ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ=',
        b'AAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAO', base64.b64encode(b'A' * 57),
        base64.b64encode('ISABETHS'.encode('utf-16-le')), b'x/FxPn0MDjeyJ7i/yoHGFt/EX6LyNbxSEhPPXODPL+KB0VPk86UYfL0lMdy',
    ),
)
def test_what_looks_so_by_chance(probe: Probe, data: bytes) -> None:
    assert [*probe.look(b'of ' + data + b', so').anywhere] == []


def _inserted(before: bytes, behind: bytes) -> bytes:
    """As a delta has it that inserts both, and as much else that the first insert is full where the second begins."""
    return b'\x7f' + before.rjust(127, b'.') + bytes((min(len(behind), 127),)) + behind


#: A body in literals that are too short to be known.
SHORT = b'" +\n  "'.join(BODY[at:at + 12] for at in range(0, len(BODY), 12))


@WAYS
@pytest.mark.parametrize(
    'data',
    (
        b'"pi" + "na_' + SHORT + b'"', b'"pin" +\n// words\n"a_' + SHORT + b'"', b'"pin\\u0061\\u005f' + SHORT + b'"',
        b'"pin\\\\u0061\\\\u005f' + SHORT + b'"', b"'pina&#95;" + SHORT + b"'", b'<i>pi</i>n<b>a</b>_' + SHORT,
        _inserted(b'"pi', b'n" + "a_' + SHORT + b'"'), _inserted(b'"pin\\u00', b'61_' + SHORT + b'"'), b'pi\n> na_' + SHORT,
        b'[112, 105, 110, 97, 95, ' + b', '.join(b'%d' % byte for byte in BODY) + b']',
        BODY[:27], BODY[-27:], base64.b64encode(BODY)[:23], base64.b64encode(BODY.decode().encode('utf-16-le'))[:39], b'A' * 80,
        base64.b64encode(b'A' * 81), b'eyJhbGciOiJS', b'eyJ0eXAiOiJK', b'"eyJ',
    ),
)
def test_what_does_not_look_so_by_chance(probe: Probe, data: bytes) -> None:
    assert [*probe.look(b'= ' + data + b'; ').anywhere] != []


def test_what_is_found_in_a_file_is_looked_for_in_an_object() -> None:
    for sample in corpus.leaks(5, 2):
        if any(isinstance(found, Finding) for found in scan([Blob(b'file', sample.data)], Totals())):
            asked = DATABASE.look(sample.data).anywhere, DATABASE.broad(sample.data)
            assert any(asked) or DATABASE.begins(sample.data) or DATABASE.has(sample.data), sample.name


def test_drawn() -> None:
    """As often as `chance` says, on the one hand; on the other whatever else has the alphabet."""
    draw = random.Random(1)
    parts = [bytes(draw.choices(b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', k=27)) for _ in range(20_000)]
    assert sum(not chance.drawn(part) for part in parts) <= 2
    assert sum(not chance.drawn_in_base64(base64.b64encode(part[:15])) for part in parts) <= 2


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
    others = {b'PACK\0\0\0', b'# v2 git bundle\n', b'# v3 git bundle\n', b'PAR1\x15', b'ARROW1\0\0', b'Obj\1'}
    assert {head for head in heads if head[:2] not in STARTS} == others
    assert [head for head in heads if head[:2] not in AUTOMATA.starts or not begins(head + b'\4')] == []


def test_without_hyperscan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, 'hyperscan', None)
    assert suspect.build(much=True).look(b'-' + BODY).anywhere == [1]

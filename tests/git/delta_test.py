from __future__ import annotations

import pytest

from pina_scan.errors import DamagedError
from pina_scan.git import delta
from tests.helpers.gitrepo import copy
from tests.helpers.gitrepo import insert
from tests.helpers.gitrepo import make_delta

BASE = bytes(range(200))


@pytest.mark.parametrize(('instructions', 'made'), (
    ((), b''),
    ((insert(b'abc'),), b'abc'),
    ((copy(10, 20),), BASE[10:30]),
    ((copy(150, 50), insert(b'x' * 300), copy(0, 1)), BASE[150:] + b'x' * 300 + BASE[:1]),
))
def test_apply(instructions: tuple[bytes, ...], made: bytes) -> None:
    assert delta.apply(BASE, make_delta(BASE, len(made), *instructions)) == made


def test_a_copy_without_a_length_is_of_64_k() -> None:
    base = bytes(1 << 17)
    assert delta.apply(base, make_delta(base, 1 << 16, b'\x80')) == bytes(1 << 16)


def test_any_copy() -> None:
    """By whichever bytes its offset and its length are said, and whichever are left out."""
    base = bytes(range(251)) * 2000
    for op in range(0x80, 0x100):
        for byte in (1, 2, 0):
            said = [byte if op >> bit & 1 else 0 for bit in range(7)]
            offset = int.from_bytes(said[:4], 'little')
            length = int.from_bytes(said[4:], 'little') or 1 << 16
            instruction = bytes((op, *(byte for bit in range(7) if op >> bit & 1)))
            data = make_delta(base, length, instruction)
            if offset + length <= len(base):
                assert delta.apply(base, data) == base[offset:offset + length]
            else:
                with pytest.raises(DamagedError, match='behind the end'):
                    delta.apply(base, data)


@pytest.mark.parametrize(('data', 'words'), (
    (b'', 'ends within its header'),
    (b'\xff\xff', 'ends within its header'),
    (make_delta(BASE, 3, b'\x05abc'), 'does not make the 3 bytes'),
    (make_delta(BASE, 3, b'\x02abc'), 'ends within an instruction|does not make'),
    (make_delta(BASE, 3, b'\0'), 'reserved'),
    (make_delta(BASE, 3, b'\x91'), 'ends within an instruction'),
    (make_delta(BASE, 30, copy(190, 30)), 'behind the end'),
    (make_delta(BASE, 5, copy(0, 100), copy(0, 100)), 'does not make the 5 bytes'),
    (make_delta(BASE, 5, copy(0, 4)), 'does not make the 5 bytes'),
    (make_delta(BASE + b'x', 4, copy(0, 4)), 'is for a base of 201 bytes'),
))
def test_what_is_no_delta(data: bytes, words: str) -> None:
    with pytest.raises(DamagedError, match=words):
        delta.apply(BASE, data)


OF_INTEREST = delta.first_own((b'xy', b'\n\n'), b'.{4}mark')


@pytest.mark.parametrize(('instructions', 'begins', 'its_own'), (
    ((), (b'', 0, 0), False),
    ((copy(0, 15), copy(4, 100)), (b'', 0, 15), True),
    ((copy(300, 15), copy(4, 100)), (b'', 300, 15), True),
    ((copy(300, 16), copy(4, 100)), (b'', 300, 16), False),
    ((b'\x9a\1\2\x0f', copy(4, 100)), (b'', 0x2000100, 15), True),
    ((b'\x90\x0f', copy(4, 100)), (b'', 0, 15), True),
    ((b'\x90\x10', copy(4, 100)), (b'', 0, 16), False),
    ((copy(7, 90), insert(b'x')), (b'', 7, 90), False),
    ((insert(b'z' * 15), copy(0, 9)), (b'z' * 15, 0, 15), False),
    ((insert(b'zy' * 150),), (b'zy' * 63 + b'z', 0, 127), False),
    ((insert(b'xy' * 150),), (b'xy' * 63 + b'x', 0, 127), True),
    ((insert(b'\n\n'), copy(0, 90)), (b'\n\n', 0, 2), True),
    ((insert(b'x'), copy(0, 90)), (b'x', 0, 1), True),
    ((insert(b'\n'), copy(0, 90)), (b'\n', 0, 1), True),
    ((insert(b'y'), insert(b'y')), (b'y', 0, 1), False),
    ((insert(b'zz..mark..'), copy(0, 90)), (b'zz..mark..', 0, 10), True),
))
def test_what_an_object_begins_with(instructions: tuple[bytes, ...], begins: tuple[bytes, int, int], its_own: bool) -> None:
    for base in (b'', BASE, BASE * 200):
        data = make_delta(base, 300, *instructions)
        assert delta.first(data) == begins
        assert (OF_INTEREST.match(data) is not None) == its_own


def test_no_delta_begins_with_nothing() -> None:
    for data in (b'', b'\xff', make_delta(BASE, 3, b'\x91')):
        with pytest.raises(DamagedError):
            delta.first(data)


@pytest.mark.parametrize('reach', (1, 8, 126))
def test_seams(reach: int) -> None:
    """What stands around the first cut is looked for; what stands around the second can be no part of it."""
    text = bytes(i % 90 + 33 for i in range(127 * 2 + 50))
    word = text[126:127 + reach]
    deltas = [make_delta(BASE, 1, insert(b'short')), make_delta(BASE, len(text), copy(0, 4), insert(text))]
    joined = b''.join(deltas)
    seams = delta.Seams((word, b'!!'))
    assert seams.reach == reach
    found = bytes(seams.joined(joined))
    piece = text[127 - reach:127 + reach]
    at = found.find(piece)
    assert at >= 0
    [place] = seams.places(joined, [at])
    assert joined[place + 1:place + 128] == text[:127]
    assert reach > 1 or found == piece

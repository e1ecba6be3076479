from __future__ import annotations

import pytest

from pina_scan.blob import Blob
from pina_scan.match.position import Locator
from pina_scan.match.position import Tally

X = '\0'  # where the position is asked for


@pytest.mark.parametrize(
    ('text', 'position'), (
        ('\0', (1, 1)),
        ('ab\0', (1, 3)),
        ('a\nb\0', (2, 2)),
        ('a\r\nb\0', (2, 2)),
        ('a\rb\0', (2, 2)),
        ('\n\r\n\r\0', (4, 1)),
        ('\r\r\n\n\0', (4, 1)),
        ('é€😀\0', (1, 4)),
        ('\ufeffa\0', (1, 2)),
    ),
)
@pytest.mark.parametrize('encoding', ('utf-8', 'utf-16-le', 'utf-16-be', 'utf-32-le', 'utf-32-be'))
def test_positions(text: str, position: tuple[int, int], encoding: str) -> None:
    before = text.partition(X)[0].encode(encoding)
    if encoding != 'utf-8' and not before.startswith('\ufeff'.encode(encoding)):
        return  # without a mark it takes a token's own bytes to know
    via = '' if encoding == 'utf-8' else encoding[:6]
    blob = Blob(b'f', before + 'x'.encode(encoding))
    assert Locator(blob).locate(blob, len(before), len(blob.data), via)[0] == position


def test_latin_1_is_one_character_a_byte() -> None:
    blob = Blob(b'f', b'\xe9\xe9 x')
    assert Locator(blob).locate(blob, 3, 4, '')[0] == (1, 4)


@pytest.mark.parametrize('size', range(1, 12))
def test_pieces_of_any_size_count_the_same(size: int) -> None:
    data = 'aé\r\nb\r\r\n€\n😀x\ry'.encode()
    whole, pieces = Tally(), Tally()
    whole.feed(data)
    for at in range(0, len(data), size):
        pieces.feed(data[at:at + size])
    assert pieces.position() == whole.position() == (6, 2)


@pytest.mark.parametrize('size', range(1, 12))
def test_pieces_of_wide_text_count_the_same(size: int) -> None:
    data = 'aé\r\nb\r\r\n€\n😀x\ry'.encode('utf-16-le')
    tally = Tally('utf-16-le')
    for at in range(0, len(data), size):
        tally.feed(data[at:at + size])
    assert tally.position() == (6, 2)


def test_a_line_of_many_megabytes() -> None:
    tally = Tally()
    for _ in range(40):
        tally.feed('é'.encode() * 100_000)
    assert tally.position() == (1, 4_000_001)


def test_positions_asked_for_out_of_order() -> None:
    blob = Blob(b'f', b'a\nb\nc')
    locator = Locator(blob)
    assert [locator.locate(blob, at, at + 1, '')[0] for at in (4, 0, 2)] == [(3, 1), (1, 1), (2, 1)]

"""Hexadecimal, arrays of numbers, and base32."""
from __future__ import annotations

import base64
import os

import pytest

from tests.decode.found import HASH
from tests.decode.found import TOKEN
from tests.decode.found import found
from tests.decode.found import is_found

SHAPES = {
    'hex': TOKEN.hex().encode(), 'HEX': TOKEN.hex().upper().encode(), 'spaces': TOKEN.hex(' ').encode(),
    'colons': TOKEN.hex(':').upper().encode(), '0x': b', '.join(b'0x%02x' % c for c in TOKEN),
    '0x, upper case': b','.join(b'0x%02X' % c for c in TOKEN),
    'decimal': b', '.join(b'%d' % c for c in TOKEN),
    'decimal, tight': b','.join(b'%d' % c for c in TOKEN), 'decimal, one a line': b',\n    '.join(b'%d' % c for c in TOKEN),
    '0x, eight a line': b',\n  '.join(b', '.join(b'0x%02X' % c for c in TOKEN[i:i + 8]) for i in range(0, 101, 8)),
    'hex, wrapped': b'\n'.join(TOKEN.hex().encode()[i:i + 60] for i in range(0, 202, 60)),
    'hex of utf-16': TOKEN.decode().encode('utf-16-le').hex().encode(),
    'hex of base64': base64.b64encode(TOKEN).hex().encode(),
    'hex with a prefix': b'0x' + (b'ab ' + TOKEN).hex().encode(),
    'decimal casts': b', '.join(b'(byte)0x%02x' % c for c in TOKEN),
}
NEAR_MISSES = (
    b'70696e615f', b'70696e615f' * 60, b'pina_colada '.hex().encode() * 30, b'112, 105, 110, 97, 95',
    b'112, 105, 110, 97, 95, ' * 60, b'0x70, 0x69, 0x6e, 0x61, 0x5f, ' * 60, b'OBUW4YK7' * 40, b'OBUW4YK7',
    base64.b32encode(b'pina_<token>' * 20), os.urandom(20).hex().encode() * 40,
)


@pytest.mark.parametrize('text', NEAR_MISSES)
def test_near_misses(text: bytes) -> None:
    assert found(text) == []


@pytest.mark.parametrize('name', SHAPES)
def test_shapes(name: str) -> None:
    is_found(SHAPES[name])


@pytest.mark.parametrize('before', (b'', b'x', b'xy', b'xyz', b'wxyz', b'hello '))
def test_base32_in_any_alignment(before: bytes) -> None:
    shape = base64.b32encode(before + TOKEN + b'..')
    is_found(shape)
    is_found(shape.rstrip(b'='))


@pytest.mark.parametrize('before', range(30, 35))
def test_base32_wrapped(before: int) -> None:
    text = base64.b32encode(b'x' * before + TOKEN)
    assert [f.sha256 for f in found(b'\n'.join(text[i:i + 76] for i in range(0, len(text), 76)))] == [HASH]


def test_the_place_is_where_the_number_begins() -> None:
    [finding] = found(b'x\n t = {' + SHAPES['0x'] + b'}')
    assert finding[2:] == (('hex',), 2, 7)


#: Rows that end inside the prefix.
_ROW_CUTS = (
    ('%02x', ','), ('%02X', '\t'), ('%02x', ':'), ('%02X', '-'), ('%02X', ''), ('%02x', ''), ('0x%02x', '; '),
    ('%d', '; '),
)


@pytest.mark.parametrize(('way', 'between'), _ROW_CUTS)
@pytest.mark.parametrize('before', range(11, 16))
def test_rows_that_end_inside_the_prefix(way: str, between: str, before: int) -> None:
    cells = [way % c for c in b'x' * before + TOKEN]
    rows = [between.join(cells[at:at + 16]) for at in range(0, len(cells), 16)]
    assert [f.sha256 for f in found((between.rstrip(' ') + '\n  ').join(rows).encode())] == [HASH]


@pytest.mark.parametrize('beside', (b'83. limit pina_W', b'target 903603. p', b'12 be fa 77 x. y'))
@pytest.mark.parametrize('end', (b'\n', b'\r\n', b'\r'))
def test_what_a_dump_has_beside_its_numbers_is_no_number(beside: bytes, end: bytes) -> None:
    rows = [(beside + TOKEN)[at:at + 16] for at in range(0, 117, 16)]
    lines = [b'%08x: %-47s  %s' % (at * 16, row.hex(' ').encode(), row) for at, row in enumerate(rows)]
    lines[1:] = [line[:57] + b'  ' + b'.' * len(rows[at]) for at, line in enumerate(lines[1:], 1)]
    assert [f.sha256 for f in found(end.join(lines) + end)] == [HASH]


def test_big_endian_text_begins_with_its_zero() -> None:
    [finding] = found(b'\t' + TOKEN.decode().encode('utf-16-be').hex().encode())
    assert finding == (HASH, 'high', ('hex', 'utf-16'), 1, 2)


def test_text_beside_a_row_that_begins_like_numbers_where_the_prefix_is_in_the_middle_of_it() -> None:
    data = b'\n2665:\n' + TOKEN + b'\n'
    rows = [data[at:at + 16] for at in range(0, len(data), 16)]
    text = b'\n'.join(
        b'%08X   %-47b  %b' % (at * 16, row.hex(' ').upper().encode(), row.replace(b'\n', b'.')) for at, row in enumerate(rows)
    )
    assert [one.sha256 for one in found(text)] == [HASH]

"""A token with its underscore, some or all of its characters escaped."""
from __future__ import annotations

import pytest

from tests.decode.found import BODY
from tests.decode.found import HASH
from tests.decode.found import TOKEN
from tests.decode.found import each
from tests.decode.found import found
from tests.decode.found import is_found

UNDERSCORES = (
    b'%5F', b'%5f', b'%255F', b'%25255f', b'\\x5f', b'\\x5F', b'\\u005f', b'\\u005F', b'\\\\u005f', b'\\u{5f}', b'\\u{005F}',
    b'\\U0000005f', b'\\137', b'%u005f', b'&#95;', b'&#095;', b'&#x5f;', b'&#x5F;', b'&#X5f;', b'&lowbar;',
    b'\\x255f', b'\\u00255F', b'\\u0026#95;', b'%26%2395%3B', b'%26%23x5F%3B',
    b'&#92;_', b'&#92;x5f', b'%5Cx5f', b'%5Cu005F', b'=255F',
    b'\\0137', b'\\5f ', b'\\00005f', b'&#X5F;',
    b'&UnderBar;', b'&amp;#95;', b'&amp;lowbar;', b'\\_', b'\\\\_', b'{\\_}', b'\\textunderscore{}', b'=5F', b'+AF8-',
)
WAYS = {
    'percent': b'%%%02X', 'percent lower': b'%%%02x', 'percent twice': b'%%25%02X', 'x': b'\\x%02x', 'X': b'\\x%02X',
    'u': b'\\u%04x', 'U': b'\\U%08x', 'braces': b'\\u{%x}', 'json in json': b'\\\\u%04X', 'octal': b'\\%03o',
    'octal with a zero': b'\\0%03o', 'CSS': b'\\%x ', 'CSS, six digits': b'\\%06x', 'X in entities': b'&#X%X;',
    'x of percent': b'\\x25%02x', 'percent in JSON': b'\\u0025%02X', 'percent of entities': b'%%26%%23%d%%3B',
    'entities in JSON': b'\\u0026#%d;',
    'decimal': b'&#%d;', 'decimal padded': b'&#%03d;', 'hexadecimal': b'&#x%x;', 'quoted-printable': b'=%02X',
}
NEAR_MISSES = (
    b'pina%5fcolada', b'pina\\_colada\\_with\\_extra\\_coconut', b'%70%69%6e%61%5f%63%6f%6c%61%64%61' * 12,
    b'pina&#95;&lt;token&gt;', b'pina\\u005f${TOKEN}', b'pina%5f' + b'*' * 96, b'pina%5fAEAX' + b'*' * 92,
    b'\\x70\\x69\\x6e\\x61\\x5f' + b'\\x00' * 200, b'opina\\_' + 'Ñandú '.encode() * 40, b'pina%5f' + TOKEN[5:84],
    b'_\\x00\\x00' * 100 + BODY, b'\\012\\0137' * 100, b'width:95%3B_' * 60, b'\\5f \\5f ' * 100, b'pina\\5f colada ' * 20,
    b'pina%5f' + TOKEN[5:].lower(), b'\\x5f\\x5f\\x5f' * 200, b'&#95;' * 300,
)


@pytest.mark.parametrize('text', NEAR_MISSES)
def test_near_misses(text: bytes) -> None:
    assert found(text) == []


@pytest.mark.parametrize('underscore', UNDERSCORES)
def test_the_underscore_alone(underscore: bytes) -> None:
    is_found(TOKEN.replace(b'_', underscore))


@pytest.mark.parametrize('way', WAYS)
def test_every_character(way: str) -> None:
    is_found(each(way=WAYS[way]))


@pytest.mark.parametrize('way', WAYS)
@pytest.mark.parametrize('odd', (0, 1))
def test_every_other_character(way: str, odd: int) -> None:
    if (way, odd) == ('CSS', 1):
        # the underscore stands between blanks that belong to escapes: no anchor is left
        return
    is_found(b''.join(WAYS[way] % c if i % 2 == odd else bytes((c,)) for i, c in enumerate(TOKEN)))


#: How UTF-16 and UTF-32 are printed by what takes each of their bytes for a character.
ZEROS = (b'\\x00', b'\\0', b'\\u0000', b'\\x00\\x00\\x00', b'\\000')


@pytest.mark.parametrize('zero', ZEROS)
@pytest.mark.parametrize('before', (b'', b'\\xff\\xfe'))
def test_zero_bytes_that_are_printed(zero: bytes, before: bytes) -> None:
    is_found(before + b''.join(bytes((c,)) + zero for c in TOKEN))


@pytest.mark.parametrize('way', sorted(set(WAYS) - {'octal'}))
@pytest.mark.parametrize('at', (0, 1, 3, 4, 5, 50, 100))
def test_one_character(way: str, at: int) -> None:
    if (way, at) == ('braces', 2):
        return
    is_found(TOKEN[:at] + WAYS[way] % TOKEN[at] + TOKEN[at + 1:])


@pytest.mark.parametrize('at', (1, 4, 7, 40, 103))
def test_quoted_printable_soft_breaks(at: int) -> None:
    text = TOKEN.replace(b'_', b'=5F')
    cut = text.index(b'=') + 3 if at in range(4, 8) else at
    is_found(text[:cut] + b'=\r\n' + text[cut:])


@pytest.mark.parametrize('glued', (b'ABC2', b'abc', b'xp', b'%20', b'\\n', b'=', b'%70', b'pina_'))
def test_glued_on_the_left(glued: bytes) -> None:
    assert [f.sha256 for f in found(glued + TOKEN.replace(b'_', b'%5F') + b'&x=1')] == [HASH]


def test_the_layer_is_named_and_the_place_is_its_beginning() -> None:
    [finding] = found(b'a\nurl: ' + each(way=b'%%%02X') + b'\n')
    assert finding[2:] == (('percent',), 2, 6)


def test_an_escaped_underscore_that_joins_two_lines() -> None:
    is_found(TOKEN[:40] + b'" & \\x5f\n "' + TOKEN[40:])


def test_wide_letters_between_others() -> None:
    wide = ''.join(chr(ord(character) + 0xFEE0) for character in TOKEN.decode()).encode()
    is_found(wide + b' and ' * 2000)

"""Each family of the table of encodings with its proof: what is found by its anchors, and what only looks like it."""
from __future__ import annotations

import base64
import binascii
import gzip

import pytest

from pina_scan.decode.encodings import ANCHORS
from pina_scan.decode.encodings import ENCODINGS
from pina_scan.match.anchors import build
from tests.decode.found import BODY
from tests.decode.found import HASH
from tests.decode.found import TOKEN
from tests.decode.found import found

_WIDE = TOKEN.decode().encode('utf-16-le')
_ROWS = [name for name, anchors, _ in ENCODINGS for _ in anchors]

#: family -> examples, near-misses
FAMILIES: dict[str, tuple[tuple[bytes, ...], tuple[bytes, ...]]] = {
    'plain': ((TOKEN, TOKEN[:40] + b'" + "' + TOKEN[40:]), (b'pina_colada_' * 10, b'pina_<token>', b'pinr.py')),
    'wide': (
        (_WIDE, TOKEN.decode().encode('utf-16-be'), TOKEN.decode().encode('utf-32-le'),
         base64.b64encode(TOKEN).decode().encode('utf-16-le')),
        ('pina_colada'.encode('utf-16-le') * 20, b'p\0i\0n\0a\0' + BODY),
    ),
    'cut': (
        (b'"pin" + "a_' + BODY + b'"', b'"pi" + "na_' + BODY + b'"', b'pin\n> a_' + BODY, b'"pina" + "_" + "' + BODY + b'"'),
        (b'"spin" + "ach' + BODY + b'"', b'"luna" + "_' + BODY + b'"', b'pin\n' + BODY, b'"in" + "na_' + BODY + b'"'),
    ),
    'strewn': (
        ('\u200b'.join(TOKEN.decode()).encode(), b''.join(b'%c\\x00' % c for c in TOKEN),
         b''.join(b'<b>%c</b>' % c for c in TOKEN)),
        ('\u200b'.join('pineapples' * 12).encode(), b'p\xe2\x80\x99s ' * 20 + BODY, b'_\\x00' + BODY, b'<b>n</b>' * 20 + BODY),
    ),
    'escaped': (
        (TOKEN.replace(b'_', b'%5F'), TOKEN.replace(b'a', b'&#97;', 1),
         TOKEN.replace(b'_', b'\\x255f'), TOKEN.replace(b'_', b'\\0137')),
        (b'%5F' + BODY, b'pina%5Fcolada' * 12, b'pi&#97;_' + BODY, b'\\0137' + BODY),
    ),
    'x': (
        (TOKEN.replace(b'_', b'\\x5f'), b', '.join(b'0x%02x' % c for c in TOKEN)),
        (b'\\x5f' + BODY, b', '.join(b'0x%02x' % c for c in b'pina_colada' * 12)),
    ),
    'number': (
        (b', '.join(b'%d' % c for c in TOKEN), b' '.join(b'%03o' % c for c in TOKEN)),
        (b', '.join(b'%d' % c for c in b'pina_colada' * 12), b'112, 113, 114, ' * 40),
    ),
    'base64': (
        (base64.b64encode(TOKEN), base64.b64encode(b'xy' + base64.b64encode(b'x' + TOKEN)),
         base64.b64encode(TOKEN.hex().encode())),
        (base64.b64encode(b'pina_colada' * 12), b'cGlu' * 60, base64.b64encode(b'pina_' + BODY[:70])),
    ),
    'carried': (
        (base64.b64encode(gzip.compress(TOKEN)),),
        (base64.b64encode(gzip.compress(b'pina_colada' * 12)), b'H4sI' * 40),
    ),
    'hex': ((TOKEN.hex().encode(), TOKEN.hex(':').encode()), ((b'pina_colada' * 12).hex().encode(), b'70696e' * 60)),
    'dump': (
        (TOKEN.hex(' ').encode(), TOKEN.hex(' ', 2).encode(), TOKEN.hex('-').encode()),
        ((b'pina_colada' * 12).hex(' ').encode(), b'70 69 6e ' * 60),
    ),
    'base85': (
        (base64.b85encode(TOKEN), base64.a85encode(b'xyz' + TOKEN)),
        (base64.b85encode(b'pina_colada' * 12), b'aA|H~' * 60, b'GIT binary patch\nliteral 5\nMxyz\n'),
    ),
    'uuencode': (
        (b'begin 644 x\n' + b''.join(binascii.b2a_uu(TOKEN[at:at + 45]) for at in range(0, 101, 45)) + b'`\nend\n',),
        (b'begin 644 x\n' + b''.join(binascii.b2a_uu(b'pina_colada') for _ in range(9)), b'begin 6 things\n' * 9),
    ),
    'shifted': (
        (TOKEN.decode().encode('cp037'), bytes((c + 42) % 256 for c in TOKEN)),
        ('pina_colada_'.encode('cp037') * 9, b'\x97\x89\x95\x81m' + BODY),
    ),
    'base32': (
        (base64.b32encode(TOKEN), base64.b32encode(b'xyz' + TOKEN).lower(),
         base64.b32encode(TOKEN)[:3] + b'\n' + base64.b32encode(TOKEN)[3:]),
        (base64.b32encode(b'pina_colada' * 12), b'OBUW' * 60, b'OBUW4YK7' + BODY[:70]),
    ),
}


def test_no_family_is_left_out() -> None:
    assert set(FAMILIES) == set(_ROWS)


@pytest.mark.parametrize('family', FAMILIES)
def test_near_misses(family: str) -> None:
    for text in FAMILIES[family][1]:
        assert found(text) == [], text


@pytest.mark.parametrize('family', FAMILIES)
def test_examples(family: str) -> None:
    for text in FAMILIES[family][0]:
        assert [(one.sha256, one.confidence) for one in found(text)] == [(HASH, 'high')], text


@pytest.mark.parametrize('family', FAMILIES)
def test_an_anchor_of_the_family_is_in_an_example(family: str) -> None:
    find = build(ANCHORS)
    assert any(_ROWS[number] == family for text in FAMILIES[family][0] for number, _, _ in find(text))

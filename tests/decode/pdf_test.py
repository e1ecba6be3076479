from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pypdf
import pytest
from pypdf.generic import ArrayObject
from pypdf.generic import DecodedStreamObject
from pypdf.generic import DictionaryObject
from pypdf.generic import NameObject
from pypdf.generic import NumberObject

from pina_scan import token
from pina_scan.decode.pdf_fonts import Font
from pina_scan.decode.pdf_text import written
from tests.helpers.pack import places
from tests.helpers.pack import scanned


def page(content: bytes, metadata: dict[str, str] | None = None, password: str = '', packed: bool = True) -> bytes:
    writer = pypdf.PdfWriter()
    stream = DecodedStreamObject()
    stream.set_data(content)
    made = writer.add_blank_page(200, 200)
    made[NameObject('/Contents')] = writer._add_object(stream.flate_encode() if packed else stream)
    made[NameObject('/Resources')] = DictionaryObject()
    writer.add_metadata(metadata or {})
    if password:
        writer.encrypt(password, algorithm='RC4-128')
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def shown(operators: bytes) -> bytes:
    return b'BT /F1 12 Tf 72 720 Td ' + operators + b' ET'


def cut(secret: bytes, *at: int) -> list[bytes]:
    return [secret[a:b] for a, b in zip((0, *at), (*at, None))]


@pytest.mark.parametrize('data', (
    b'%PDF', b'%PDF-', b'%PDF is a text', page(b''), page(shown(b'(nothing) Tj')),
    page(shown(b'(pina_colada) Tj T* (AND_MORE) Tj')), page(shown(b'[(pina_) -300 (' + token.make()[6:] + b')] TJ')),
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


@pytest.mark.parametrize(('array', 'says'), (
    (b'[]', b''), (b'[-20]', b''), (b'[()]', b''), (b'[(ab)]', b'ab'),
    # moved together, or a little apart
    (b'[(a) 20 (b) -5 (c) .5 (d) -.5 (e)-20.(f)\n0\n(g)]', b'abcdefg'),
    # a space from 180 on
    (b'[(a) -180 (b) -180.0 (c) -179.9 (d)]', b'abcd'), (b'[(a) -181 (b) -180.5 (c)-2000(d)]', b'a b c d'),
    (b'[-300 (a) -300 () -300 (b) -300]', b' a  b'),
    # what looks like the end of a string, or like a number between two
    (b'[(a\\)) 20 (\\(b) 5 (\\() 20 (5)]', b'a)(b(5'), (b'[(a\\\\) 20 (b)]', b'a\\b'), (b'[(a(b) 5 (c)) 20 (d)]', b'a(b) 5 (c)d'),
    (b'[(\\160) 20 (\\151\\\nn) 20 (a_)]', b'pina_'), (b'[(a) 20 <62> -300 (c)]', b'ab c'), (b'[(a) 20 (b', b'ab TJ'),
))
def test_arrays(array: bytes, says: bytes) -> None:
    assert written(b'BT ' + array + b' TJ') == says
    # in a font of its own, each letter the next one; spaces are of no font
    codes = Font({code: chr(code + 1) if code > 0x20 else chr(code) for code in range(128)}, 1)
    spelled = bytes(code + 1 if code > 0x20 else code for code in says)
    assert written(b'BT /F 1 Tf ' + array + b' TJ', {b'F': codes}) == spelled


@pytest.mark.parametrize('packed', (True, False))
def test_the_ways_of_writing_it(packed: bool) -> None:
    for template in (
        b'(%s%s%s) Tj', b'[(%s) -10 (%s) 20.5 (%s)] TJ', b'(%s) Tj (%s) Tj (%s) Tj', b'(%s\\\n%s\\\n%s) Tj',
    ):
        secret = token.make()
        findings, unread = scanned(page(shown(template % tuple(cut(secret, 2, 40))), packed=packed))
        assert [f.token_sha256 for f in findings] == [token.sha256(secret)], template
        assert unread == []
    secret = token.make()
    findings, _ = scanned(page(shown(b'<' + secret.hex().encode() + b'> Tj'), packed=packed))
    assert token.sha256(secret) in [f.token_sha256 for f in findings]
    findings, _ = scanned(page(shown(b'(' + secret.replace(b'_', b'\\137') + b') Tj'), packed=packed))
    assert token.sha256(secret) in [f.token_sha256 for f in findings]


def test_a_line_that_is_placed_letter_by_letter() -> None:
    for way in (b'1 0 0 1 %d 700 Tm (%c) Tj ', b'5 0 Td %% %d\n(%c) Tj '):
        secret = token.make()
        found = scanned(page(shown(b''.join(way % (5 * at, code) for at, code in enumerate(secret)))))[0]
        assert [f.token_sha256 for f in found] == [token.sha256(secret)]


def in_a_font(codes: bytes, font: dict[str, object]) -> bytes:
    """A page that shows `codes`, in hex, in a font of that dictionary."""
    writer = pypdf.PdfWriter()
    made = writer.add_blank_page(200, 200)
    stream = DecodedStreamObject()
    stream.set_data(b'BT /F1 12 Tf <' + codes.hex().encode() + b'> Tj ET')
    made[NameObject('/Contents')] = writer._add_object(stream.flate_encode())
    entries = {NameObject(key): writer._add_object(value) for key, value in font.items()}
    fonts = DictionaryObject({NameObject('/F1'): writer._add_object(DictionaryObject(entries))})
    made[NameObject('/Resources')] = DictionaryObject({NameObject('/Font'): fonts})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize('section', (
    lambda codes: b'beginbfchar ' + b''.join(b'<%04x> <%04x> ' % (n, c) for c, n in codes.items()) + b'endbfchar',
    lambda codes: b'beginbfrange ' + b''.join(b'<%04x> <%04x> <%04x> ' % (n, n, c) for c, n in codes.items()) + b'endbfrange',
    lambda codes: b'beginbfrange <0001> <0100> [' + b''.join(b'<%04x>' % c for c in codes) + b'] endbfrange',
))
def test_fonts_whose_codes_a_table_explains(section: Callable[[dict[int, int]], bytes]) -> None:
    secret = token.make()
    codes = {code: at for at, code in enumerate(sorted(set(secret)), 1)}
    table = DecodedStreamObject()
    table.set_data(section(codes))
    text = b''.join(codes[code].to_bytes(2, 'big') for code in secret)
    found = scanned(in_a_font(text, {'/ToUnicode': table, '/Subtype': NameObject('/Type0')}))[0]
    assert [f.token_sha256 for f in found] == [token.sha256(secret)]


def test_fonts_whose_glyphs_have_names() -> None:
    secret = token.make()
    digits = {'2': 'two', '3': 'three', '4': 'four', '5': 'five', '6': 'six', '7': 'seven', '_': 'underscore'}
    letters = sorted(set(secret.decode()))
    names = ArrayObject([NumberObject(200), *(NameObject('/' + digits.get(one, one)) for one in letters)])
    text = bytes(200 + letters.index(one) for one in secret.decode())
    found = scanned(in_a_font(text, {'/Encoding': DictionaryObject({NameObject('/Differences'): names})}))[0]
    assert [f.token_sha256 for f in found] == [token.sha256(secret)]


def test_metadata() -> None:
    secret = token.make()
    findings, _ = scanned(page(b'', {'/Subject': 'key ' + secret.decode()}))
    assert [f.token_sha256 for f in findings] == [token.sha256(secret)]


def test_the_layers_are_named() -> None:
    found = places(page(shown(b'(' + token.make() + b') Tj')), b'a.pdf')
    assert [via for *_, via in found] == [('pdf',), ('pdf',)] or [via for *_, via in found] == [('pdf',)]
    assert found[0][0].startswith(b'a.pdf!object ')


def test_encrypted_is_unread() -> None:
    data = page(shown(b'(' + token.make() + b') Tj'), password='password')
    assert places(data) == [(b'x', 'encrypted')]


@pytest.mark.parametrize('tenth', range(1, 10))
def test_cut_short(tenth: int) -> None:
    """What stands before the cut is found, by way of the streams themselves if need be."""
    first, second = token.make(), token.make()
    body = zlib.compress(shown(b'(' + first + b') Tj'))
    data = b'%PDF-1.4\n1 0 obj\n<< /Length ' + str(len(body)).encode() + b' /Filter /FlateDecode >>\nstream\n' + body
    data += b'\nendstream\nendobj\n' + b'% padding\n' * 300 + second
    findings, unread = scanned(data[:len(data) * tenth // 10])
    assert token.sha256(first) in {f.token_sha256 for f in findings}
    assert unread

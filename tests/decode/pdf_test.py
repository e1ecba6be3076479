from __future__ import annotations

import io
import zlib

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject
from pypdf.generic import DictionaryObject
from pypdf.generic import NameObject

from pina_scan import token
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
    page(shown(b'(pina_colada) Tj T* (AND_MORE) Tj')), page(shown(b'[(pina_) -300 (' + token.make()[5:] + b')] TJ')),
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


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

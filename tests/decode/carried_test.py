"""Containers that a text carries in base64."""
from __future__ import annotations

import base64
import bz2
import gzip
import lzma
import os
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from pina_scan import token
from tests.decode.pdf_test import page
from tests.decode.pdf_test import shown
from tests.decode.sevenzip_test import packed
from tests.helpers.command import report
from tests.helpers.pack import places
from tests.helpers.pack import scanned
from tests.helpers.pack import tarred
from tests.helpers.pack import zipped

TEXT = b'some text of many words\n' * 30
PACKED: dict[str, Callable[[bytes], bytes]] = {
    'zip': lambda data: zipped({'a': data}), 'gzip': gzip.compress, 'bzip2': lambda data: bz2.compress(data, 3),
    'xz': lzma.compress, '7z': lambda data: packed({'a': data}), 'pdf': lambda data: page(shown(b'(' + data[-101:] + b') Tj')),
}


def mail(data: bytes) -> bytes:
    made = EmailMessage()
    made.set_content('see the attachment\n')
    made.add_attachment(data, maintype='application', subtype='zip', filename='a')
    return made.as_bytes()


WAYS: dict[str, Callable[[bytes], bytes]] = {
    'mail': mail,
    'reply': lambda data: b''.join(b'> ' + line + b'\n' for line in mail(data).splitlines()),
    'patch': lambda data: b''.join(b'+' + line + b'\n' for line in mail(data).splitlines()),
    'uri': lambda data: b'<a href="data:application/zip;base64,' + base64.b64encode(data) + b'">',
    'url': lambda data: b'v: ' + base64.urlsafe_b64encode(data),
    'json': lambda data: b'{"a": "' + base64.encodebytes(data).replace(b'\n', b'\\n') + b'"}',
    'release': lambda data: b'data:\n  release: ' + base64.b64encode(base64.b64encode(data)),
}


@pytest.mark.parametrize('text', (
    b'UEsDB', b'x: H4sIAAAAAAAAA\n' * 50, base64.b64encode(zipped({'a': TEXT})), mail(tarred({'a': TEXT}, 'w:gz')),
    # examples in documents, broken off
    b'like `' + base64.b64encode(gzip.compress(os.urandom(500)))[:120] + b'...`',
    b'like `' + base64.b64encode(zipped({'a': os.urandom(500)}))[:120] + b'...`',
    b'UEsDB' + base64.b64encode(b'text' * 300), b'H4sIA' + base64.b64encode(os.urandom(300)),
))
def test_nothing_to_say(text: bytes) -> None:
    assert places(text) == []


@pytest.mark.parametrize('way', ('mail', 'reply', 'patch', 'uri', 'url', 'json'))
@pytest.mark.parametrize('layer', PACKED)
def test_a_token(way: str, layer: str) -> None:
    secret = token.make()
    findings, unread = scanned(WAYS[way](PACKED[layer](TEXT + secret)))
    assert {(f.token_sha256, f.path, f.via[:2]) for f in findings} == {(token.sha256(secret), b'x', ('base64', layer))}
    assert unread == []


def test_it_stands_where_the_base64_begins() -> None:
    text = b'a: 1\nb: ' + base64.b64encode(zipped({'d/a': TEXT + token.make(), 'b': TEXT})) + b'\nc: 2\n'
    assert places(text) == [(b'x', 2, 4, ('base64', 'zip'))]


def test_layers_within_layers() -> None:
    secret = token.make()
    for data in (
        WAYS['release'](gzip.compress(TEXT + secret)),
        WAYS['release'](gzip.compress(b'{"data": "' + base64.b64encode(TEXT + secret) + b'"}')),
        zipped({'m.eml': mail(zipped({'a': mail(gzip.compress(TEXT + secret))}))}),
    ):
        findings, unread = scanned(data)
        assert {f.token_sha256 for f in findings} == {token.sha256(secret)}
        assert unread == []


def test_what_is_stored_is_told_once_and_where_it_stands() -> None:
    text = base64.b64encode(zipped({'a': TEXT + token.make()}, zipfile.ZIP_STORED))
    assert [via for *_, via in places(text)] == [('base64',)]


def test_an_attachment_longer_than_a_window(tmp_path: Path) -> None:
    secret = token.make()
    (tmp_path / 'm.eml').write_bytes(b'\n' * 500_000 + mail(zipped({'noise': os.urandom(3 << 20), 'a': TEXT + secret})))
    code, found = report(cwd=tmp_path)
    assert [(f['path'], f['token_sha256'], f['via']) for f in found['findings']] == [
        ('m.eml', token.sha256(secret), ['base64', 'zip']),
    ]
    assert (code, found['unread']) == (1, [])
    # where it can't be gone back to, that there was more is said
    code, found = report('-', cwd=tmp_path, stdin=(tmp_path / 'm.eml').read_bytes())
    assert code == 2
    assert found['unread'][0] == {'path': '-', 'reason': 'a container in base64 that goes on too far behind to be opened'}


def test_what_cant_be_read_is_unread() -> None:
    data = bytearray(zipped({'a': TEXT}))
    data[6] |= 1
    data[data.index(b'PK\1\2') + 8] |= 1
    assert places(mail(bytes(data))) == [(b'x!a', 'encrypted')]
    assert places(mail(packed({'a': TEXT}, 'password'))) == [(b'x!a', 'encrypted')]


def test_what_is_cut_short_is_read_as_far_as_it_goes() -> None:
    """Whoever writes a text cuts off an example: that is not unread."""
    secret = token.make()
    for data in (
        gzip.compress(secret + b'\n' + os.urandom(9000)), zipped({'a': TEXT + secret, 'b': os.urandom(9000)}),
        page(shown(b'(' + secret + b') Tj')) + os.urandom(9000),
    ):
        findings, unread = scanned(mail(data[:-6000]))
        assert {f.token_sha256 for f in findings} == {token.sha256(secret)}
        assert unread == []

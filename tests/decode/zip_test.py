from __future__ import annotations

import io
import struct
import zipfile

import pytest

from pina_scan import token
from tests.helpers.pack import places
from tests.helpers.pack import scanned
from tests.helpers.pack import zipped

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@pytest.mark.parametrize('data', (
    zipped({}), zipped({'a': b'', 'b/': b''}), zipped({'a': b'nothing'}), b'PK', b'PK\3\4', b'PK is a text\n' * 50,
    b'PK\3\4' + b'text' * 100, b'PK\5\6', b'x' * 100 + b'PK\5\6' + b'\0' * 18,
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


@pytest.mark.parametrize('method', METHODS)
@pytest.mark.parametrize('name', (b'o.zip', b'o.jar', b'o.whl', b'o.docx', b'noname'))
def test_a_token_in_a_member(method: int, name: bytes) -> None:
    data = zipped({'a/b.env': b'\nKEY=' + token.make() + b'\n'}, method)
    assert places(data, name) == [(name + b'!a/b.env', 2, 5, ('zip',))]


def test_the_token_is_the_one() -> None:
    secret = token.make()
    findings, _ = scanned(zipped({'a': secret}))
    assert [f.token_sha256 for f in findings] == [token.sha256(secret)]


def test_a_large_member_keeps_its_lines() -> None:
    text = b'a line of text\n' * 300_000 + b'  ' + token.make()
    assert places(zipped({'a': text})) == [(b'x!a', 300_001, 3, ('zip',))]


def test_names_and_comments() -> None:
    secret, second = token.make(), token.make()
    redacted = token.redacted(b'pina_', secret[5:]).encode()
    assert places(zipped({f'd/{secret.decode()}/a': b'', f'd/{secret.decode()}/b': b''})) == [
        (b'x!d/' + redacted, None, None, ('zip',)),
    ]
    assert places(zipped({'a': b''}, comment=second)) == [(b'x!(notes)', 1, 1, ('zip',))]
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w') as archive:
        info = zipfile.ZipInfo('a')
        info.comment = second
        archive.writestr(info, b'')
    assert places(made.getvalue()) == [(b'x!a/(notes)', 1, 1, ('zip',))]


def test_the_outer_name_is_told_once() -> None:
    secret = token.make()
    found = places(zipped({'a': b'x', 'b': token.make()}), b'd/' + secret + b'.zip')
    redacted = b'd/' + token.redacted(b'pina_', secret[5:]).encode() + b'.zip'
    assert found == [(redacted, None, None, ()), (redacted + b'!b', 1, 1, ('zip',))]


@pytest.mark.parametrize('before', (b'#!/usr/bin/env python3\n', b'MZ' + b'\x90' * 4000, b'text ' * 500))
def test_behind_something_else(before: bytes) -> None:
    assert places(before + zipped({'a': token.make()})) == [(b'x!a', 1, 1, ('zip',))]
    inside = zipped({'p.exe': before + zipped({'a': token.make()})})
    assert places(inside) == [(b'x!p.exe!a', 1, 1, ('zip', 'zip'))]


def test_encrypted_is_unread() -> None:
    data = bytearray(zipped({'a': b'secret', 'b': token.make()}))
    data[6] |= 1
    at = data.index(b'PK\1\2')
    data[at + 8] |= 1
    assert places(bytes(data)) == [(b'x!b', 1, 1, ('zip',)), (b'x!a', 'encrypted')]


def test_a_method_that_is_not_read_is_unread() -> None:
    data = bytearray(zipped({'a': b'content'}))
    data[8] = 9
    data[data.index(b'PK\1\2') + 10] = 9
    assert places(bytes(data)) == [(b'x!a', 'compressed in a way that is not read (zip method 9)')]


@pytest.mark.parametrize('tenth', range(1, 10))
@pytest.mark.parametrize('method', METHODS)
def test_cut_short(method: int, tenth: int) -> None:
    """Whatever is left, what was whole before the cut is found, and that there was more is said."""
    secrets = [token.make() for _ in range(10)]
    noise = token.make()[5:].lower()
    whole = zipped({f'{n}': noise + b'\n' + secret for n, secret in enumerate(secrets)}, method)
    cut = whole[:len(whole) * tenth // 10]
    ends = [at for at in range(len(cut)) if cut.startswith(b'PK\3\4', at)]
    findings, unread = scanned(cut)
    assert {f.token_sha256 for f in findings} >= {token.sha256(secret) for secret in secrets[:len(ends) - 1]}
    assert unread


def test_sizes_that_stand_behind() -> None:
    """As a writer to a pipe does it, and then cut before the list of members."""
    made = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return made.write(data)  # type: ignore[arg-type]

    with zipfile.ZipFile(Pipe(), 'w', zipfile.ZIP_DEFLATED) as archive:
        for name in 'ab':
            archive.writestr(name, token.make())
    whole = made.getvalue()
    assert places(whole) == [(b'x!a', 1, 1, ('zip',)), (b'x!b', 1, 1, ('zip',))]
    found = places(whole[:whole.index(b'PK\1\2')])
    assert found[:2] == [(b'x!a', 1, 1, ('zip',)), (b'x!b', 1, 1, ('zip',))]
    assert [path for path, *_ in found[2:]] == [b'x']


def test_a_damaged_member_is_unread_and_the_rest_is_not() -> None:
    data = bytearray(zipped({'a': token.make() * 3, 'b': token.make()}))
    data[40:60] = b'\xff' * 20
    findings, unread = scanned(bytes(data))
    assert [f.path for f in findings] == [b'x!b']
    assert [u.path for u in unread] == [b'x!a']


def test_a_list_of_members_that_lies() -> None:
    data = bytearray(zipped({'a': b'content'}))
    data[data.index(b'PK\1\2') + 42:][:4] = struct.pack('<L', 5)
    struct.pack_into('<L', data, data.index(b'PK\1\2') + 42, 5)
    assert len(places(bytes(data))) == 1


def moved(data: bytes, size: int) -> tuple[bytes, bytes]:
    """A zip's members, and its list of them as if `size` bytes stood before."""
    start = data.index(b'PK\1\2')
    listed = bytearray(data[start:])
    for at in range(len(listed)):
        if listed.startswith(b'PK\1\2', at):
            struct.pack_into('<L', listed, at + 42, struct.unpack_from('<L', listed, at + 42)[0] + size)
    end = listed.index(b'PK\5\6')
    struct.pack_into('<L', listed, end + 16, start + size)
    return data[:start], bytes(listed)


TEXT = b'some text of many words\n' * 30


@pytest.mark.parametrize('between', (b'', b'x' * 100, b'PK\3\4' * 30))
def test_what_no_list_names_is_read_too(between: bytes) -> None:
    first = zipped({'hidden': TEXT + token.make()})
    before = first[:first.index(b'PK\1\2')] + between
    members, listed = moved(zipped({'a': TEXT + token.make()}), len(before))
    for data in (before + members + listed, first + between + zipped({'a': TEXT + token.make()})):
        assert places(data) == [(b'x!a', 31, 1, ('zip',)), (b'x!hidden', 31, 1, ('zip',))]


def test_what_only_looks_like_a_member_is_none() -> None:
    assert places(b'MZ' + b'PK\3\4 is what a zip begins with. ' * 20 + zipped({'a': b'x'})) == []

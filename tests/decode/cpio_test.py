"""cpio, and RPM packages, which pack one."""
from __future__ import annotations

import gzip
import struct

import pytest

from pina_scan import token
from tests.helpers.pack import places
from tests.helpers.pack import scanned

FORMS = ('new', 'portable', 'little', 'big')


def member(name: bytes, data: bytes, form: str = 'new') -> bytes:
    name += b'\0'
    if form == 'new':
        head = b'070701' + b'%08X' * 13 % (1, 0o100644, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0)
        pad = 4
    elif form == 'portable':
        head = b'070707' + b'%06o' * 7 % (1, 1, 0o100644, 0, 0, 1, 0) + b'%011o%06o%011o' % (0, len(name), len(data))
        pad = 1
    else:
        order = '<' if form == 'little' else '>'
        numbers = (0o070707, 1, 1, 0o100644, 0, 0, 1, 0, 0, 0, len(name), len(data) >> 16, len(data) & 0xffff)
        head = struct.pack(order + '13H', *numbers)
        pad = 2
    named = head + name
    return named + bytes(-len(named) % pad) + data + bytes(-len(data) % pad)


def archive(files: dict[bytes, bytes], form: str = 'new') -> bytes:
    return b''.join(member(name, data, form) for name, data in (*files.items(), (b'TRAILER!!!', b''))) + bytes(200)


def package(payload: bytes) -> bytes:
    lead = b'\xed\xab\xee\xdb\3\0\0\0\0\1' + b'name'.ljust(66, b'\0') + bytes(2) + b'\0\5' + bytes(16)
    header = struct.pack('>3sB4xLL', b'\x8e\xad\xe8', 1, 1, 4) + bytes(16) + b'text'
    return lead + header + bytes(-len(header) % 8) + header + payload


@pytest.mark.parametrize('data', (
    b'070701', b'0707 is a number\n', b'070707' * 40, b'\xc7\x71' * 60, archive({}), archive({b'a': b'x'}),
    package(gzip.compress(archive({b'a': b'x'}))),
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


@pytest.mark.parametrize('form', FORMS)
def test_a_token(form: str) -> None:
    data = archive({b'odd': b'x', b'd/a.gz': gzip.compress(b'\n ' + token.make()), b'b': token.make()}, form)
    assert places(data) == [(b'x!d/a.gz!a', 2, 2, ('cpio', 'gzip')), (b'x!b', 1, 1, ('cpio',))]


def test_a_package() -> None:
    data = package(gzip.compress(archive({b'./etc/a': b'text ' * 50 + token.make()})))
    assert places(data) == [(b'x!payload!content!./etc/a', 1, 251, ('rpm', 'gzip', 'cpio'))]
    assert places(data[:90]) == []
    assert places(data[:110]) == [(b'x', 'cut short')]


@pytest.mark.parametrize('form', FORMS)
def test_a_damaged_header_is_unread(form: str) -> None:
    data = bytearray(archive({b'a': b'text', b'b': b'text'}, form))
    size = len(member(b'a', b'text', form))
    data[size:size + 6] = b'xxxxxx'
    assert places(bytes(data)) == [(b'x', 'a damaged header')]


@pytest.mark.parametrize('tenth', range(1, 10))
def test_cut_short(tenth: int) -> None:
    """All that there is has been read."""
    secrets = [token.make() for _ in range(10)]
    whole = b''.join(member(b'%d' % n, secret) for n, secret in enumerate(secrets))
    findings, unread = scanned(whole[:len(whole) * tenth // 10])
    assert {f.token_sha256 for f in findings} >= {token.sha256(secret) for secret in secrets[:tenth - 1]}
    assert [u for u in unread if u.reason != 'a damaged header'] == []

from __future__ import annotations

import io
import os

import py7zr
import pytest

from pina_scan import token
from pina_scan.records import Limits
from tests.helpers.pack import places
from tests.helpers.pack import scanned
from tests.helpers.pack import zipped


def packed(files: dict[str, bytes], password: str | None = None, hidden: bool = False) -> bytes:
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, 'w', password=password, header_encryption=hidden) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return made.getvalue()


@pytest.mark.parametrize('data', (b"7z\xbc\xaf'", b'7z is a text\n', packed({}), packed({'a': b''}), packed({'a': b'x'})))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


def test_tokens() -> None:
    data = packed({'a': b'\n x=' + token.make(), 'd/b.zip': zipped({'c': token.make()})})
    assert places(data) == [(b'x!a', 2, 4, ('7z',)), (b'x!d/b.zip!c', 1, 1, ('7z', 'zip'))]
    assert places(zipped({'a.7z': data}))[0] == (b'x!a.7z!a', 2, 4, ('zip', '7z'))


def test_encrypted_is_unread() -> None:
    assert places(packed({'a': token.make()}, 'password')) == [(b'x!a', 'encrypted')]
    assert places(packed({'a': token.make()}, 'password', hidden=True)) == [(b'x', 'encrypted')]


def test_memory_is_bounded() -> None:
    found = places(packed({'first': token.make(), 'large': bytes(30 << 20)}), limits=Limits(memory=10 << 20))
    assert found == [
        (b'x!first', 1, 1, ('7z',)),
        (b'x!large', 'needs more than 10485760 bytes of memory: the rest was not opened (limits.memory)'),
    ]


def test_what_expands_too_far_is_not_expanded_first() -> None:
    found = places(packed({'first': token.make(), 'large': bytes(60 << 20)}))
    assert found == [
        (b'x!first', 1, 1, ('7z',)),
        (b'x!large', 'expands to more than 1000 times its size: the rest was not opened (limits.ratio)'),
    ]


@pytest.mark.parametrize('tenth', range(1, 10))
def test_cut_short(tenth: int) -> None:
    data = packed({'a': token.make(), 'b': os.urandom(5000)})
    _, unread = scanned(data[:len(data) * tenth // 10])
    assert [u.path for u in unread] == [b'x']

"""Any bytes at all behind each magic: no crash, no hang, no token told in words, and the same answer twice."""
from __future__ import annotations

import gzip
import io
import pickle
import sqlite3
import struct
from contextlib import closing

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pina_scan import token
from pina_scan.decode.containers import CONTAINERS
from pina_scan.decode.containers import STARTS
from pina_scan.decode.signatures import SIGNATURES
from pina_scan.decode.signatures import detect
from tests.decode import gitpack_test
from tests.decode.ar_test import member
from tests.decode.compressed_test import FORMATS
from tests.decode.cpio_test import archive
from tests.decode.cpio_test import package
from tests.decode.pdf_test import page
from tests.decode.pdf_test import shown
from tests.decode.sevenzip_test import packed
from tests.helpers.pack import scanned
from tests.helpers.pack import tarred
from tests.helpers.pack import zipped


def database() -> bytes:
    with closing(sqlite3.connect(':memory:')) as made:
        made.execute('CREATE TABLE t (a, b)')
        made.execute('INSERT INTO t VALUES (?, ?)', ('x' * 9000, b'y'))
        made.commit()
        return made.serialize() if hasattr(made, 'serialize') else b'SQLite format 3\0' + bytes(4000)


def compound() -> bytes:
    """The least of an OLE file: a header, a table of sectors, a folder without streams. MS-CFB 2.2 to 2.6."""
    header = struct.pack(
        '<8s16s5H6s9L', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', b'', 0x3e, 3, 0xfffe, 9, 6, b'', 0, 1, 1, 0, 4096, 0xfffffffe, 0,
        0xfffffffe, 0,
    ) + struct.pack('<109L', 0, *[0xffffffff] * 108)
    table = struct.pack('<128L', 0xfffffffd, 0xfffffffe, *[0xffffffff] * 126)
    name = 'Root Entry'.encode('utf-16-le')
    root = struct.pack('<64sHBB3L36xLQ', name, len(name) + 2, 5, 1, *[0xffffffff] * 3, 0xfffffffe, 0)
    return header + table + root + bytes(3 * 128)


TEXT = b'some text ' * 30
WHOLE = {
    'zip': zipped({'a': TEXT, 'b/c': TEXT}), 'tar': tarred({'a': TEXT, 'b/c': TEXT}), '7z': packed({'a': TEXT}),
    'ar': b'!<arch>\n' + member(b'a/', TEXT) + member(b'b/', TEXT), 'sqlite': database(), 'pdf': page(shown(b'(text) Tj')),
    'pickle': pickle.dumps({'a': gzip.compress(TEXT), 'b': TEXT}, 4), 'cpio': archive({b'a': TEXT, b'b': TEXT}),
    'rpm': package(gzip.compress(archive({b'a': TEXT}))), 'ole': compound(),
    'git-pack': gitpack_test.pack(gitpack_test.entry(3, TEXT), gitpack_test.entry(2, b'100644 a\0' + bytes(20))),
    'unopened': b'Rar!\x1a\7\1\0' + TEXT,
    **{name: pack(TEXT) for name, pack in FORMATS.items()},
}
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def test_every_container_is_here_and_known() -> None:
    assert set(WHOLE) == set(CONTAINERS) == {layer for layer, _, _ in SIGNATURES} | {'unopened'}
    assert {layer: detect(data[:512]) for layer, data in WHOLE.items()} == {layer: layer for layer in WHOLE}
    assert {layer for layer, data in WHOLE.items() if data[:2] not in STARTS} == {'tar', 'git-pack'}


@pytest.mark.parametrize('layer', WHOLE)
@FEW
@given(noise=st.binary(max_size=2000), keep=st.integers(4, 600))
def test_noise_behind_a_good_beginning(layer: str, noise: bytes, keep: int) -> None:
    check(WHOLE[layer][:keep] + noise)


@pytest.mark.parametrize('layer', WHOLE)
@FEW
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_good_one_with_bytes_changed(layer: str, changes: list[tuple[float, int]]) -> None:
    data = bytearray(WHOLE[layer])
    for place, value in changes:
        data[int(place * len(data))] = value
    check(bytes(data))


def check(data: bytes) -> None:
    findings, unread = scanned(data)
    assert findings == []
    assert len({(u.path, u.reason) for u in unread}) == len(unread)


@pytest.mark.parametrize('layer', WHOLE)
def test_reasons_hold_no_token(layer: str) -> None:
    secret = token.make()
    data = WHOLE[layer]
    for at in range(8, len(data) - 101, max(1, len(data) // 40)):
        _, unread = scanned(data[:at] + secret + data[at + 101:])
        for one in unread:
            assert secret not in one.path
            assert secret.decode() not in one.reason


def test_chains_of_layers() -> None:
    secret = token.make()
    outer = {'zip': lambda d: zipped({'m': d}), 'tar': lambda d: tarred({'m': d}), '7z': lambda d: packed({'m': d}), **FORMATS}
    for first, wrap in outer.items():
        for second, wrap_again in outer.items():
            for data in (wrap_again(wrap(secret)), wrap_again(wrap(wrap_again(secret)))):
                findings, unread = scanned(data)
                assert [f.token_sha256 for f in findings] == [token.sha256(secret)], (second, first)
                assert findings[0].via[:2] == (second, first)
                assert unread == []


def test_io_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a container is put on a disk."""
    opened = []
    real = io.open

    def watched(file: object, mode: str = 'r', *args: object, **options: object) -> object:
        if set(mode) & set('wax+'):
            opened.append(file)
        return real(file, mode, *args, **options)  # type: ignore[call-overload]
    monkeypatch.setattr('builtins.open', watched)
    for data in WHOLE.values():
        scanned(data)
    assert opened == []

"""Bombs end within the limits, in bounded memory and time, and each limit that is reached is said."""
from __future__ import annotations

import gzip
import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from pina_scan import token
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.decode.pdf_text import written
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.records import Limits
from tests.helpers.command import report
from tests.helpers.deflate import deflated
from tests.helpers.pack import places
from tests.helpers.pack import scanned
from tests.helpers.pack import tarred
from tests.helpers.pack import zipped

MB = 1 << 20


def nested(depth: int, data: bytes) -> bytes:
    for _ in range(depth):
        data = gzip.compress(data)
    return data


def test_limits_that_are_not_reached_say_nothing() -> None:
    secret = token.make()
    assert len(places(nested(8, secret))) == 1
    assert len(places(zipped({str(n): b'' for n in range(3000)} | {'a': secret}))) == 1
    # 10 MiB of zeros are a thousand times their size, and no bomb
    assert places(gzip.compress(bytes(10 * MB - 1))) == []


def test_depth() -> None:
    found = places(nested(9, token.make()), limits=Limits())
    assert found == [(
        b'x' + b'!content' * 8, 'more than 8 containers within one another were not opened (limits.depth)',
    )]
    assert len(places(nested(3, token.make()), limits=Limits(depth=2))) == 1


@pytest.mark.parametrize(('limits', 'words'), (
    (Limits(members=5), 'holds more than 5 members: the rest was not opened (limits.members)'),
    (Limits(bytes=5 * MB), 'expands to more than 5242880 bytes: the rest was not opened (limits.bytes)'),
    (Limits(ratio=2.5), 'expands to more than 2.5 times its size: the rest was not opened (limits.ratio)'),
))
def test_each_limit_is_said_once_and_what_came_before_is_found(limits: Limits, words: str) -> None:
    secret = token.make()
    data = zipped({'first': secret, **{str(n): bytes(2 * MB) for n in range(9)}, 'last': token.make()})
    findings, unread = scanned(data, limits=limits)
    assert [f.path for f in findings] == [b'x!first']
    assert [u.reason for u in unread] == [words]


@pytest.mark.parametrize('pack', (zipped, tarred))
def test_the_limits_hold_for_all_that_is_in_one_file(pack: object) -> None:
    inner = {f'{n}.gz': gzip.compress(bytes(MB)) for n in range(9)}
    outer = zipped({'in': zipped(inner) if pack is zipped else tarred(inner)})
    found = places(outer, limits=Limits(bytes=5 * MB))
    assert [reason for *_, reason in found] == ['expands to more than 5242880 bytes: the rest was not opened (limits.bytes)']


def test_a_second_file_has_a_budget_of_its_own(tmp_path: Path) -> None:
    (tmp_path / 'a.gz').write_bytes(gzip.compress(bytes(40 * MB)))
    (tmp_path / 'b.gz').write_bytes(gzip.compress(token.make()))
    (tmp_path / '.pina-scan.toml').write_text('[limits]\nbytes = 1000000\n')
    code, found = report(cwd=tmp_path)
    assert code == 2
    assert [f['path'] for f in found['findings']] == ['b.gz!b']
    assert [u['path'] for u in found['unread']] == ['a.gz!a']


def test_time() -> None:
    data = zipped({str(n): bytes(4 * MB) for n in range(50)}, zipfile.ZIP_DEFLATED)
    found = places(data, limits=Limits(seconds=0.2))
    assert found[-1][1] == 'took more than 0.2 seconds: the rest was not opened (limits.seconds)'


def test_time_that_goes_by_for_nothing() -> None:
    found = places(gzip.compress(b'') * 300_000, limits=Limits(seconds=0.1))
    assert found == [(b'x!content', 'took more than 0.1 seconds: the rest was not opened (limits.seconds)')]


def bomb_of_zips() -> bytes:
    """As 42.zip: sixteen zips of sixteen zips of …, at the bottom zeros."""
    data = zipped({'0': bytes(4 * MB)})
    for _ in range(5):
        data = zipped({f'{n:x}.zip': data for n in range(16)})
    return data


def bomb_of_overlaps() -> bytes:
    """Ten thousand members that share one stretch of compressed zeros."""
    made = io.BytesIO()
    body, crc = deflated(bytes(8 * MB), 9), zlib.crc32(bytes(8 * MB))
    name = b'a'
    local = struct.pack('<4s5H3L2H', b'PK\3\4', 20, 0, 8, 0, 0, crc, len(body), 8 * MB, 1, 0)
    made.write(local + name + body)
    start = made.tell()
    count = 10_000
    for _ in range(count):
        made.write(struct.pack(
            '<4s6H3L5H2L', b'PK\1\2', 20, 20, 0, 8, 0, 0, crc, len(body), 8 * MB, 1, 0, 0, 0, 0, 0, 0,
        ) + name)
    size = made.tell() - start
    made.write(struct.pack('<4s4H2LH', b'PK\5\6', 0, 0, count, count, size, start, 0))
    return made.getvalue()


def bomb_of_headers() -> bytes:
    """A list of two million members."""
    made = io.BytesIO()
    entry = struct.pack('<4s6H3L5H2L', b'PK\1\2', 20, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    made.write(zipped({'a': b''})[:31])
    start = made.tell()
    for _ in range(500):
        made.write(entry * 4000)
    made.write(struct.pack('<4s4H2LH', b'PK\5\6', 0, 0, 0xFFFE, 0xFFFE, made.tell() - start, start, 0))
    return made.getvalue()


def bomb_of_gzip() -> bytes:
    return nested(2, bytes(400 * MB))


@pytest.mark.parametrize('make', (bomb_of_zips, bomb_of_overlaps, bomb_of_headers, bomb_of_gzip))
def test_a_bomb_ends(make: object) -> None:
    data = make()  # type: ignore[operator]
    tracemalloc.start()
    _, unread = scanned(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert unread
    assert peak < 96 * MB + 4 * len(data)


def test_a_token_behind_a_bomb_in_the_same_tree_is_found(tmp_path: Path) -> None:
    (tmp_path / 'a.zip').write_bytes(bomb_of_overlaps())
    (tmp_path / 'b').write_bytes(token.make())
    code, found = report(cwd=tmp_path)
    assert (code, [f['path'] for f in found['findings']]) == (2, ['b'])


@pytest.mark.parametrize('data', (b'\x1f\x8b\x08\0' * 300_000, b'PK\3\4' * 300_000, b'<' * MB, b'(\x28' * MB))
def test_magic_over_and_over_is_linear(data: bytes) -> None:
    scanned(data)
    scanned(zipped({'a': b'<?xml ' + data}))


@pytest.mark.parametrize('pattern', (b'(', b'(\\', b'((a', b'<0', b"'"))
def test_strings_of_a_pdf_that_are_not_closed_are_linear(pattern: bytes) -> None:
    written(b'Tj ' + pattern * (2 * MB // len(pattern)))


def test_the_seconds_of_a_file_hold_for_its_encodings() -> None:
    secret = token.make()
    data = b'pina_"A" + ' * 200 + b' ' + secret + b' ' + b'pina_"A" + ' * 200
    finding, unread = scan([Blob(b'f', data)], Totals(), Limits(seconds=1e-9))
    assert isinstance(finding, Finding) and finding.token_sha256 == token.sha256(secret)
    assert isinstance(unread, Unread)
    assert (unread.path, unread.reason) == (b'f', 'took more than 1e-09 seconds: the rest was not decoded (limits.seconds)')


@pytest.mark.parametrize('make', (
    bytes, gzip.compress, lambda data: zipped({'a': data}), lambda data: zipped({'a.gz': gzip.compress(data)}),
))
def test_so_many_findings_are_told_of_a_file(make: object) -> None:
    tokens = [token.make() for _ in range(30)]
    data = make(b'\n'.join(tokens))  # type: ignore[operator]
    found, unread = scanned(data, limits=Limits(findings=30))
    assert ([f.token_sha256 for f in found], unread) == ([token.sha256(one) for one in tokens], [])
    found, unread = scanned(data, limits=Limits(findings=29))
    assert [f.token_sha256 for f in found] == [token.sha256(one) for one in tokens[:29]]
    assert [u.reason for u in unread] == ['has more than 29 findings: the rest is not told (limits.findings)']


def test_the_next_file_has_its_own_count() -> None:
    blobs = [Blob(name, token.make() + b'\n' + token.make()) for name in (b'a', b'b')]
    results = list(scan(blobs, Totals(), Limits(findings=1)))
    assert [(one.path, isinstance(one, Unread)) for one in results] == [(b'a', False), (b'a', True), (b'b', False), (b'b', True)]


def test_a_file_of_many_windows_says_it_once(tmp_path: Path) -> None:
    tokens = [token.make() for _ in range(40)]
    (tmp_path / 'a').write_bytes(b'\n'.join(tokens[:20]) + b'\n' * (3 * MB) + b'\n'.join(tokens[20:]))
    (tmp_path / 'b').write_bytes(tokens[0])
    (tmp_path / '.pina-scan.toml').write_text('[limits]\nfindings = 10\n')
    code, found = report(cwd=tmp_path)
    assert (code, [(u['path'], u['reason'][:26]) for u in found['unread']]) == (2, [('a', 'has more than 10 findings:')])
    assert [f['path'] for f in found['findings']] == ['a'] * 10 + ['b']

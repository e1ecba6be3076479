from __future__ import annotations

import gzip
import io
import tarfile

import pytest

from pina_scan import token
from tests.helpers.pack import places
from tests.helpers.pack import scanned
from tests.helpers.pack import tarred
from tests.helpers.pack import zipped

FORMATS = (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)


@pytest.mark.parametrize('data', (
    tarred({}), tarred({'a': b'', 'b': b'x'}), b'x' * 257 + b'ustar\0' + b'x' * 300, b'x' * 257 + b'ustar', bytes(10240),
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


@pytest.mark.parametrize('format', FORMATS)
@pytest.mark.parametrize(('mode', 'layers'), (
    ('w', ('tar',)), ('w:gz', ('gzip', 'tar')), ('w:bz2', ('bzip2', 'tar')), ('w:xz', ('xz', 'tar')),
))
def test_a_token(format: int, mode: str, layers: tuple[str, ...]) -> None:
    data = tarred({'a': b'x' * 700, 'd/b.env': b'\nKEY=' + token.make()}, mode, format)
    path = b'x' if mode == 'w' else b'x!content'
    assert places(data) == [(path + b'!d/b.env', 2, 5, layers)]


@pytest.mark.parametrize('format', (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))
def test_names(format: int) -> None:
    secret = token.make()
    found = places(tarred({f'{"d" * 90}/{secret.decode()}/a': b'', 'b': b''}, format=format))
    assert found == [(b'x!' + b'd' * 90 + b'/' + token.redacted(b'pina_', secret[5:]).encode(), None, None, ('tar',))]


def test_what_a_header_says() -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode='w', format=tarfile.PAX_FORMAT) as archive:
        link = tarfile.TarInfo('link')
        link.type = tarfile.SYMTYPE
        link.linkname = token.make().decode()
        archive.addfile(link)
        noted = tarfile.TarInfo('noted')
        noted.pax_headers = {'comment': token.make().decode()}
        archive.addfile(noted)
    assert places(made.getvalue()) == [
        (b'x!link/(notes)', 1, 10, ('tar',)), (b'x!noted/(notes)', 1, 9, ('tar',)),
    ]


def test_a_member_that_is_one_too() -> None:
    inner = tarred({'in.zip': zipped({'a': token.make()})}, 'w:gz')
    assert places(zipped({'x.tgz': inner}), b'o.zip') == [
        (b'o.zip!x.tgz!x.tar!in.zip!a', 1, 1, ('zip', 'gzip', 'tar', 'zip')),
    ]


def test_two_archives_one_after_another() -> None:
    found = places(tarred({'a': token.make()}) + tarred({'b': token.make()}))
    assert [path for path, *_ in found] == [b'x!a', b'x!b']


@pytest.mark.parametrize('tenth', range(1, 10))
def test_cut_short(tenth: int) -> None:
    """All that there is has been read, so nothing is unread; a gzip that is cut short says so once."""
    secrets = [token.make() for _ in range(10)]
    whole = tarred({f'{n}': secret for n, secret in enumerate(secrets)})
    findings, unread = scanned(whole[:10240 * tenth // 10])
    assert {f.token_sha256 for f in findings} == {token.sha256(secret) for secret in secrets[:tenth]}
    assert {f.via for f in findings} == {('tar',)}
    assert unread == []
    packed = tarred({f'{n}': secret for n, secret in enumerate(secrets)}, 'w:gz')
    _, unread = scanned(packed[:len(packed) * tenth // 10])
    assert [(u.path, u.reason) for u in unread] == [(b'x!content', 'cut short')]


def test_a_damaged_header_is_unread_and_the_rest_is_scanned_as_it_stands() -> None:
    data = bytearray(tarred({'a': token.make(), 'b': token.make()}))
    data[1024 + 148] ^= 1
    findings, unread = scanned(bytes(data))
    assert [(f.path, f.via) for f in findings] == [(b'x!a', ('tar',)), (b'x', ())]
    assert [u.path for u in unread] == [b'x']


@pytest.mark.parametrize('kind', (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE))
def test_a_long_name_of_gigabytes_is_not_read_at_once(kind: bytes) -> None:
    info = tarfile.TarInfo('n')
    info.type = kind
    info.size = 7 << 30
    data = info.tobuf(tarfile.GNU_FORMAT) + b'x' * 5000 + token.make()
    assert [via for *_, via in places(data)] == [()]


def old(files: dict[str, bytes]) -> bytes:
    """As V7's tar writes it: no magic, no owner's name."""
    made = b''
    for name, data in files.items():
        head = bytearray(512)
        head[:len(name)] = name.encode()
        for at, field in ((100, b'000644 \0'), (108, b'000000 \0'), (116, b'000000 \0'), (136, b'00000000000 ')):
            head[at:at + len(field)] = field
        head[124:136] = b'%011o ' % len(data)
        head[148:156] = b' ' * 8
        head[148:156] = b'%06o\0 ' % sum(head)
        made += bytes(head) + data + bytes(-len(data) % 512)
    return made + bytes(1024)


def test_one_without_a_magic_is_known_by_its_sum() -> None:
    data = old({'d/a': b'x', 'a.gz': gzip.compress(b'\n ' + token.make())})
    assert places(data) == [(b'x!a.gz!a', 2, 2, ('tar', 'gzip'))]
    assert places(gzip.compress(data)) == [(b'x!content!a.gz!a', 2, 2, ('gzip', 'tar', 'gzip'))]
    changed = bytearray(data)
    changed[2] ^= 1
    assert places(bytes(changed)) == []


def test_a_container_behind_one_is_opened() -> None:
    assert places(old({'a': b'x'}) + gzip.compress(token.make())) == [(b'x!(behind)!content', 1, 1, ('tar', 'gzip'))]

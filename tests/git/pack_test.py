"""Packs and their indexes as git writes them, and as nobody should."""
from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest

from pina_scan.errors import DamagedError
from pina_scan.git import loose
from pina_scan.git import packindex
from pina_scan.git.pack import open_pack
from pina_scan.git.pack import read
from pina_scan.git.resolve import Resolver
from tests.helpers.gitrepo import Repo
from tests.helpers.gitrepo import add_pack
from tests.helpers.gitrepo import copy
from tests.helpers.gitrepo import insert
from tests.helpers.gitrepo import make_delta
from tests.helpers.gitrepo import make_pack
from tests.helpers.gitrepo import object_id
from tests.helpers.history import pack_files


def _filled(repo: Repo) -> None:
    for number in range(20):
        repo.commit({'a': b'line\n' * 100 + b'%d\n' % number, f'f{number}': os.urandom(50)})


@pytest.mark.parametrize(('init', 'config'), (
    ((), ('repack.useDeltaBaseOffset=true',)),
    ((), ('repack.useDeltaBaseOffset=false',)),
    ((), ('pack.indexVersion=1',)),
    (('--object-format=sha256',), ('pack.compression=1',)),
    ((), ('pack.writeReverseIndex=true',)),
))
def test_every_object_is_resolved_as_git_does(tmp_path: Path, init: tuple[str, ...], config: tuple[str, ...]) -> None:
    repo = Repo(str(tmp_path), *init)
    _filled(repo)
    repo.git(*(word for one in config for word in ('-c', one)), 'repack', '-adfq')
    pack = open_pack(os.fsencode(pack_files(repo, '.pack')[0]), 32 if init else 20)
    resolver = Resolver(pack, lambda name: None)
    assert pack.idx.sound
    assert list(pack.order) == sorted(pack.idx.offsets)
    found = {pack.idx.name(n): resolver.resolve(offset) for n, offset in enumerate(pack.idx.offsets)}
    assert found == repo.objects()


def test_the_beginning_of_an_entry(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    text = os.urandom(3000)
    path = add_pack(repo, make_pack([(text, None)]))
    pack = open_pack(os.fsencode(path + '.pack'), 20)
    for most in (0, 1, 511, 2999, 3000, 3001):
        assert read(pack, 12, most).data == text[:most]
    os.truncate(path + '.pack', 1000)
    assert read(pack._replace(end=1000), 12, 512).data == text[:512]
    for most in (2000, None):
        with pytest.raises(DamagedError, match='ends before|truncated'):
            read(pack._replace(end=1000, order=pack.order), 12, most)


def test_offsets_of_64_bits(tmp_path: Path) -> None:
    """git puts every offset from 2 GB on into a table of its own; `--index-version` lowers that border."""
    repo = Repo(str(tmp_path))
    _filled(repo)
    repo.git('repack', '-adq')
    path = os.fsencode(pack_files(repo, '.pack')[0])
    plain = packindex.read(packindex.beside(path, b'.idx'), 20)
    os.unlink(packindex.beside(path, b'.idx'))
    repo.git('index-pack', '--index-version=2,0x40', path)
    assert packindex.read(packindex.beside(path, b'.idx'), 20).offsets == plain.offsets


def test_a_reverse_index_that_lies_is_not_believed(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    _filled(repo)
    repo.git('-c', 'pack.writeReverseIndex=true', 'repack', '-adq')
    path = os.fsencode(pack_files(repo, '.pack')[0])
    rev = packindex.beside(path, b'.rev')
    data = bytearray(Path(os.fsdecode(rev)).read_bytes())
    for change, byte in ((slice(12, 16), b'\0'), (slice(12, 16), b'\xff'), (slice(0, 4), b'\0'), (slice(-30, -20), b'\0')):
        lie = bytearray(data)
        lie[change] = byte * (change.indices(len(lie))[1] - change.indices(len(lie))[0])
        os.chmod(rev, 0o644)
        Path(os.fsdecode(rev)).write_bytes(lie)
        pack = open_pack(path, 20)
        assert list(pack.order) == sorted(pack.idx.offsets)


def test_a_long_chain_and_a_base_by_id(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    texts = [b'0']
    entries: list[tuple[bytes, int | str | None]] = [(texts[0], None)]
    for number in range(4000):
        texts.append(b'%d' % (number + 1))
        base = object_id('blob', texts[number]) if number == 2000 else number
        entries.append((make_delta(texts[number], len(texts[-1]), insert(texts[-1])), base))
    path = add_pack(repo, make_pack(entries))
    pack = open_pack(os.fsencode(path + '.pack'), 20)
    assert Resolver(pack, lambda name: None).resolve(pack.order[-1]) == ('blob', b'4000')


def test_a_base_that_is_elsewhere(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    base = b'some base'
    name = repo.blob(base)
    data = make_pack([(make_delta(base, 4, copy(0, 4)), name)])
    thin = tmp_path / 'thin.pack'
    thin.write_bytes(data)
    repo.git('index-pack', '--stdin', '--fix-thin', stdin=data)
    whole = open_pack(os.fsencode(pack_files(repo, '.pack')[0]), 20)
    assert Resolver(whole, lambda name: None).resolve(whole.order[0]) == ('blob', b'some')
    # the same without its base: what git calls thin
    pack = whole._replace(path=os.fsencode(thin), fd=os.open(thin, os.O_RDONLY), order=whole.order[:1], end=len(data) - 20)
    pack = pack._replace(idx=pack.idx._replace(names=b'', offsets=pack.order[:0]))
    assert Resolver(pack, {name: ('blob', base)}.get).resolve(12) == ('blob', b'some')
    with pytest.raises(DamagedError, match=f'its base {name} is not there'):
        Resolver(pack, lambda name: None).resolve(12)


@pytest.mark.parametrize(('data', 'words'), (
    (b'', 'kind and size'),
    (zlib.compress(b'blob 3\0abc')[:-6], 'damaged|3 bytes'),
    (zlib.compress(b'blob 4\0abc'), '4 bytes'),
    (zlib.compress(b'blob 2\0abc'), '2 bytes'),
    (zlib.compress(b'what 3\0abc'), 'kind and size'),
    (b'\x01\x02\x03', 'damaged'),
))
def test_a_loose_object_that_is_none(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / 'ab').mkdir()
    (tmp_path / 'ab' / ('c' * 38)).write_bytes(data)
    assert list(loose.names(os.fsencode(tmp_path))) == ['ab' + 'c' * 38]
    with pytest.raises(DamagedError, match=words):
        loose.read(os.fsencode(tmp_path), 'ab' + 'c' * 38)


def test_a_bomb_is_held_to_its_size(tmp_path: Path) -> None:
    (tmp_path / 'ab').mkdir()
    (tmp_path / 'ab' / ('c' * 38)).write_bytes(zlib.compress(b'blob 3\0' + bytes(1 << 28), 9))
    with pytest.raises(DamagedError, match='not the 3 bytes'):
        loose.read(os.fsencode(tmp_path), 'ab' + 'c' * 38)

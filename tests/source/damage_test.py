"""Stores that are damaged, odd, or repacked under the scan: told of, and everything else is still found."""
from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from pina_scan.token import make
from pina_scan.token import sha256
from tests.helpers.gitrepo import Repo
from tests.helpers.gitrepo import add_pack
from tests.helpers.gitrepo import insert
from tests.helpers.gitrepo import make_delta
from tests.helpers.gitrepo import make_pack
from tests.helpers.gitrepo import object_id
from tests.helpers.history import found
from tests.helpers.history import pack_files
from tests.helpers.history import run
from tests.helpers.oracle import fast
from tests.helpers.oracle import surveyed


def _filled(path: Path, tokens: list[bytes]) -> Repo:
    repo = Repo(str(path))
    for number, token in enumerate(tokens):
        repo.commit({f'f{number}': b'%d ' % number * 40 + token, f'r{number}': os.urandom(3000)})
    return repo


def _keep(repo: Repo) -> None:
    Path(pack_files(repo, '.pack')[0][:-5] + '.keep').touch()


def _promisor(repo: Repo) -> None:
    Path(pack_files(repo, '.pack')[0][:-5] + '.promisor').touch()


def _midx(repo: Repo) -> None:
    repo.git('multi-pack-index', 'write')


def _bitmap(repo: Repo) -> None:
    repo.git('repack', '-adbq')


def _several(repo: Repo) -> None:
    repo.commit({'more': b'more'})
    repo.git('repack', '-q')
    repo.git('multi-pack-index', 'write')


def _index_1(repo: Repo) -> None:
    path = pack_files(repo, '.pack')[0]
    os.unlink(path[:-5] + '.idx')
    repo.git('index-pack', '--index-version=1', path)


def _offsets_of_64_bits(repo: Repo) -> None:
    path = pack_files(repo, '.pack')[0]
    os.unlink(path[:-5] + '.idx')
    repo.git('index-pack', '--index-version=2,0x10', path)


def _no_reverse_index(repo: Repo) -> None:
    for path in pack_files(repo, '.rev'):
        os.unlink(path)


@pytest.mark.parametrize(
    'change', (_keep, _promisor, _midx, _bitmap, _several, _index_1, _offsets_of_64_bits, _no_reverse_index),
    ids=lambda f: f.__name__,
)
def test_packs_of_every_kind(tmp_path: Path, change: Callable[[Repo], None]) -> None:
    tokens = [make() for _ in range(3)]
    repo = _filled(tmp_path, tokens)
    repo.git('repack', '-adq')
    change(repo)
    code, report = run(repo)
    assert (code, found(report, tokens), report['unread']) == (1, {0, 1, 2}, [])


def _cut(path: str) -> None:
    os.truncate(path, os.path.getsize(path) * 2 // 3)


def _empty(path: str) -> None:
    os.truncate(path, 0)


def _flip(path: str) -> None:
    with open(path, 'r+b') as file:
        file.seek(os.path.getsize(path) // 2)
        file.write(b'\xff' * 40)


def _gone(path: str) -> None:
    os.unlink(path)


@pytest.mark.parametrize('version', ('1', '2'))
@pytest.mark.parametrize('extension', ('.pack', '.idx'))
@pytest.mark.parametrize('damage', (_cut, _empty, _flip))
def test_a_damaged_pack(tmp_path: Path, damage: Callable[[str], None], extension: str, version: str) -> None:
    """Said, and what is loose or in another pack is found, even if it is what the damaged pack had."""
    tokens = [make() for _ in range(4)]
    repo = _filled(tmp_path, tokens[:3])
    repo.git('-c', f'pack.indexVersion={version}', 'repack', '-adq')
    for path in pack_files(repo, ''):
        os.chmod(path, 0o644)
    other = shutil.copytree(os.path.join(repo.path, '.git', 'objects', 'pack'), tmp_path / 'other')
    damage(pack_files(repo, extension)[0])
    repo.blob(tokens[3])
    code, report = run(repo)
    assert (code, 3 in found(report, tokens)) == (2, True)
    assert report['unread']
    for name in os.listdir(other):
        shutil.copy(other / name, os.path.join(repo.path, '.git', 'objects', 'pack', name.replace('pack-', 'pack-f')))
    code, report = run(repo)
    assert found(report, tokens) == {0, 1, 2, 3}
    # what is damaged in one place and whole in another has been read
    assert code == (2 if report['unread'] else 1)
    assert not any(item['path'].startswith('object ') for item in report['unread'])


def test_a_base_that_is_missing(tmp_path: Path) -> None:
    """A thin pack that was never completed: its deltas are named, and what is whole in it is found."""
    token = make()
    repo = Repo(str(tmp_path))
    base = b'base ' * 30
    name = repo.blob(base)
    delta = make_delta(base, 200, insert(token + b'x' * 99))
    path = add_pack(repo, make_pack([(b'see ' + token, None), (base, None), (delta, object_id('blob', base))]))
    repo.git('prune-packed')
    assert fast(repo)[1] == []
    # the same pack, in which the delta's base is an object that is not there
    data = Path(path + '.pack').read_bytes()
    os.chmod(path + '.pack', 0o644)
    Path(path + '.pack').write_bytes(data.replace(bytes.fromhex(name), os.urandom(20)))
    code, report = run(repo)
    assert (code, found(report, [token])) == (2, {0})
    assert [item['path'] for item in report['unread'] if 'base' in item['reason']] == [
        'object ' + object_id('blob', token + b'x' * 99),
    ]


@pytest.mark.parametrize(('lines', 'reasons'), (
    (b'../../lender/.git/objects\n', []),
    (b'# a comment\n\n"../../lender/\\056git/objects"\n', []),
    (b'../../lender/.git/objects\n../objects\n', []),
    (b'../../lender/.git/objects\n/nowhere/at/all\n', ['objects are borrowed from it, and it is not there']),
))
def test_alternates(tmp_path: Path, lines: bytes, reasons: list[str]) -> None:
    """Relative, quoted, in a circle, gone. They are relative to the `objects` folder."""
    token = make()
    lender = _filled(tmp_path / 'lender', [token])
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'a': b'a'})
    lender.write('.git/objects/info/alternates', os.fsencode(repo.path) + b'/.git/objects\n')
    repo.write('.git/objects/info/alternates', lines.replace(b'../../lender', b'../../../lender'))
    code, report = run(repo)
    assert (code, found(report, [token])) == (2 if reasons else 1, {0})
    assert [item['reason'] for item in report['unread']] == reasons


def test_a_chain_of_four_thousand(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    tokens = [make(), make()]
    texts = [b'start ' + tokens[0]] + [b'%d' % n for n in range(1, 4000)] + [b'end ' + tokens[1]]
    entries: list[tuple[bytes, int | str | None]] = [(texts[0], None)]
    entries += [(make_delta(old, len(new), insert(new)), n) for n, (old, new) in enumerate(zip(texts, texts[1:]))]
    add_pack(repo, make_pack(entries))
    names = {sha256(token): object_id('blob', text) for token, text in zip(tokens, (texts[0], texts[-1]))}
    assert fast(repo) == (set(names.items()), [])


def _repack(repo: Repo) -> None:
    repo.git('repack', '-adfq', '--window=5')


def _gc(repo: Repo) -> None:
    repo.git('gc', '-q', '--prune=now')


def _explode(repo: Repo) -> None:
    """Every object loose again, and no pack."""
    [path] = pack_files(repo, '.pack')
    data = Path(path).read_bytes()
    for old in pack_files(repo, ''):
        os.unlink(old)
    repo.git('unpack-objects', '-q', stdin=data)


def _pack_refs_and_all(repo: Repo) -> None:
    """What was loose is packed, what was packed is in the new pack, and again."""
    _repack(repo)
    repo.commit({'later': b'later'})
    _gc(repo)


@pytest.mark.parametrize('change', (_repack, _gc, _explode, _pack_refs_and_all), ids=lambda f: f.__name__)
@pytest.mark.parametrize('moment', ('listed', 'surveyed', 'begun'))
def test_a_repository_that_is_repacked_under_the_scan(tmp_path: Path, change: Callable[[Repo], None], moment: str) -> None:
    tokens = [make() for _ in range(4)]
    repo = _filled(tmp_path, tokens[:2])
    repo.git('repack', '-adq')
    for number, token in enumerate(tokens[2:]):
        repo.commit({f'loose{number}': token})
    results = surveyed(repo, {moment: lambda: change(repo)})
    assert ({token for token, _ in results[0]}, results[1]) == ({sha256(token) for token in tokens}, [])


def test_an_index_that_points_beyond_the_pack(tmp_path: Path) -> None:
    repo = _filled(tmp_path, [make()])
    repo.git('repack', '-adq')
    path = pack_files(repo, '.idx')[0]
    os.chmod(path, 0o644)
    data = bytearray(Path(path).read_bytes())
    count = struct.unpack('>I', data[8 + 255 * 4:8 + 256 * 4])[0]
    at = 8 + 1024 + count * 24
    for number in range(0, count, 2):
        data[at + number * 4:at + number * 4 + 4] = struct.pack('>I', 0x7fffff00 + number)
    Path(path).write_bytes(data)
    code, report = run(repo)
    assert code == 2
    assert report['unread']


def test_objects_that_were_left_with_a_promisor(tmp_path: Path) -> None:
    """Nothing fetches them. All that was left out is said of a whole clone, and each object by its id of a range."""
    tokens = [make(), make()]
    lender = _filled(tmp_path / 'lender', [tokens[0]])
    lender.git('commit', '-q', '--allow-empty', '-m', 'see ' + tokens[1].decode())
    lender.git('config', 'uploadpack.allowFilter', 'true')
    lender.git('clone', '-q', '--bare', '--filter=blob:none', f'file://{lender.path}', str(tmp_path / 'r'))
    repo = Repo(str(tmp_path / 'r'), '--bare')
    blobs = [lender.git('rev-parse', f'HEAD:{name}').decode().strip() for name in ('f0', 'r0')]
    code, report = run(repo)
    assert (code, found(report, tokens)) == (2, {1})
    assert [item['reason'] for item in report['unread']] == [
        'this is a partial clone: objects that were not needed yet are not here',
    ]
    code, report = run(repo, 'main')
    assert (code, found(report, tokens)) == (2, {1})
    assert sorted(item['path'] for item in report['unread']) == sorted(f'object {blob}' for blob in blobs)
    assert not set(blobs).intersection(repo.objects())

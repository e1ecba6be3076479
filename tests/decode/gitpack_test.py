"""git's packs and bundles as files: made by real git, or byte by byte where git makes none such."""
from __future__ import annotations

import hashlib
import random
import zlib
from pathlib import Path

import pytest

from pina_scan import token
from pina_scan.decode import holes
from pina_scan.records import Limits
from tests.helpers import gitrepo
from tests.helpers.pack import places
from tests.helpers.pack import scanned
from tests.helpers.pack import tarred
from tests.helpers.pack import zipped
from tests.helpers.repo import Repo

LINES = b''.join(b'line %d of a file that stays much the same\n' % number for number in range(400))


def entry(kind: int, data: bytes, base: bytes = b'') -> bytes:
    return gitrepo.entry_header(kind, len(data)) + base + zlib.compress(data)


def pack(*entries: bytes) -> bytes:
    made = b'PACK\0\0\0\2' + len(entries).to_bytes(4, 'big') + b''.join(entries)
    return made + hashlib.sha1(made).digest()


def named(data: bytes) -> bytes:
    return gitrepo.object_id('blob', data).encode()


@pytest.fixture
def secret() -> bytes:
    return token.make()


@pytest.fixture
def repo(tmp_path: Path, secret: bytes) -> Repo:
    """The token is in the second of three commits only, in a file of which git makes deltas."""
    repo = Repo(tmp_path / 'repo')
    for number, added in enumerate((b'', b'key: ' + secret + b'\n', b'')):
        repo.add('conf/a.yml', LINES[:9000] + added + LINES[9000:] + b'%d' % number)
        repo.commit()
    return repo


@pytest.mark.parametrize('data', (
    b'PACK', b'PACKAGE', b'PACK\0\0\0\2', b'PACK\0\0\0\4' + bytes(30), b'# v2 git bundle\n', b'# v2 git bundle\nno pack\n\nPACK',
    b'# v2 of the list\n', pack(), pack(entry(3, b'text')),
    b'# v2 git bundle\n' + bytes(20) + b' HEAD\n\n' + pack(entry(3, b'text')),
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


@pytest.mark.parametrize('options', ((), ('--no-reuse-delta', '--depth=0'), ('--delta-base-offset',)))
def test_a_pack(repo: Repo, secret: bytes, options: tuple[str, ...]) -> None:
    blob = repo.git('rev-parse', 'HEAD~1:conf/a.yml').strip()
    data = repo.git('pack-objects', '-q', '--all', '--stdout', *options)
    findings, unread = scanned(data)
    assert [(f.path, f.line, f.column, f.via) for f in findings] == [(
        b'x!' + blob, LINES[:9000].count(b'\n') + 1, 9000 - LINES[:9000].rfind(b'\n') + 5, ('git-pack',),
    )]
    assert findings[0].token_sha256 == hashlib.sha256(secret).hexdigest()
    assert unread == []


@pytest.mark.parametrize('version', (2, 3))
@pytest.mark.parametrize('algorithm', ('sha1', 'sha256'))
def test_a_bundle(tmp_path: Path, secret: bytes, version: int, algorithm: str) -> None:
    if version == 2 and algorithm == 'sha256':
        pytest.skip('git writes no such bundle')
    repo = Repo(tmp_path / 'repo', f'--object-format={algorithm}')
    repo.add('a', b'x ' + secret)
    repo.commit()
    blob = repo.git('rev-parse', 'HEAD:a').strip()
    repo.git('bundle', 'create', f'--version={version}', '-q', 'b', '--all')
    data = (repo.path / 'b').read_bytes()
    place = (b'!' + blob, 1, 3)
    assert places(data) == [(b'x' + place[0], *place[1:], ('git-pack',))]
    assert places(tarred({'d/b': data})) == [(b'x!d/b' + place[0], *place[1:], ('tar', 'git-pack'))]
    assert places(zipped({'b': data})) == [(b'x!b' + place[0], *place[1:], ('zip', 'git-pack'))]


def test_a_message_a_name_and_a_tag(tmp_path: Path, secret: bytes) -> None:
    repo = Repo(tmp_path / 'repo')
    repo.add(b'd/' + secret, b'')
    repo.commit()
    repo.git('tag', '-a', '-m', b'of ' + token.make(), 'v1')
    commit = repo.commit('about ' + token.make().decode())
    tag = repo.git('rev-parse', 'v1').strip().decode()
    repo.git('bundle', 'create', '-q', 'b', '--all')
    findings, unread = scanned((repo.path / 'b').read_bytes())
    found = {f.path.decode() for f in findings}
    assert {f'x!{commit}', f'x!{tag}'} < found
    assert len({f.token_sha256 for f in findings}) == 3
    assert not any(secret in path.encode() for path in found)
    assert unread == []


def test_a_bundle_of_a_range_says_what_it_lacks(repo: Repo, secret: bytes) -> None:
    repo.git('bundle', 'create', '-q', 'b', 'main~2..main')
    findings, unread = scanned((repo.path / 'b').read_bytes())
    assert {f.token_sha256 for f in findings} == {hashlib.sha256(secret).hexdigest()}
    assert [(u.path, u.reason[2:]) for u in unread] == [(b'x', 'of its objects are made of others that it does not have')]


def test_a_base_behind_its_delta(secret: bytes) -> None:
    base, made = b'a base', b'a base' + secret
    changed = gitrepo.make_delta(base, len(made), gitrepo.copy(0, 6), gitrepo.insert(secret))
    data = gitrepo.make_pack([(changed, named(base).decode()), (base, None)])
    assert places(data) == [(b'x!' + named(made), 1, 7, ('git-pack',))]


@pytest.mark.parametrize('base', (b'\1' * 20, b'\0' * 20))
def test_a_delta_of_nothing(base: bytes, secret: bytes) -> None:
    data = pack(entry(7, gitrepo.make_delta(b'base', len(secret), gitrepo.insert(secret)), base), entry(3, b'other'))
    assert places(data) == [
        (b'x!(object at 12)', 1, 4, ('git-pack',)), (b'x', '1 of its objects are made of others that it does not have'),
    ]


BAD = gitrepo.make_delta(b'base', 127, gitrepo.copy(0, 127))


@pytest.mark.parametrize(('data', 'unread'), (
    (pack(entry(3, b'text'))[:-30], [(b'x', 'cut short')]),
    (pack(entry(3, b'text'))[:13], [(b'x', 'cut short')]),
    (b'PACK\0\0\0\2\0\0\0\2' + entry(3, b'text'), [(b'x', 'cut short')]),
    (pack(entry(5, b'text')), [(b'x', 'damaged: an object of type 5, which there is not')]),
    (pack(gitrepo.entry_header(3, 3) + zlib.compress(b'longer')), [(b'x', 'damaged: an object is longer than its header says')]),
    (pack(gitrepo.entry_header(3, 9) + zlib.compress(b'short')), [(b'x', 'damaged: an object is shorter than its header says')]),
    (
        pack(entry(3, b'base'), entry(6, BAD, b'\x0d')),
        [(b'x!(object at 25)', 'damaged: a delta copies from behind the end of its base')],
    ),
    (
        pack(entry(3, b'base'), entry(6, BAD, b'\x01')),
        [(b'x!(object at 25)', 'damaged: it is made of an object that does not begin there')],
    ),
))
def test_damage(data: bytes, unread: list[tuple[bytes, str]]) -> None:
    assert places(data) == unread


def test_what_comes_before_damage_is_read(secret: bytes) -> None:
    data = pack(entry(3, secret), entry(5, b'text'))
    assert [place[0] for place in places(data)] == [b'x!' + named(secret), b'x']


def test_a_large_object_is_read_in_pieces(secret: bytes) -> None:
    data = random.Random(1).randbytes(1 << 20) * 65 + b'\n ' + secret
    found = places(pack(entry(3, b'text'), gitrepo.entry_header(3, len(data)) + zlib.compress(data, 0), entry(3, secret)))
    assert [(place[0], place[2]) for place in found] == [
        (b'x!(object at 25)', 2), (b'x!' + named(secret), 1),
    ]


@pytest.mark.parametrize('level', (1, 6))
@pytest.mark.parametrize('zeros', (65 << 20, 200 << 20))
def test_zeros_by_the_gigabyte_are_no_bomb(secret: bytes, level: int, zeros: int) -> None:
    machine = zlib.compressobj(level)
    made = machine.compress(b'begin ' + secret[:25])
    for _ in range(zeros >> 20):
        made += machine.compress(bytes(1 << 20))
    made += machine.compress(secret[25:] + b' ' + secret) + machine.flush()
    size = 31 + zeros + len(secret) - 25 + 1 + len(secret)
    data = pack(gitrepo.entry_header(3, size) + made, entry(3, b'text'))
    limits = Limits(ratio=1e9)
    assert [(place[0], place[-1]) for place in places(data, limits=limits)] == [(b'x!(object at 12)', ('git-pack',))]
    if level == 6:
        # left out: not even the ratio of a bomb is reached
        assert [place[0] for place in places(data)] == [b'x!(object at 12)']


def test_a_chain_of_deltas(secret: bytes) -> None:
    entries: list[tuple[bytes, int | None]] = [(b'-', None)]
    text = b'-'
    for number in range(4000):
        added = secret if number == 3999 else b'%05d ' % number
        instructions = gitrepo.copy(0, len(text)), gitrepo.insert(added)
        entries.append((gitrepo.make_delta(text, len(text) + len(added), *instructions), number))
        text += added
    assert places(gitrepo.make_pack(entries)) == [(b'x!' + named(text), 1, 3999 * 6 + 2, ('git-pack',))]


@pytest.mark.parametrize('data', (b'', b'\x78\x9c', random.Random(2).randbytes(1 << 17), zlib.compress(bytes(1 << 27), 0)))
def test_no_hole(data: bytes) -> None:
    assert holes.hole(data, 1 << 27, 1 << 20) is None


def test_a_hole_is_proved_by_the_checksum() -> None:
    zeros = zlib.compress(bytes(1 << 27))
    assert holes.hole(zeros + b'more', 1 << 27, 1 << 26) == (b'', b'', len(zeros))
    assert holes.hole(zeros, (1 << 27) + 1, 1 << 26) is None
    assert holes.hole(zeros[:-1] + bytes((zeros[-1] ^ 1,)), 1 << 27, 1 << 26) is None

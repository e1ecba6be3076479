"""Fast and plain give the same tokens of the same objects, on packs that git makes and on packs made to hurt."""
from __future__ import annotations

import base64
import bz2
import gzip
import lzma
import random
import tempfile
import zlib
from collections.abc import Callable
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import Phase
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pina_scan.token import make
from pina_scan.token import make_refresh
from tests.helpers.gitrepo import Repo
from tests.helpers.gitrepo import add_pack
from tests.helpers.gitrepo import copy
from tests.helpers.gitrepo import insert
from tests.helpers.gitrepo import make_delta
from tests.helpers.gitrepo import make_pack
from tests.helpers.gitrepo import object_id
from tests.helpers.oracle import fast
from tests.helpers.oracle import plain
from tests.helpers.pack import tarred
from tests.helpers.pack import zipped

TOKEN_LENGTH = 101
FILLER = b'the quick brown fox jumps over the lazy dog, and then goes home to rest for a while.\n'


def same(repo: Repo, least: int = 1) -> None:
    expected = plain(repo)
    assert len(expected) >= least
    for jobs in (1, 2):
        assert fast(repo, jobs) == (expected, [])


def _every(form: bytes) -> Callable[[bytes], bytes]:
    return lambda text: b''.join(form % byte for byte in text)


#: A token, in everything that may be around or instead of its characters.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    'plain': bytes,
    'utf-16-le': lambda text: text.decode().encode('utf-16-le'),
    'utf-16-be': lambda text: text.decode().encode('utf-16-be'),
    'utf-32-le': lambda text: text.decode().encode('utf-32-le'),
    'base64': base64.b64encode,
    'base64, second place': lambda text: base64.b64encode(b'=' + text),
    'base64, third place': lambda text: base64.b64encode(b'k=' + text),
    'base64, wrapped': base64.encodebytes,
    'base64 twice': lambda text: base64.b64encode(base64.b64encode(text)),
    'base64 of utf-16': lambda text: base64.b64encode(text.decode().encode('utf-16-le')),
    'base64 of hex': lambda text: base64.b64encode(text.hex().encode()),
    'utf-16 of base64': lambda text: base64.b64encode(text).decode().encode('utf-16-le'),
    'base32': base64.b32encode,
    'hex': lambda text: text.hex().encode(),
    'HEX': lambda text: text.hex().upper().encode(),
    'hex of base64': lambda text: base64.b64encode(text).hex().encode(),
    'percent': lambda text: text.replace(b'_', b'%5F'),
    'every percent': _every(b'%%%02x'),
    'every unicode': _every(b'\\u%04x'),
    'every byte': _every(b'\\x%02x'),
    'every entity': _every(b'&#%d;'),
    'every octal': _every(b'\\%03o'),
    'array': _every(b'0x%02x, '),
    'decimal array': _every(b'%d, '),
}


def _torn(text: bytes, cut: int, case: int) -> tuple[bytes, int, list[bytes]]:
    """A base, and what makes the text of it by a join of two copies, a copy and an insert, and so on."""
    left, right = text[:cut], text[cut:]
    size = len(text)
    name = b'%d.%d' % (cut, case)
    far = FILLER * 30
    # an insert that is full: the 127th byte cuts the text
    begins = -cut % 127
    return (
        (b'A: ' + right + far + left + name, size, [copy(3 + len(right) + len(far), cut), copy(3, len(right))]),
        (b'A: ' + left + b' ' + name, size, [copy(3, cut), insert(right)]),
        (b'A: ' + right + b' ' + name, size, [insert(left), copy(3, len(right))]),
        (b'A: ' + name, size, [insert(left), insert(right)]),
        (b'A: ' + name, size + begins, [insert(b'.' * begins + text)]),
    )[case]


def _same_when_torn(repo: Repo, text: Callable[[], bytes], cuts: Iterable[int], cases: int = 5) -> None:
    entries: list[tuple[bytes, int | str | None]] = []
    for cut in cuts:
        for case in range(cases):
            base, size, instructions = _torn(text(), cut, case)
            entries += [(base, None), (make_delta(base, size, *instructions), len(entries))]
    add_pack(repo, make_pack(entries))
    same(repo, len(entries) // 2)


@pytest.mark.parametrize('encoding', ENCODINGS)
def test_a_token_torn_at_each_of_its_bytes(tmp_path: Path, encoding: str) -> None:
    """At each of the first, where its anchors are, and at some of the others."""
    length = len(ENCODINGS[encoding](make()))
    _same_when_torn(
        Repo(str(tmp_path)), lambda: ENCODINGS[encoding](make()), sorted({*range(1, min(40, length)), *range(41, length, 7)}),
    )


@pytest.mark.parametrize('inner', ('every percent', 'every entity', 'every unicode', 'decimal array', 'hex of base64'))
@pytest.mark.parametrize('outer', ('base64', 'base64, wrapped', 'hex', 'every percent', 'utf-16-le'))
def test_an_encoding_of_an_encoding(tmp_path: Path, outer: str, inner: str) -> None:
    """For which there is no anchor: a file of its own, and added to one, wherever the full inserts end."""
    entries: list[tuple[bytes, int | str | None]] = []
    for shift in range(0, 127, 9):
        text = ENCODINGS[outer](ENCODINGS[inner](make()))
        own = b'\xff\xfe' + text if outer == 'utf-16-le' else text
        base = FILLER + b'%d' % shift
        added = base + b'.' * shift + own
        entries += [(own, None), (base, None)]
        entries.append((make_delta(base, len(added), copy(0, len(base)), insert(added[len(base):])), len(entries) - 1))
    repo = Repo(str(tmp_path))
    add_pack(repo, make_pack(entries))
    same(repo, len(entries) // 3)


def test_a_refresh_token_torn_at_each_of_its_bytes(tmp_path: Path) -> None:
    """As far as its signature, without which it is one too."""
    _same_when_torn(Repo(str(tmp_path)), make_refresh, range(1, len(make_refresh()), 3))


ARCHIVES: dict[str, Callable[[bytes], bytes]] = {
    'gzip': lambda text: gzip.compress(text, mtime=0),
    'bzip2': bz2.compress,
    'xz': lzma.compress,
    'zlib': zlib.compress,
    'zip': lambda text: zipped({'a': text}),
    'zip behind a script': lambda text: b'#!/bin/sh\n' + zipped({'a': text}),
    'tar of gzip': lambda text: tarred({'a.gz': gzip.compress(text)}),
}


@pytest.mark.parametrize('archive', ARCHIVES)
def test_an_archive_torn_at_each_of_its_first_bytes(tmp_path: Path, archive: str) -> None:
    """Nothing of the token stands in it: the beginning says that it has to be opened. zlib's is too short to be known
    in the middle of a base."""
    def text() -> bytes:
        return ARCHIVES[archive](FILLER + make())

    _same_when_torn(Repo(str(tmp_path)), text, range(1, 16 if archive == 'zlib' else 24), 4)


@pytest.mark.parametrize('archive', [name for name in ARCHIVES if name != 'zlib'])
def test_an_archive_within_a_base(tmp_path: Path, archive: str) -> None:
    """What stands before it in the base is left out, or replaced, or cut short, in a delta upon a delta."""
    entries: list[tuple[bytes, int | str | None]] = []
    for number in range(8):
        packed = ARCHIVES[archive](make())
        base = b'junk' * number + b'!' + packed
        middle = base + b'more'
        entries += [
            (base, None),
            (make_delta(base, len(middle), copy(0, len(base)), insert(b'more')), len(entries)),
            (make_delta(middle, len(packed), copy(4 * number + 1, len(packed))), len(entries) + 1),
        ]
    repo = Repo(str(tmp_path))
    add_pack(repo, make_pack(entries))
    same(repo, 8)


def test_deltas_upon_deltas(tmp_path: Path) -> None:
    """The body grows by a piece in each of a chain of deltas, by distance and by id."""
    repo = Repo(str(tmp_path))
    token = make()
    versions = [b'start: ' + token[:cut] for cut in range(5, TOKEN_LENGTH, 7)] + [b'start: ' + token, b'and ' + token]
    entries: list[tuple[bytes, int | str | None]] = [(versions[0], None)]
    for number, (old, new) in enumerate(zip(versions, versions[1:])):
        shared = len(old) if new.startswith(old) else 0
        instructions = ([copy(0, shared)] if shared else []) + [insert(new[shared:])]
        base = object_id('blob', old) if number % 3 == 2 else number
        entries.append((make_delta(old, len(new), *instructions), base))
    add_pack(repo, make_pack(entries))
    same(repo, 2)


def _edited(text: bytes, rng: random.Random, tokens: list[bytes]) -> bytes:
    lines = text.split(b'\n')
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(lines))
        token = rng.choice(tokens)
        cut = rng.randint(0, TOKEN_LENGTH)
        lines[at:at + rng.randint(0, 2)] = rng.choice((
            [b'key = ' + token], [b'key = ' + token[:cut]], [b'pinapple ' + token[cut:]], [token[:cut], token[cut:]],
            [b'k = ' + base64.b64encode(token)], [b'k = ' + token.decode().encode('utf-16-le')],
            [rng.randbytes(rng.randint(1, 200)).hex().encode()], [FILLER * rng.randint(1, 3)], [token[:cut] + make()[cut:]],
        ))
    return b'\n'.join(lines)


def _stream(rng: random.Random, commits: int) -> bytes:
    tokens = [make() for _ in range(3)]
    texts = {b'f%d' % n: FILLER * 20 for n in range(6)}
    out = []
    for number in range(commits):
        changed = rng.sample(sorted(texts), 2)
        message = b'change %d' % number + (b' ' + rng.choice(tokens) if not rng.randrange(9) else b'')
        out.append(
            b'commit refs/heads/main\ncommitter C <c@example.com> %d +0000\ndata %d\n%s\n'
            % (1700000000 + number, len(message), message),
        )
        for name in changed:
            texts[name] = _edited(texts[name], rng, tokens)
            out.append(b'M 644 inline %s\ndata %d\n%s\n' % (name, len(texts[name]), texts[name]))
    return b''.join(out)


@pytest.mark.parametrize(
    ('seed', 'options', 'init'),
    (
        (1, ('-adf', '--window=10', '--depth=50'), ()),
        (2, ('-adf', '--window=50', '--depth=4'), ()),
        (3, ('-adf', '--window=250', '--depth=250'), ()),
        (4, ('-adf', '--window=2', '--depth=1'), ()),
        (5, ('-adf', '--window=20', '--depth=100'), ('--object-format=sha256',)),
    ),
)
def test_generated_repositories(tmp_path: Path, seed: int, options: tuple[str, ...], init: tuple[str, ...]) -> None:
    repo = Repo(str(tmp_path), *init)
    rng = random.Random(seed)
    repo.git('fast-import', '--quiet', stdin=_stream(rng, 60))
    repo.git('-c', 'pack.threads=1', 'repack', '-q', *options)
    same(repo, 10)


#: What a commit puts in place of a stretch of a file's lines: a part of a token, or of one and another, in any spelling.
EDITS = st.tuples(
    st.sampled_from(sorted(ENCODINGS)), st.integers(0, 2), st.integers(0, TOKEN_LENGTH), st.sampled_from((
        lambda token, cut: token, lambda token, cut: token[:cut], lambda token, cut: token[cut:],
        lambda token, cut: token[cut:] + token[:cut], lambda token, cut: FILLER + token[:cut] + b'\n' + token[cut:],
    )),
)
#: Which file, which of its lines, how many of them go, and what comes there: nothing is a line that is only taken out.
CHANGES = st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(0, 9), st.one_of(st.none(), st.integers(0, 40), EDITS))


def _changed(lines: list[bytes], change: tuple[int, int, int, object], tokens: list[bytes]) -> None:
    _, at, less, edit = change
    new: list[bytes] = []
    if isinstance(edit, int):
        # moved from elsewhere in the file
        new = lines[edit:edit + 3]
    elif isinstance(edit, tuple):
        encoding, number, cut, part = edit
        new = [b'k = ' + ENCODINGS[encoding](part(tokens[number], cut))]
    lines[at:at + less] = new


def _commits(changes: list[tuple[int, int, int, object]], tokens: list[bytes], parent: bytes = b'') -> bytes:
    texts = [(FILLER * 20).split(b'\n') for _ in range(3)]
    out = []
    for number, change in enumerate(changes):
        lines = texts[change[0]]
        _changed(lines, change, tokens)
        text = b'\n'.join(lines)
        out.append(
            b'commit refs/heads/main\ncommitter C <c@example.com> %d +0000\ndata 1\nm\n' % (1700000000 + number)
            + (parent if not number else b'') + b'M 644 inline f%d\ndata %d\n%s\n' % (change[0], len(text), text),
        )
    return b''.join(out)


@settings(max_examples=12, derandomize=True, database=None, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    changes=st.lists(CHANGES, min_size=12, max_size=40), later=st.lists(CHANGES, min_size=1, max_size=12),
    window=st.sampled_from((2, 10, 50, 250)), depth=st.sampled_from((1, 4, 50, 250)),
    threshold=st.sampled_from(('512m', '2k', '1')), fetched=st.booleans(),
)
def test_any_history(
        changes: list[tuple[int, int, int, object]], later: list[tuple[int, int, int, object]],
        window: int, depth: int, threshold: str, fetched: bool,
) -> None:
    """Packed all together, then a second pack beside it, which comes whole or over a thin one that git completes."""
    tokens = [make() for _ in range(3)]
    options = (f'--window={window}', f'--depth={depth}')
    with tempfile.TemporaryDirectory() as folder:
        repo = Repo(folder + '/r')
        repo.git('fast-import', '--quiet', stdin=_commits(changes, tokens))
        repo.git('-c', 'pack.threads=1', '-c', f'core.bigFileThreshold={threshold}', 'repack', '-adfq', *options)
        same(repo, 0)
        other = Repo(folder + '/other')
        other.write('.git/objects/info/alternates', folder.encode() + b'/r/.git/objects\n')
        other.git('update-ref', 'refs/heads/main', repo.git('rev-parse', 'main').decode().strip())
        other.git('fast-import', '--quiet', stdin=_commits(later, tokens, b'from refs/heads/main^0\n'))
        if fetched:
            repo.git('-c', 'fetch.unpackLimit=1', 'fetch', '-q', other.path, 'main:later')
        else:
            repo.git('-c', 'fetch.unpackLimit=10000', 'fetch', '-q', other.path, 'main:later')
            repo.git('-c', 'pack.threads=1', 'repack', '-dq', *options)
        same(repo, 0)

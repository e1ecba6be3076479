"""Fast against plain on a real repository: tokens are put into a copy of it, in thousands of commits of all kinds.

Plain has git resolve every object and scans each in full. Both have to give the same tokens of the same objects.
"""
from __future__ import annotations

import argparse
import base64
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import IO

from pina_scan import suspect
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.git.repository import inspect
from pina_scan.git.run import Git
from pina_scan.parallel import fan_out
from pina_scan.parallel import usable_cpus
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.source import history
from pina_scan.source.from_git import whole
from pina_scan.source.known import Known
from pina_scan.source.reading import Reading
from pina_scan.token import make
from pina_scan.token import make_refresh

Found = set[tuple[str, str | None]]

SPELLINGS: tuple[Callable[[bytes], bytes], ...] = (
    bytes, bytes, bytes, base64.b64encode, lambda text: base64.b64encode(b'k=' + text), base64.encodebytes,
    lambda text: base64.b64encode(base64.b64encode(text)), lambda text: base64.b64encode(text.decode().encode('utf-16-le')),
    lambda text: text.decode().encode('utf-16-le'), lambda text: text.decode().encode('utf-16-be'),
    lambda text: text.hex().encode(), base64.b32encode, lambda text: text.replace(b'_', b'%5F'),
    lambda text: b''.join(b'\\u%04x' % byte for byte in text), lambda text: b''.join(b'&#%d;' % byte for byte in text),
    lambda text: b'"' + text[:40] + b'" +\n"' + text[40:] + b'"',
)
#: How many of the commits add a file that is named by a token.
_NAMED = 0.02
#: Files that are changed, and the longest of them.
_FILES = 60
_LONGEST = 200_000


def main(argv: Sequence[str] | None = None) -> int:
    """0 if both ways give the same."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks.exact', description=main.__doc__)
    parser.add_argument('repositories', metavar='REPO', nargs='+', help='a bare clone; a copy of it is changed')
    parser.add_argument('--commits', type=int, default=3000, help='default: %(default)s')
    parser.add_argument('--seed', type=int, default=1, help='default: %(default)s')
    parser.add_argument('--window', default='20', help='of git pack-objects, default: %(default)s')
    parser.add_argument('--depth', default='50', help='of git pack-objects, default: %(default)s')
    options = parser.parse_args(argv)
    how = (f'--window={options.window}', f'--depth={options.depth}')
    return max(compare(repository, options.commits, options.seed, how) for repository in options.repositories)


def compare(repository: str, commits: int, seed: int, how: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory(dir=os.environ.get('TMPDIR')) as folder:
        copy = os.path.join(folder, 'copy')
        shutil.copytree(repository, copy)
        for name in os.listdir(os.path.join(copy, 'objects', 'pack')):
            if name.endswith(('.promisor', '.keep')):
                os.unlink(os.path.join(copy, 'objects', 'pack', name))
        _git(copy, 'fast-import', '--quiet', '--depth=20', stdin=stream(copy, commits, random.Random(seed)))
        _repack(copy, how)
        started = time.perf_counter()
        fast, unread = _fast(copy)
        between = time.perf_counter()
        plain, objects = _plain(copy)
        seconds = f'{between - started:.1f} s against {time.perf_counter() - between:.1f} s'
    name = os.path.basename(os.path.dirname(os.path.abspath(repository))) if repository.endswith('repo') else repository
    print(
        f'{name}: {objects:,} objects, {commits:,} commits put in, {len(plain):,} tokens in objects; '
        f'missed {len(plain - fast)}, one too many {len(fast - plain)}, unread {len(unread)}; {seconds}',
    )
    for _, object_id in sorted(plain - fast, key=str)[:10]:
        print(f'  missed in {object_id}')
    for path, reason in unread[:5]:
        print(f'  unread: {os.fsdecode(path)}: {reason}')
    return int(plain != fast)


def stream(repository: str, commits: int, rng: random.Random) -> bytes:
    """Commits upon HEAD that put tokens into real files, whole or by halves, move them, and take them out again, and into
    names."""
    listed = [line.split(b'\t', 1) for line in _git(repository, 'ls-tree', '-rlz', 'HEAD').split(b'\0') if line]
    rows = [(*meta.split(), path) for meta, path in listed]
    usable = [(name.decode(), path) for _, kind, name, size, path in rows if kind == b'blob' and 500 < int(size) < _LONGEST]
    files = {path: _git(repository, 'cat-file', 'blob', name) for name, path in rng.sample(usable, min(_FILES, len(usable)))}
    tokens = [rng.choice(SPELLINGS)(make()) for _ in range(200)] + [make_refresh() for _ in range(20)]
    out = [b'reset refs/heads/tokens\nfrom %s\n\n' % _git(repository, 'rev-parse', 'HEAD').strip()]
    for number in range(commits):
        message = b'change %d %s' % (number, rng.choice(tokens) if rng.random() < 0.05 else b'')
        out.append(b'commit refs/heads/tokens\ncommitter C <c@example.org> %d +0000\ndata %d\n%s\n' % (
            1_800_000_000 + number, len(message), message,
        ))
        for path in rng.sample(sorted(files), 2):
            files[path] = _edited(files[path], rng, tokens)
            quoted = b'"' + path.replace(b'\\', b'\\\\').replace(b'"', b'\\"').replace(b'\n', b'\\n') + b'"'
            out.append(b'M 644 inline %s\ndata %d\n%s\n' % (quoted, len(files[path]), files[path]))
        if rng.random() < _NAMED:
            folder = os.path.dirname(rng.choice(sorted(files)))
            name = rng.choice((bytes, bytes.upper, lambda text: text.hex().encode(), base64.b32encode))(make())
            out.append(b'M 644 inline "%s"\ndata 2\nx\n\n' % os.path.join(folder, b'v-' + name + b'.txt'))
    return b''.join(out)


def _edited(text: bytes, rng: random.Random, tokens: list[bytes]) -> bytes:
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(text) + 1)
        token = rng.choice(tokens)
        cut = rng.randrange(len(token))
        have = next((one for one in tokens if one in text), None)
        way = rng.randrange(7)
        if way == 0:
            text = text[:at] + token + text[at:]
        elif way == 1:
            text = text[:at] + token[:cut] + text[at:]
        elif way == 2 and have is not None:
            # what was cut is completed, and what was whole is cut or taken out
            text = text.replace(have, have[:cut], 1)
        elif way == 3:
            text = next((text.replace(one[:n], one, 1) for one in tokens for n in (60, 30, 12, 3) if one[:n] in text), text)
        elif way == 4 and have is not None:
            rest = text.replace(have, b'', 1)
            text = rest[:at] + have + rest[at:]
        elif way == 5:
            text = text[:at] + token[cut:] + b' ' + token[:cut] + text[at:]
        else:
            text = text[:at] + text[at + rng.randrange(200):]
    return text[:2 * _LONGEST]


def _repack(repository: str, how: Sequence[str]) -> None:
    """Everything into one pack, listed and not walked: a mirror may lack objects. What is there as a delta stays one."""
    names = _git(repository, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)')
    # with the paths of what is new, by which git finds what to make deltas of
    new = _git(repository, 'rev-list', '--objects', 'refs/heads/tokens', '--not', 'HEAD')
    folder = os.path.join(repository, 'objects', 'pack')
    old = os.listdir(folder)
    _git(repository, 'pack-objects', '-q', *how, os.path.join(folder, 'pack'), stdin=new + names)
    for name in old:
        os.unlink(os.path.join(folder, name))


def _fast(repository: str) -> tuple[Found, list[tuple[bytes, str]]]:
    survey = history.survey(
        inspect(Git(os.fsencode(repository), dict(os.environ))), suspect.build, usable_cpus(), Known(None, ''), set(),
    )
    reading = Reading(survey)
    results = [r for made in fan_out(len(reading), usable_cpus(), lambda n: list(scan(reading.piece(n), Totals()))) for r in made]
    reading.close()
    unread = [(result.path, result.reason) for result in results if isinstance(result, Unread)]
    return _found(results), unread


def _plain(repository: str) -> tuple[Found, int]:
    command = ('git', 'cat-file', '--batch-all-objects', '--batch', '--buffer', '--unordered')
    count = [0]
    with subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        found = _found(scan(_blobs(process.stdout, count), Totals()))
    return found, count[0]


def _found(results: Iterable[Finding | Unread]) -> Found:
    """A name is told of for one of the trees that have it, whichever is met first."""
    return {
        (r.token_sha256, r.object if r.line is not None else None) for r in results if isinstance(r, Finding) and r.object
    }


def _blobs(file: IO[bytes], count: list[int]) -> Iterator[Blob]:
    while line := file.readline():
        name, kind, size = line.decode().split()
        data = file.read(int(size))
        file.read(1)
        count[0] += 1
        yield from whole(kind, name, data, len(name) // 2)


def _git(repository: str, *args: str, stdin: bytes = b'') -> bytes:
    return subprocess.run(('git', *args), cwd=repository, input=stdin, stdout=subprocess.PIPE, check=True).stdout


if __name__ == '__main__':
    sys.exit(main())

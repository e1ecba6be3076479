"""Repositories made by `git fast-import`, where none is given."""
from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator

from benchmarks import sample

#: A commit of these is some five objects: itself, three trees, a blob.
_PER_COMMIT = 5


def history(path: str, objects: int) -> str:
    """A bare repository of some `objects` objects: small edits of source files in folders, packed by git."""
    _git(None, 'init', '-q', '--bare', path)
    _import(path, _edits(objects // _PER_COMMIT))
    _git(path, 'repack', '-adq')
    return path


def files(path: str, count: int, changed: int) -> str:
    """A repository of `count` files in HEAD and in the index, `changed` of them otherwise in the index."""
    _git(None, 'init', '-q', path)
    names = [b'd%d/e%d/f%d' % (number // 1000, number // 50, number) for number in range(count)]
    lines = [b'commit refs/heads/main\ncommitter C <c@example.org> 1700000000 +0000\ndata 0\n']
    lines += [b'M 644 inline %s\ndata %d\n%s\n' % (name, len(name), name) for name in names]
    _import(path, iter(lines))
    _git(path, 'symbolic-ref', 'HEAD', 'refs/heads/main')
    _git(path, 'read-tree', 'HEAD')
    blob = _git(path, 'hash-object', '-w', '--stdin', stdin=b'changed\n' * 1000).strip()
    entries = b''.join(b'100644 %s\t%s\n' % (blob, name) for name in names[::count // changed])
    _git(path, 'update-index', '--index-info', stdin=entries)
    return path


def with_commits(repository: str, path: str, count: int) -> str:
    """A clone that borrows all objects of `repository`, and has loose commits of its own upon its HEAD."""
    _git(None, 'clone', '-q', '--bare', '--shared', repository, path)
    head = _git(path, 'rev-parse', 'HEAD').strip()
    _import(path, _edits(count, b'from %s\n' % head), '-c', 'fastimport.unpackLimit=1000000')
    return path


def _edits(commits: int, first: bytes = b'') -> Iterator[bytes]:
    rng = random.Random(1)
    lines = b''.join(sample.text(1 << 20)).splitlines(keepends=True)
    texts = {b'a%d/b%d/f%d.py' % (n % 20, n % 200, n): lines[n * 50:n * 50 + 400] for n in range(400)}
    names = list(texts)
    for number in range(commits):
        name = rng.choice(names)
        text = texts[name]
        # as many lines as there were: of files that grow, twice the objects would be more than twice the bytes
        changed = rng.randrange(1, 4)
        at = rng.randrange(len(text) - changed)
        text[at:at + changed] = [rng.choice(lines) for _ in range(changed)]
        data = b''.join(text)
        message = b'Change %d of %s' % (number, name)
        yield (
            b'commit refs/heads/generated\ncommitter C <c@example.org> %d +0000\ndata %d\n%s\n%bM 644 inline %s\ndata %d\n%s\n'
            % (1700000000 + number, len(message), message, first, name, len(data), data)
        )
        first = b''


def _import(path: str, lines: Iterator[bytes], *config: str) -> None:
    with subprocess.Popen(('git', *config, 'fast-import', '--quiet'), cwd=path, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.writelines(lines)
        process.stdin.close()
        assert process.wait() == 0


def _git(path: str | None, *args: str, stdin: bytes = b'') -> bytes:
    return subprocess.run(
        ('git', *args), cwd=path, input=stdin, stdout=subprocess.PIPE, check=True,
        env={**os.environ, 'GIT_CONFIG_GLOBAL': os.devnull},
    ).stdout

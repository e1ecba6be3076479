"""Real repositories, cut off from the developer's config, and packs written byte by byte."""
from __future__ import annotations

import hashlib
import os
import subprocess
import zlib
from collections.abc import Mapping
from collections.abc import Sequence

ENVIRON = {
    'PATH': os.environ['PATH'], 'HOME': '/nonexistent', 'LC_ALL': 'C',
    'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_NOSYSTEM': '1',
    'GIT_AUTHOR_NAME': 'Ann Author', 'GIT_AUTHOR_EMAIL': 'ann@example.com', 'GIT_AUTHOR_DATE': '2026-01-02T03:04:05+0000',
    'GIT_COMMITTER_NAME': 'Cid Committer', 'GIT_COMMITTER_EMAIL': 'cid@example.com',
    'GIT_COMMITTER_DATE': '2026-01-02T03:04:05+0000',
}
KINDS = {'commit': 1, 'tree': 2, 'blob': 3, 'tag': 4}


class Repo:
    """A repository in a folder of the test's own."""

    def __init__(self, path: str, *options: str) -> None:
        self.path = path
        os.makedirs(path, exist_ok=True)
        self.git('init', '-q', '-b', 'main', *options)

    def git(self, *args: str | bytes, stdin: bytes = b'', **environ: str) -> bytes:
        done = subprocess.run(
            ('git', *args), cwd=self.path, env={**ENVIRON, **environ}, input=stdin, capture_output=True, check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, name: str, data: bytes) -> None:
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(data)

    def commit(self, files: Mapping[str, bytes | None], message: str = 'a change', **environ: str) -> str:
        """Writes, or with None removes, those files, and commits them; the commit's id."""
        for name, data in files.items():
            if data is None:
                os.unlink(os.path.join(self.path, name))
            else:
                self.write(name, data)
        self.git('add', '-A')
        self.git('commit', '-q', '--allow-empty', '-m', message, stdin=b'', **environ)
        return self.git('rev-parse', 'HEAD').decode().strip()

    def blob(self, data: bytes) -> str:
        return self.git('hash-object', '-w', '--stdin', stdin=data).decode().strip()

    def head(self) -> str:
        return self.git('rev-parse', 'HEAD').decode().strip()

    def objects(self) -> dict[str, tuple[str, bytes]]:
        """Every object git has, resolved by git: id -> kind, content."""
        out = self.git('cat-file', '--batch-all-objects', '--batch', '--buffer', '--unordered')
        found = {}
        at = 0
        while at < len(out):
            end = out.index(b'\n', at)
            name, kind, size = out[at:end].decode().split()
            found[name] = (kind, out[end + 1:end + 1 + int(size)])
            at = end + 2 + int(size)
        return found


def entry_header(kind: int, size: int) -> bytes:
    first = kind << 4 | size & 15
    size >>= 4
    made = bytearray()
    while size:
        made.append(first | 0x80)
        first = size & 0x7F
        size >>= 7
    made.append(first)
    return bytes(made)


def varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)


def copy(offset: int, length: int) -> bytes:
    """The instruction that copies; offsets and lengths below 64 K."""
    return bytes((0x80 | 0x03 | 0x30, offset & 0xFF, offset >> 8, length & 0xFF, length >> 8))


def insert(data: bytes, most: int = 127) -> bytes:
    return b''.join(bytes((len(data[i:i + most]),)) + data[i:i + most] for i in range(0, len(data), most))


def make_delta(base: bytes, size: int, *instructions: bytes) -> bytes:
    return varint(len(base)) + varint(size) + b''.join(instructions)


def backwards(distance: int) -> bytes:
    """A distance as OFS_DELTA has it."""
    made = [distance & 0x7F]
    distance >>= 7
    while distance:
        distance -= 1
        made.append(0x80 | distance & 0x7F)
        distance >>= 7
    return bytes(reversed(made))


def object_id(kind: str, data: bytes) -> str:
    return hashlib.sha1(b'%s %d\0' % (kind.encode(), len(data)) + data).hexdigest()


def make_pack(entries: Sequence[tuple[bytes, int | str | None]]) -> bytes:
    """Each entry is a blob (base None), or a delta upon an earlier entry (its number) or upon an object (its id)."""
    made = bytearray(b'PACK\0\0\0\2' + len(entries).to_bytes(4, 'big'))
    offsets: list[int] = []
    for data, base in entries:
        offsets.append(len(made))
        if base is None:
            made += entry_header(3, len(data))
        elif isinstance(base, int):
            made += entry_header(6, len(data)) + backwards(len(made) - offsets[base])
        else:
            made += entry_header(7, len(data)) + bytes.fromhex(base)
        made += zlib.compress(data)
    return bytes(made + hashlib.sha1(made).digest())


def add_pack(repo: Repo, data: bytes, *options: str) -> str:
    """Puts a pack into the repository, with an index that git makes; its path without the extension."""
    folder = os.path.join(repo.path, '.git', 'objects', 'pack')
    name = os.path.join(folder, 'pack-' + data[-20:].hex())
    with open(name + '.pack', 'wb') as file:
        file.write(data)
    repo.git('index-pack', *options, name + '.pack')
    return name

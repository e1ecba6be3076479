"""What the next commit would store: the index against HEAD, never the work tree."""
from __future__ import annotations

import os

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import GitError
from pina_scan.git import index
from pina_scan.git.objects import Objects
from pina_scan.git.run import Git
from pina_scan.git.run import at
from pina_scan.git.run import output
from pina_scan.git.run import zsplit
from pina_scan.source import files
from pina_scan.source.from_git import MOST_FAILED
from pina_scan.source.from_git import again
from pina_scan.source.from_git import may_name_one
from pina_scan.source.windows import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from pina_scan.git.run import Running

#: What git-lfs and git-annex have git store in place of a file that goes to a server of their own.
POINTERS = (b'version https://git-lfs.github.com/spec/', b'version https://hawser.github.com/spec/', b'/annex/objects/')
_POINTER_SIZE = 1024


def staged(git: Git, top: bytes, compared: Running, objects: Objects) -> Iterator[Blob | Unread]:
    """Paths are from the top of the work tree, which `top` is; `compared` is git with `index.COMPARE`, running."""
    git = at(git, top)
    space = files.buffer()
    lfs = None
    failed = 0
    try:
        for entry in index.staged(git, compared):
            if entry.mode == index.GITLINK:
                # of a submodule git stores a commit's id, and the name
                if may_name_one(entry.path):
                    yield Blob(entry.path, b'')
                continue
            try:
                size = objects.open(entry.object)
                if size is None:
                    yield Unread(entry.path, f'the repository does not have its object {entry.object}')
                    continue
                stored = None
                for blob in windows(objects.readinto, space, entry.path, before=again(git, entry.object), object=entry.object):
                    stored = pointed(blob) or stored
                    yield blob
            except GitError as error:
                # git ends at what is damaged: another goes on
                objects.close()
                yield Unread(entry.path, str(error))
                failed += 1
                if failed == MOST_FAILED:
                    yield Unread(entry.path, f'git ended {failed} times: what else is staged is not read')
                    return
                objects = Objects(git)
                continue
            if stored is not None:
                lfs = lfs or _lfs(git)
                yield from behind(lfs, stored, entry.path, space)
    finally:
        objects.close()


def pointed(blob: Blob) -> bytes | None:
    """The name of what an LFS pointer stands for; None for anything else."""
    if len(blob.data) > _POINTER_SIZE or blob.base or not (text := bytes(blob.data)).startswith(POINTERS):
        return None
    import re

    found = re.search(rb'^oid sha256:([0-9a-f]{64})$', text, re.MULTILINE)
    return found and found[1]


def _lfs(git: Git) -> list[bytes]:
    """Where git-lfs keeps what its pointers stand for: in the git dir, or where `lfs.storage` says (git-lfs-config(5))."""
    common = os.path.join(git.cwd, output(git, 'rev-parse', '--git-common-dir')[:-1])
    moved = output(git, 'config', '-z', '--type=path', '--get-all', 'lfs.storage', ok=(0, 1))
    return [os.path.join(common, folder) for folder in (b'lfs', *zsplit(moved))]


def behind(stores: Iterable[bytes], oid: bytes, path: bytes, space: bytearray) -> Iterator[Blob | Unread]:
    """What an LFS pointer stands for, if this clone has it in one of its stores: the next push sends it."""
    for store in stores:
        stored = os.path.join(store, b'objects', oid[:2], oid[2:4], oid)
        if os.path.lexists(stored):
            yield from files.read(stored, space, path)

"""What only an index says: names that it stores torn, and repositories within the work tree that have a store of their own."""
from __future__ import annotations

import os
from collections.abc import Iterator

from pina_scan.blob import Blob
from pina_scan.errors import DamagedError
from pina_scan.git.index import GITLINK
from pina_scan.git.index import listed
from pina_scan.git.regular import contents
from pina_scan.git.repository import Repository
from pina_scan.git.run import at

#: gitformat-index(5): the signature and version 4, which stores what a name has more than the one before.
_TORN = b'DIRC\0\0\0\4'
#: The mode of a gitlink as an entry has it: nothing else has these four bytes often.
_LINKED = b'\0\0\xe0\0'
_LARGEST = 1 << 31


def names(repository: Repository, shown: bytes) -> Iterator[Blob]:
    """The names in an index of version 4, a line each; in others they stand whole in the file."""
    data = _index(repository)
    if data.startswith(_TORN):
        inside = at(repository.git, repository.git_dir)
        yield Blob(shown, b'\n'.join(entry.path for entry in listed(inside)), layers=('index',))


def embedded(repository: Repository, top: bytes) -> Iterator[bytes]:
    """The git dirs of submodules that keep theirs in the work tree, as `git submodule absorbgitdirs` would move them."""
    if _LINKED not in _index(repository):
        return
    for entry in listed(at(repository.git, top)):
        folder = os.path.join(top, entry.path, b'.git')
        if entry.mode == GITLINK and os.path.isdir(folder) and not os.path.islink(folder):
            yield folder


def _index(repository: Repository) -> bytes:
    try:
        return contents(os.path.join(repository.git_dir, b'index'), _LARGEST)
    except (OSError, DamagedError):
        return b''

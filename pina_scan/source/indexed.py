"""What only an index says: which repositories within a work tree are submodules that have their store there."""
from __future__ import annotations

import os
from collections.abc import Iterator

from pina_scan.errors import DamagedError
from pina_scan.git.indexfile import gitlinks
from pina_scan.git.regular import contents
from pina_scan.git.stores import is_git_dir
from pina_scan.git.stores import linked

_GITFILE = b'gitdir: '
_LARGEST_INDEX = 1 << 31
_LARGEST_LINE = 1 << 16


def embedded(git_dir: bytes, id_length: int, top: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The git dirs of submodules that keep theirs in the work tree, or name it in a file there: with its path, and the top of
    the work tree that has it. `top` is the main one's; of others the git dir knows."""
    for folder, tree in _work_trees(git_dir, top):
        for name in sorted(_indexes(folder)):
            for path in _gitlinks(os.path.join(folder, name), id_length):
                place = os.path.join(tree, path)
                inner = _git_dir(os.path.join(place, b'.git'))
                if inner is not None:
                    yield inner, path, tree


def _work_trees(git_dir: bytes, top: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Folders with an index, and the top of the work tree that it is of."""
    yield git_dir, top
    for folder in linked(git_dir):
        place = _text(os.path.join(folder, b'gitdir'))
        if place:
            yield folder, os.path.dirname(os.path.join(folder, place))


def _indexes(folder: bytes) -> list[bytes]:
    try:
        return [name for name in os.listdir(folder) if name == b'index' or name.startswith(b'sharedindex.')]
    except OSError:
        return []


def _gitlinks(path: bytes, id_length: int) -> list[bytes]:
    try:
        return list(gitlinks(contents(path, _LARGEST_INDEX), id_length))
    except (OSError, DamagedError):
        return []


def _git_dir(path: bytes) -> bytes | None:
    """What a `.git` is, or names; None where there is none."""
    if not os.path.isdir(path):
        line = _text(path)
        if not line.startswith(_GITFILE):
            return None
        path = os.path.join(os.path.dirname(path), line[len(_GITFILE):])
        # of a linked worktree: all that it has is in the repository that it is of
        path = os.path.join(path, _text(os.path.join(path, b'commondir')))
    return path if is_git_dir(path) else None


def _text(path: bytes) -> bytes:
    try:
        return contents(path, _LARGEST_LINE).rstrip(b'\r\n')  # a path may have a line feed in it
    except (OSError, DamagedError):
        return b''

"""The repositories within a repository: what of them has a store of its own, and by which path reports name it."""
from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.git.repository import Repository
from pina_scan.git.run import Git
from pina_scan.git.run import elsewhere
from pina_scan.git.run import inside
from pina_scan.git.run import run
from pina_scan.git.stores import submodules
from pina_scan.source.history import shown
from pina_scan.source.indexed import embedded


class Inner(NamedTuple):
    """`name` is its path in the work tree. `below`: its git dir lies in another's, with which its files were read."""

    git_dir: bytes
    name: bytes
    below: bool


def within(repository: Repository, top: bytes) -> Iterator[Inner]:
    """Each once, those in others too. `top` is the work tree's that was asked in."""
    common = os.path.realpath(repository.common)
    own = os.path.realpath(repository.git_dir)
    seen = {common, own}
    todo = [(common, b'', top if own == common else os.path.dirname(common))]
    if not own.startswith(common):
        todo.append((own, b'', top))
    while todo:
        git_dir, name, tree = todo.pop(0)
        found = [(True, *_stored(repository, top, folder, name, inner)) for folder, inner in submodules(git_dir)]
        found += [
            (False, folder, os.path.join(name, path), os.path.join(place, path))
            for folder, path, place in embedded(git_dir, repository.id_length, tree)
        ]
        for below, folder, named, place in found:
            real = os.path.realpath(folder)
            if real not in seen:
                seen.add(real)
                yield Inner(folder, named, below)
                todo.append((folder, named, place))


def git_of(git: Git, git_dir: bytes) -> Git:
    """Asked in its git dir: the work tree of one that was removed is not there."""
    found = inside(elsewhere(git, git_dir), os.path.abspath(git_dir))
    # what those borrow from, and where their refs are, is in their own folders
    other = ('GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_REFERENCE_BACKEND')
    return Git(found.cwd, {key: value for key, value in found.environ.items() if key not in other})


def _stored(repository: Repository, top: bytes, folder: bytes, name: bytes, inner: bytes | None) -> tuple[bytes, bytes, bytes]:
    """The git dir, the name and the work tree of what is in another's git dir."""
    git = git_of(repository.git, folder)
    config = os.path.join(git.cwd, b'config')
    noted = run(git, 'config', '--file', config, '--get', 'core.worktree', ok=(0, 1, 128))[0][:-1]
    tree = os.path.realpath(os.path.join(folder, noted)) if noted else b''
    real_top = os.path.realpath(top)
    if tree.startswith(real_top + b'/'):
        # it may have been moved, and keeps its first name
        return folder, os.path.relpath(tree, real_top), tree
    return folder, os.path.join(name, inner) if inner is not None else shown(repository, folder), tree or folder

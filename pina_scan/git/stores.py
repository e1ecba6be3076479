"""Where objects lie: the repository's own store, those it borrows from, and its submodules'."""
from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Mapping
from typing import NamedTuple

_DEEPEST = 5


class Store(NamedTuple):
    """An `objects` folder. `hash_size` is 20 or 32 bytes: a store has one hash algorithm."""

    folder: bytes
    hash_size: int


def stores(folders: list[Store], environ: Mapping[str, str]) -> tuple[list[Store], list[tuple[bytes, str]]]:
    """`folders` and what they borrow from, each once, and what of that can't be read, with why.

    Alternates are followed as deep as git does (gitrepository-layout(5), objects/info/alternates).
    """
    found: dict[bytes, Store] = {}
    unread: list[tuple[bytes, str]] = []
    todo = [(store, 0) for store in folders]
    extra = environ.get('GIT_ALTERNATE_OBJECT_DIRECTORIES', '')
    if folders:
        todo += [(Store(os.fsencode(path), folders[0].hash_size), 0) for path in extra.split(os.pathsep) if path]
    while todo:
        store, depth = todo.pop(0)
        folder = os.path.realpath(store.folder)
        if folder in found:
            continue
        if not os.path.isdir(folder):
            unread.append((store.folder, 'objects are borrowed from it, and it is not there'))
            continue
        found[folder] = Store(folder, store.hash_size)
        list_of = os.path.join(folder, b'info', b'alternates')
        try:
            lines = _lines(list_of)
        except OSError as error:
            unread.append((list_of, (error.strerror or str(error)).lower()))
            continue
        if lines and depth >= _DEEPEST:
            unread.append((list_of, 'alternates are nested deeper than git follows them'))
            continue
        todo += [(Store(os.path.join(folder, line), store.hash_size), depth + 1) for line in lines]
    return list(found.values()), unread


def _lines(path: bytes) -> list[bytes]:
    try:
        with open(path, 'rb') as file:
            return [_unquoted(line) for line in file.read().splitlines() if line and not line.startswith(b'#')]
    except FileNotFoundError:
        return []


def _unquoted(line: bytes) -> bytes:
    if not line.startswith(b'"'):
        return line
    import codecs

    unquoted: bytes = codecs.escape_decode(line[1:].rpartition(b'"')[0])[0]
    return unquoted


def packs(store: Store) -> Iterator[bytes]:
    """The packs that have an index; one that has none is still being written, and git doesn't read it either."""
    folder = os.path.join(store.folder, b'pack')
    try:
        names = set(os.listdir(folder))
    except FileNotFoundError:
        return
    for name in sorted(names):
        if name.endswith(b'.pack') and name[:-5] + b'.idx' in names:
            yield os.path.join(folder, name)


def submodules(git_dir: bytes) -> Iterator[bytes]:
    """The repositories below `modules`, each a git dir of its own, to any depth; linked worktrees have their own."""
    linked = os.path.join(git_dir, b'worktrees')
    todo = [os.path.join(git_dir, b'modules')]
    if os.path.isdir(linked):
        todo += [os.path.join(linked, name, b'modules') for name in sorted(os.listdir(linked))]
    while todo:
        folder = todo.pop()
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        if b'objects' in names and b'HEAD' in names:
            yield folder
            todo.append(os.path.join(folder, b'modules'))
            continue
        todo += [path for name in names if os.path.isdir(path := os.path.join(folder, name)) and not os.path.islink(path)]

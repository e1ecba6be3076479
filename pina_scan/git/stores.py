"""Where objects lie: the repository's own store, those it borrows from, and its submodules'."""
from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.errors import GitError
from pina_scan.git.regular import contents

_DEEPEST = 5
#: Bytes and lines of a list of alternates. Such lists have a line or two.
_LARGEST = 1 << 24
_MOST = 1 << 10


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
        try:
            _names(folder)
        except OSError as error:
            unread.append((os.path.join(folder, b'pack'), (error.strerror or str(error)).lower()))
        list_of = os.path.join(folder, b'info', b'alternates')
        try:
            lines = _lines(list_of)
        except DamagedError as error:
            # every git that looks for an object would wait for it
            raise GitError(f'{os.fsdecode(list_of)}: {error}. It should name folders to borrow objects from.') from None
        except OSError as error:
            unread.append((list_of, (error.strerror or str(error)).lower()))
            continue
        if lines and depth >= _DEEPEST:
            unread.append((list_of, 'alternates are nested deeper than git follows them'))
            continue
        if len(lines) > _MOST:
            unread.append((list_of, f'{len(lines) - _MOST} more lines of it are not followed'))
            del lines[_MOST:]
        todo += [(Store(os.path.join(folder, line), store.hash_size), depth + 1) for line in lines]
    return list(found.values()), unread


def _lines(path: bytes) -> list[bytes]:
    try:
        lines = contents(path, _LARGEST).split(b'\n')
    except FileNotFoundError:
        return []
    # no name has a NUL: to git it ends there
    lines = [line.partition(b'\0')[0] for line in lines if not line.startswith(b'#')]
    return [_unquoted(line) for line in lines if line]


def _unquoted(line: bytes) -> bytes:
    if not line.startswith(b'"'):
        return line
    import codecs

    try:
        unquoted: bytes = codecs.escape_decode(line[1:].rpartition(b'"')[0])[0]
    except ValueError:
        return line
    return line if b'\0' in unquoted else unquoted


def packs(store: Store) -> Iterator[bytes]:
    """The packs that have an index; one that has none is still being written, and git doesn't read it either."""
    try:
        names = _names(store.folder)
    except OSError:
        return  # `stores` says it
    for name in sorted(names):
        if name.endswith(b'.pack') and name[:-5] + b'.idx' in names:
            yield os.path.join(store.folder, b'pack', name)


def _names(folder: bytes) -> set[bytes]:
    try:
        return set(os.listdir(os.path.join(folder, b'pack')))
    except FileNotFoundError:
        return set()


def waits(folder: bytes) -> bool:
    """Whether something stands in a store that keeps git waiting once it is asked for everything: a FIFO, by any name."""
    try:
        with os.scandir(folder) as found:
            entries = list(found)
        return any(
            waits(entry.path) if entry.is_dir(follow_symlinks=False) else _is_fifo(entry) for entry in entries
        )
    except OSError:
        return False


def _is_fifo(entry: os.DirEntry[bytes]) -> bool:
    try:
        return not entry.is_file() and stat.S_ISFIFO(entry.stat().st_mode)
    except OSError:
        return False  # a link to nothing


def submodules(git_dir: bytes) -> Iterator[bytes]:
    """The repositories below `modules`, each a git dir of its own, to any depth; linked worktrees have their own."""
    linked = os.path.join(git_dir, b'worktrees')
    todo = [os.path.join(git_dir, b'modules')]
    with suppress(OSError):
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

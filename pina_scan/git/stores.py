"""Where objects lie: the repository's own store, those it borrows from, and its submodules'."""
from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from collections.abc import Mapping
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.errors import GitError
from pina_scan.errors import why
from pina_scan.git.regular import contents

_DEEPEST = 5
#: Bytes and lines of a list of alternates. Such lists have a line or two.
_LARGEST = 1 << 24
_MOST = 1 << 10
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"', re.DOTALL)


class Store(NamedTuple):
    """An `objects` folder. `hash_size` is 20 or 32 bytes: a store has one hash algorithm."""

    folder: bytes
    hash_size: int


def stores(folders: list[Store], environ: Mapping[str, str], top: bytes = b'') -> tuple[list[Store], list[tuple[bytes, str]]]:
    """`folders` and what they borrow from, each once, and what of that can't be read, with why.

    Alternates are followed as deep as git does (gitrepository-layout(5), objects/info/alternates). Those in the
    environment are relative to `top`: git goes there before it reads them.
    """
    found: dict[bytes, Store] = {}
    unread: list[tuple[bytes, str]] = []
    todo = [(store, 0) for store in folders]
    extra = os.fsencode(environ.get('GIT_ALTERNATE_OBJECT_DIRECTORIES', ''))
    if folders:
        todo += [(Store(os.path.join(top, path), folders[0].hash_size), 0) for path in _listed(extra, os.fsencode(os.pathsep))]
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
            unread.append((os.path.join(folder, b'pack'), why(error)))
        list_of = os.path.join(folder, b'info', b'alternates')
        try:
            lines = _lines(list_of)
        except DamagedError as error:
            # every git that looks for an object would wait for it
            raise GitError(f'{os.fsdecode(list_of)}: {error}. It should name folders to borrow objects from.') from None
        except OSError as error:
            unread.append((list_of, why(error)))
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
        return list(_listed(contents(path, _LARGEST), b'\n'))
    except FileNotFoundError:
        return []


def _listed(text: bytes, separator: bytes) -> Iterator[bytes]:
    """The paths in it: one in quotes may have the separator in it, one that only begins with a quote is meant as it is."""
    at = 0
    while at < len(text):
        quoted = _QUOTED.match(text, at)
        path = _unquoted(quoted[1]) if quoted is not None else None
        if quoted is not None and path is not None:
            yield path
            at = quoted.end() + 1
            continue
        end = text.find(separator, at)
        line = text[at:end if end >= 0 else len(text)]
        # no name has a NUL: to git it ends there
        path = line.partition(b'\0')[0]
        if path and not path.startswith(b'#'):
            yield path
        at += len(line) + 1


def _unquoted(text: bytes) -> bytes | None:
    """None for what is no name."""
    import codecs

    try:
        unquoted: bytes = codecs.escape_decode(text)[0]
    except ValueError:
        return None
    return unquoted if unquoted and b'\0' not in unquoted else None


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
    path = os.path.join(folder, b'pack')
    try:
        return set(os.listdir(path))
    except FileNotFoundError:
        if os.path.lexists(path):
            raise  # a link that leads nowhere
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


def submodules(git_dir: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """The git dirs below a git dir, to any depth, each with its submodule's name.

    They are in `modules`, which linked worktrees have too. An older git put one submodule into another's git dir, and what
    somebody put elsewhere has no name.
    """
    todo = list(_inside(git_dir, b'', True))
    while todo:
        folder, name = todo.pop()
        if is_git_dir(folder):
            yield folder, name
            todo += _inside(folder, name, False)
        else:
            todo += [(path, os.path.join(name, part) if name is not None else None) for path, part in _folders(folder)]


def is_git_dir(folder: bytes) -> bool:
    head = os.path.join(folder, b'HEAD')
    return (os.path.isfile(head) or os.path.islink(head)) and os.path.isdir(os.path.join(folder, b'objects'))


def linked(git_dir: bytes) -> list[bytes]:
    """The git dirs of linked worktrees."""
    return [path for path, _ in _folders(os.path.join(git_dir, b'worktrees'))]


def _inside(git_dir: bytes, name: bytes | None, own: bool) -> Iterator[tuple[bytes, bytes | None]]:
    for path, part in _folders(git_dir):
        if part == b'modules':
            yield from ((inner, os.path.join(name or b'', below)) for inner, below in _folders(path))
        elif part == b'worktrees':
            for folder in linked(git_dir):
                modules = _folders(os.path.join(folder, b'modules'))
                yield from ((inner, os.path.join(name or b'', below)) for inner, below in modules)
        elif part != b'objects':
            yield path, None if own or name is None else os.path.join(name, part)


def _folders(folder: bytes) -> list[tuple[bytes, bytes]]:
    try:
        with os.scandir(folder) as found:
            return sorted((entry.path, entry.name) for entry in found if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []  # what can't be listed is said of the files beside objects

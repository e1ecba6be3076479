"""The files beside the objects: config, messages, logs, refs, notes of a rebase or a conflict, LFS's own store."""
from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from functools import partial

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import DamagedError
from pina_scan.errors import why
from pina_scan.git import indexfile
from pina_scan.git import reftable
from pina_scan.git.stores import is_git_dir
from pina_scan.source import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: What git itself makes of objects, and of their ids: read as objects, or nothing but numbers (gitrepository-layout(5)).
_OF_OBJECTS = re.compile(
    rb'[0-9a-f]{2}/(?:[0-9a-f]{38}|[0-9a-f]{62})|pack/[^/]+\.(?:pack|idx|rev|bitmap|mtimes|midx)'
    rb'|pack/multi-pack-index(?:-[^/]*)?|pack/multi-pack-index\.d/multi-pack-index-[^/]*'
    rb'|info/commit-graph|info/commit-graphs/(?:graph-[0-9a-f]+\.graph|commit-graph-chain)',
)
#: The folders that packs and loose objects are read in: what of them can't be is said there.
_READ_ELSEWHERE = re.compile(rb'[0-9a-f]{2}|pack|\.')
#: Left behind by a git that was ended, or being written just now: objects that git doesn't read, deflated.
_UNFINISHED = re.compile(rb'(?:[0-9a-f]{2}/|pack/|)tmp_(?:obj|pack|idx|rev|bitmap)_[^/]*|(?:tmp_objdir|incoming)-[^/]*/.*')
_LARGEST_REFTABLE = _LARGEST_INDEX = 1 << 28
#: What one git dir may have from another by a link: git-new-workdir makes them so, and Android's repo.
_LINKED = frozenset((
    b'config', b'refs', b'logs', b'info', b'hooks', b'packed-refs', b'remotes', b'branches', b'rr-cache', b'svn', b'shallow',
))
#: Seconds after which what git is writing was written to again, or never will be.
_WRITTEN = 600


def beside(git_dir: bytes, name: bytes, space: bytearray, id_length: int) -> Iterator[Blob | Unread]:
    """Every regular file and link below a git dir but its objects; `name` is what reports call the folder."""
    todo = [(git_dir, name)]
    while todo:
        folder, shown = todo.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            yield Unread(shown, why(error))
            continue
        if not entries:
            # its name is all that it has: of a branch that was removed, say
            yield Blob(shown, b'')
        repository = any(entry.name == b'HEAD' for entry in entries)
        for entry in entries:
            path = os.path.join(shown, entry.name) if shown else entry.name
            if entry.is_dir(follow_symlinks=False):
                if repository and entry.name == b'objects':
                    yield from store(entry.path, path, space)
                else:
                    todo.append((entry.path, path))
            elif _readable(entry):
                table = entry.name.endswith(b'.ref') and os.path.basename(folder) == b'reftable'
                if table and entry.is_file(follow_symlinks=False):
                    yield from _put_together(entry.path, path, space, _LARGEST_REFTABLE, 'reftable', reftable.texts)
                else:
                    yield from files.read(entry.path, space, path)
                if b'index' in entry.name and _is_torn(entry.path):
                    named = partial(indexfile.names, id_length=id_length)
                    yield from _put_together(entry.path, path, space, _LARGEST_INDEX, 'index', named)
                if entry.is_symlink() and (linked := _followed(entry, repository)) is not None:
                    if os.path.isdir(linked):
                        todo.append((linked, path))
                    else:
                        yield from files.read(linked, space, path)


def _followed(entry: os.DirEntry[bytes], repository: bool) -> bytes | None:
    """Where a link leads whose target git takes for this git dir's own; None for any other link, which is its text.

    A folder has to be one of another git dir: no link here leads to the whole disk.
    """
    logs = entry.name == b'refs' and os.path.basename(os.path.dirname(entry.path)) == b'logs'
    if entry.name not in _LINKED or not (repository or logs):
        return None
    target = os.path.realpath(entry.path)
    if os.path.isdir(target):
        above = os.path.dirname(target)
        return target if is_git_dir(os.path.dirname(above) if logs else above) else None
    return target if os.path.isfile(target) else None


def store(folder: bytes, shown: bytes, space: bytearray) -> Iterator[Blob | Unread]:
    """What stands in a store and is no object: notes of packs, packs that are none yet, and whatever else was put there."""
    failed: list[OSError] = []
    for top, _, names in os.walk(folder, onerror=failed.append):
        for name in sorted(names):
            path = os.path.join(top, name)
            below = os.path.relpath(path, folder)
            if below.endswith(b'.pack') and name[:-5] + b'.idx' not in names and _old(path):
                yield Unread(os.path.join(shown, below), 'it has no index, so git does not read it: `git index-pack` makes one')
            elif _UNFINISHED.fullmatch(below):
                if _old(path):
                    yield Unread(os.path.join(shown, below), 'git was ended while it wrote this; `git gc --prune=now` removes it')
            elif not _OF_OBJECTS.fullmatch(below):
                yield from files.read(path, space, os.path.join(shown, below))
    for error in failed:
        below = os.path.relpath(error.filename, folder)
        if not _READ_ELSEWHERE.fullmatch(below):
            yield Unread(os.path.join(shown, below), why(error))


def _old(path: bytes) -> bool:
    """Whether nobody writes it any more."""
    try:
        return time.time() - os.lstat(path).st_mtime > _WRITTEN
    except FileNotFoundError:
        return False


def _is_torn(path: bytes) -> bool:
    try:
        with open(os.open(path, files.FLAGS), 'rb') as file:
            return indexfile.is_torn(file.read(16))
    except OSError:
        return False  # said where it is read whole


def _put_together(
        path: bytes, shown: bytes, space: bytearray, most: int, kind: str, read: Callable[[bytes], Iterator[bytes]],
) -> Iterator[Blob | Unread]:
    """The names and words in it, a line each: names stand there without what they share with the one before."""
    try:
        with open(path, 'rb') as file:
            data = file.read(most + 1)
    except OSError as error:
        yield Unread(shown, why(error))
        return
    if len(data) > most:
        yield Unread(shown, f'too large to put its names together ({kind})')
        return
    texts = []
    try:
        for text in read(data):
            texts.append(text)
    except DamagedError as error:
        yield Unread(shown, str(error))
        yield from files.read(path, space, shown)
    yield Blob(shown, b'\n'.join(texts), layers=(kind,))


def _readable(entry: os.DirEntry[bytes]) -> bool:
    """A socket (git's file system monitor has one) holds nothing."""
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except FileNotFoundError:
        return False  # a lock that was there a moment ago
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)

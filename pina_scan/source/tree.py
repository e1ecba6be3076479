"""Files of a tree: in a repository what git tracks and what it doesn't ignore, elsewhere everything."""
from __future__ import annotations

import os
import stat
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import GitError
from pina_scan.errors import NotARepository
from pina_scan.git import repo
from pina_scan.git.run import Git
from pina_scan.git.run import elsewhere
from pina_scan.git.run import run
from pina_scan.git.run import zsplit
from pina_scan.source import files

#: Asked for a path as reports name it, and told whether it is a folder.
Skip = Callable[[bytes], bool]


def tree(paths: Iterable[bytes], git: Git, skip: Skip) -> Iterator[Blob | Unread]:
    """The blobs of every file at or below `paths`; `.` gives paths without a folder before them.

    A path that was asked for by name is followed if it is a link; one that is met on the way is not.
    """
    space = files.buffer()
    for path in paths:
        try:
            mode = os.stat(path).st_mode
        except OSError:
            yield from files.read(path, space)
            continue
        if os.path.islink(path):
            yield Blob(path, os.readlink(path))
        if stat.S_ISDIR(mode):
            yield from _folder(path, b'' if path == b'.' else os.path.join(path, b''), git, skip, space)
        elif not skip(path):
            yield from files.read(os.path.realpath(path), space, path)


def _folder(folder: bytes, prefix: bytes, git: Git, skip: Skip, space: bytearray) -> Iterator[Blob | Unread]:
    """`prefix` is what stands before the names of what is in the folder; empty, or with a slash at its end."""
    if repo.top_of(folder) is not None:
        try:
            yield from _tracked(folder, prefix, git, skip, space)
            return
        except NotARepository:
            pass  # a .git that is none: what git doesn't know is read as it lies there
        except GitError as error:
            yield Unread(folder, str(error))
            return
    yield from _walk(folder, prefix, git, skip, space)


def _tracked(folder: bytes, prefix: bytes, git: Git, skip: Skip, space: bytearray) -> Iterator[Blob | Unread]:
    here = elsewhere(git, os.path.abspath(folder))
    if not repo.is_top(folder) and run(here, 'check-ignore', '--quiet', '.', ok=(0, 1))[2] == 0:
        # asked for by name: that git ignores it is no reason to call it clean
        yield from _walk(folder, prefix, git, skip, space)
        return
    listing, complaints, _ = run(here, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')
    for complaint in complaints.splitlines():
        yield Unread(folder, 'git: ' + complaint.decode('utf-8', 'backslashreplace'))
    last = None
    for name in zsplit(listing):
        # a file in conflict is listed once for each of its stages
        if name == last:
            continue
        last = name
        path = prefix + name
        if skip(path):
            continue
        if name.endswith(b'/'):
            yield from _folder(path[:-1], path, git, skip, space)
            continue
        for item in files.read(path, space):
            if type(item) is not Unread:
                yield item
            elif item.reason is files.FOLDER:
                # a submodule, or a repository that was added as one
                yield from _folder(path, path + b'/', git, skip, space)
            elif os.path.lexists(path):
                yield item
            # else it is in the index only: deleted, or left out by a sparse checkout


def _walk(folder: bytes, prefix: bytes, git: Git, skip: Skip, space: bytearray) -> Iterator[Blob | Unread]:
    todo = [(folder, prefix)]
    while todo:
        folder, prefix = todo.pop()
        try:
            with os.scandir(folder or b'.') as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            yield Unread(folder, (error.strerror or str(error)).lower())
            continue
        below = []
        for entry in entries:
            path = prefix + entry.name
            if entry.name == b'.git' or skip(path):
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield from files.read(path, space)
            elif repo.is_top(path):
                yield from _folder(path, path + b'/', git, skip, space)
            else:
                below.append((path, path + b'/'))
        todo += reversed(below)

"""Files of a tree: in a repository what git tracks and what it doesn't ignore, elsewhere everything."""
from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import GitError
from pina_scan.errors import NotARepository
from pina_scan.errors import why
from pina_scan.git import repo
from pina_scan.git.run import Git
from pina_scan.git.run import elsewhere
from pina_scan.git.run import output
from pina_scan.git.run import run
from pina_scan.git.run import zsplit
from pina_scan.source import files
from pina_scan.source.from_git import may_name_one

#: Told a path as reports name it, says whether it is left out.
Skip = Callable[[bytes], bool]

_GITLINK = b'160000'
# killed: a repository in a tracked file's place is listed as nothing else; files in such a folder are untracked too
_LIST = ('ls-files', '-z', '-t', '--stage', '--cached', '--others', '--killed', '--exclude-standard')
_UNTRACKED, _KILLED = b'? ', b'K '
#: git takes no such link's word for what to ignore (2.32), so that nothing is left out.
_LINKED_IGNORE = b".gitignore': Too many levels of symbolic links"
_LOOP = os.strerror(errno.ELOOP).lower()


class _Nested(NamedTuple):
    """A folder within a tree that is a tree of its own."""

    folder: bytes


_Found = Iterator['bytes | Unread | _Nested']


def listing(path: bytes, git: Git, skip: Skip) -> Iterator[bytes | Unread]:
    """The files at or below a path, as reports name them: relative to the current folder, `.` without a name.

    A path that was asked for is followed if it is a link; one that is met on the way is not.
    """
    try:
        mode = os.stat(path).st_mode
    except OSError:
        yield path
        return
    if os.path.islink(path) or not stat.S_ISDIR(mode):
        yield path
    todo = [_folder(path, b'' if path == b'.' else os.path.join(path, b''), git, skip)] if stat.S_ISDIR(mode) else []
    # one after another, not one within another: repositories can be nested as deep as a path is long
    while todo:
        for item in todo.pop():
            if isinstance(item, _Nested):
                # a submodule that isn't checked out has no .git: there git would answer for the repository around it,
                # whose entry for that folder leads here again
                enter = _folder if repo.is_top(item.folder) else _walk
                todo.append(enter(item.folder, item.folder + b'/', git, skip))
            else:
                yield item


def read(names: Iterable[bytes], asked: frozenset[bytes] = frozenset()) -> Iterator[Blob | Unread]:
    """The blobs of listed files; of a link in `asked` what it leads to as well, if that is a file."""
    space = files.buffer()
    for name in names:
        for item in files.read(name, space):
            if type(item) is not Unread or name in asked:
                yield item
            elif item.reason is files.FOLDER:
                # its files are listed for themselves; git stores the name of a submodule, a walk may find it empty
                if may_name_one(name):
                    yield Blob(name, b'')
            elif not _gone(name):
                yield item
        if name in asked and os.path.islink(name) and not os.path.isdir(name):
            target = os.path.realpath(name)
            # a loop has no end to read
            yield from [Unread(name, _LOOP)] if os.path.islink(target) else files.read(target, space, name)


def _gone(name: bytes) -> bool:
    """Whether what was listed is not there: deleted, or left out by a sparse checkout. Not whether it can't be reached."""
    try:
        os.lstat(name)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        pass
    return False


def _folder(folder: bytes, prefix: bytes, git: Git, skip: Skip) -> _Found:
    """`prefix` is what stands before the names of what is in the folder: empty, or with a slash at its end."""
    if repo.top_of(folder) is not None:
        try:
            yield from _repository(folder, prefix, git, skip)
            return
        except NotARepository:
            pass  # a .git that is none: everything is read as it lies there
        except GitError as error:
            yield Unread(folder, str(error))
            return
    yield from _walk(folder, prefix, git, skip)


def _repository(folder: bytes, prefix: bytes, git: Git, skip: Skip) -> _Found:
    # as it is: what is above a link's folder is not what is above the link
    here = elsewhere(git, os.path.join(git.cwd, folder))
    if output(here, 'rev-parse', '--is-inside-work-tree') != b'true\n':
        # core.worktree leads elsewhere, and git would list what is there
        raise NotARepository('not in its work tree')
    if not repo.is_top(folder) and run(here, 'check-ignore', '--no-index', '--quiet', '.', ok=(0, 1))[2] == 0:
        # asked for by name: that git ignores it is no reason to call it clean
        yield from _walk(folder, prefix, git, skip)
        return
    found, complaints, _ = run(here, *_LIST)
    for complaint in complaints.splitlines():
        if complaint.endswith(_LINKED_IGNORE):
            continue
        yield Unread(folder, 'git: ' + complaint.decode('utf-8', 'backslashreplace'))
    last = None
    entered = False
    links: dict[bytes, bool] = {b'': False}
    for line in zsplit(found):
        if line.startswith((_UNTRACKED, _KILLED)):
            mode, name = b'', line[len(_UNTRACKED):]
            if line.startswith(_KILLED) and not name.endswith(b'/'):
                continue
        else:
            mode, name = line[2:8], line[line.index(b'\t') + 1:]
            # git calls it deleted; what is there lies elsewhere
            if _linked(prefix, name[:max(name.rfind(b'/'), 0)], links):
                continue
        path = prefix + name
        nested = name.endswith(b'/') or mode == _GITLINK and os.path.isdir(path) and not os.path.islink(path)
        # a file in conflict is listed once for each of its stages, which need not be of one kind
        if name == last and nested <= entered or skip(path):
            continue
        last, entered = name, nested
        if nested:
            path = path.rstrip(b'/')
            if may_name_one(path):
                yield path
            yield _Nested(path)
        else:
            yield path


def _linked(prefix: bytes, folder: bytes, known: dict[bytes, bool]) -> bool:
    """Whether a folder of the index is a link in the work tree, or is behind one. `known` keeps the answers."""
    new = []
    while folder not in known:
        new.append(folder)
        folder = folder[:max(folder.rfind(b'/'), 0)]
    linked = known[folder]
    for folder in reversed(new):
        linked = known[folder] = linked or os.path.islink(prefix + folder)
    return linked


def _walk(folder: bytes, prefix: bytes, git: Git, skip: Skip) -> _Found:
    top = folder
    todo = [(folder, prefix)]
    while todo:
        folder, prefix = todo.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
        except OSError as error:
            yield Unread(folder, why(error))
            continue
        if folder is not top and any(name == b'.git' for name, _ in entries) and repo.is_top(folder):
            yield _Nested(folder)
            continue
        below = []
        for name, is_folder in entries:
            path = prefix + name
            # one without a HEAD is no repository's, so that nothing else reads it
            if name == b'.git' and not (is_folder and _gone(path + b'/HEAD')) or skip(path):
                continue
            if is_folder:
                if may_name_one(path):
                    yield path
                below.append((path, path + b'/'))
            else:
                yield path
        todo += reversed(below)

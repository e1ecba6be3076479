"""Questions to the index: each one call of git, each answer from the index's own bytes."""
from __future__ import annotations

import os

from pina_scan.errors import GitError
from pina_scan.git.run import Git
from pina_scan.git.run import failure
from pina_scan.git.run import finished
from pina_scan.git.run import output
from pina_scan.git.run import run
from pina_scan.git.run import zsplit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pina_scan.git.run import Running

#: Arguments for the top of the work tree, and for what the index has and HEAD has not.
TOP = ('rev-parse', '--show-toplevel')
# plumbing: no user's diff.* setting (relative, orderFile, renames, ignoreSubmodules) narrows it
COMPARE = ('diff-index', '--cached', '--raw', '--no-renames', '--no-abbrev', '-z', 'HEAD', '--')
GITLINK = '160000'
SYMLINK = '120000'


class Entry:
    """`object` is the blob's id; `path` is from the top of the work tree; `stage` is 0 but in a conflict."""

    __slots__ = ('mode', 'object', 'stage', 'path')

    def __init__(self, mode: str, object: str, stage: int, path: bytes) -> None:
        self.mode = mode
        self.object = object
        self.stage = stage
        self.path = path


def top_level(git: Git) -> bytes:
    """The top of the work tree. Raises NotARepository, for a bare repository too."""
    return output(git, *TOP)[:-1]


def staged(git: Git, compared: Running) -> Iterator[Entry]:
    """What the index has that HEAD has not: added, changed and retyped files and submodules, and every stage of a conflict.

    `git.cwd` is the top of the work tree: below it git would list only what is unmerged there. `compared` was started
    with COMPARE.
    """
    found, said, code = finished(compared, COMPARE, ok=(0, 128))
    if code and _head_tree(git) is not None:
        raise failure(COMPARE, code, said)
    if code:
        # before the first commit: everything is new. git knows the empty tree of either hash without storing it.
        empty = output(git, 'hash-object', '-t', 'tree', '--stdin').decode('ascii').strip()
        found = output(git, *COMPARE[:-2], empty, '--')
    fields = zsplit(found)
    unmerged = False
    for meta, path in zip(fields, fields):
        _, mode, _, blob, status = meta[1:].decode('ascii').split()
        if status == 'U':
            unmerged = True
        elif status != 'D':
            yield Entry(mode, blob, 0, path)
    if unmerged:
        yield from _entries(git, '--unmerged')


def differing(git: Git, base: str) -> Iterator[tuple[bytes, str, bool]]:
    """What the index and that commit have different; all that the index has if there is no such commit.

    Path and object of both sides, and whether it is the index's.
    """
    found, _, code = run(git, 'diff-index', '--cached', '--raw', '--no-renames', '--no-abbrev', '-z', base, '--', ok=(0, 128))
    if code:
        yield from ((entry.path, entry.object, True) for entry in _entries(git) if entry.mode != GITLINK)
    fields = zsplit(found if code == 0 else b'')
    for meta, path in zip(fields, fields):
        old_mode, new_mode, old, new, _ = meta[1:].decode('ascii').split()
        for mode, name, is_new in ((old_mode, old, False), (new_mode, new, True)):
            if mode != GITLINK and name.strip('0'):
                yield path, name, is_new


def unstaged(git: Git) -> list[bytes]:
    """Files of the work tree that differ from the index, by size and times."""
    return list(zsplit(output(git, 'diff-files', '--name-only', '-z', '--ignore-submodules', '--')))


def _head_tree(git: Git) -> str | None:
    found, _, code = run(git, 'rev-parse', '--verify', '--quiet', 'HEAD^{tree}', ok=(0, 1, 128))
    return found.decode('ascii').strip() if code == 0 else None


def entry_of(git: Git, path: bytes) -> Entry | None:
    """What the index has for one file, relative to `git.cwd`; None if it is not tracked."""
    return next(_entries(git, '--', path), None)


def _entries(git: Git, *args: str | bytes) -> Iterator[Entry]:
    for line in zsplit(output(git, '--literal-pathspecs', 'ls-files', '--stage', '-z', *args)):
        meta, _, path = line.partition(b'\t')
        mode, blob, stage = meta.decode('ascii').split()
        yield Entry(mode, blob, int(stage), path)


def listed(git: Git) -> list[Entry]:
    """All that is in the index; nothing where git can't read it."""
    try:
        return list(_entries(git))
    except GitError:
        return []


def unchanged_since_staged(git: Git, path: bytes) -> bool:
    """Whether the work-tree file is, by size and times, the one that was staged.

    Asked of the index's own record, not of `git status`: within the second of the staging that would run the
    file's filter to find out.
    """
    listing = output(git, '--literal-pathspecs', 'ls-files', '--stage', '--debug', '-z', '--', path)
    text = listing.partition(b'\0')[2].decode('ascii', 'replace')
    fields = (part.partition(':') for part in text.replace('\t', '\n').splitlines())
    record = {key.strip(): value.strip() for key, _, value in fields}
    found = os.lstat(os.path.join(git.cwd, path))
    return (record.get('size'), record.get('mtime')) == (
        str(found.st_size), '{}:{}'.format(*divmod(found.st_mtime_ns, 10**9)),
    )


def has_filter(git: Git, path: bytes) -> bool:
    """Whether the attributes give the file a filter, such as git-crypt's or LFS's."""
    fields = list(zsplit(output(git, 'check-attr', '-z', 'filter', '--', path)))
    return fields[2:3] not in ([], [b'unspecified'], [b'unset'])

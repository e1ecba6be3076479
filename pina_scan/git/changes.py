"""Which commits brought in or took out an object or a name: trees are compared by git, and only what is asked for comes back.

`git log --raw` compares the same trees and prints every change of every commit. Here the commits are dealt out to as many
`git diff-tree` as there are processors, and each says only what concerns the objects (`--find-object`) or names (globs).
"""
from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from threading import Thread
from typing import NamedTuple

from pina_scan.errors import GitError
from pina_scan.git.run import Git
from pina_scan.git.run import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.git.run import Running

# a merge's changes are those against all its parents: what came from one of them was brought in there
_ARGS = ('diff-tree', '--stdin', '--root', '-r', '-c', '--raw', '-z', '--no-abbrev', '--no-renames')
_NULL = re.compile(rb'0+')
#: Dealt out in turn: young commits have larger trees than old ones, and neighbours share theirs.
_DEAL = 1 << 9
#: More objects than a command line takes are picked out here instead (macOS: 1 MB with the environment).
_MOST_NAMED = 10_000


class Change(NamedTuple):
    """One path in one commit: `old` the objects it was in the commit's parents, `new` what it is; None for none."""

    commit: str
    path: bytes
    old: tuple[str, ...]
    new: str | None


def of_objects(git: Git, commits: Sequence[str], objects: Collection[str], jobs: int) -> Iterator[Change]:
    """The changes of those commits that begin or end one of the objects. Raises GitError after what git gave."""
    if not objects or not commits:
        return
    named = sorted(objects) if len(objects) <= _MOST_NAMED else ()
    for change in _compare(git, commits, [f'--find-object={name}' for name in named], jobs):
        if change.new in objects or not objects.isdisjoint(change.old):  # type: ignore[attr-defined]
            yield change


def of_names(git: Git, commits: Sequence[str], globs: Sequence[bytes], jobs: int) -> Iterator[Change]:
    """The same for paths with a folder or file that one of the globs matches."""
    if not globs or not commits:
        return
    patterns = [b':(glob)**/' + glob + below for glob in globs for below in (b'', b'/**')]
    yield from _compare(git, commits, ['--', *patterns], jobs)


def _compare(git: Git, commits: Sequence[str], args: Sequence[str | bytes], jobs: int) -> Iterator[Change]:
    jobs = max(1, min(jobs, len(commits) // _DEAL))
    failed = 0
    workers = []
    for job in range(jobs):
        mine = [name for at in range(job * _DEAL, len(commits), jobs * _DEAL) for name in commits[at:at + _DEAL]]
        process = start(git, (*_ARGS, *args))
        answer: list[bytes] = []
        thread = Thread(target=_ask, args=(process, '\n'.join(mine).encode('ascii') + b'\n', answer))
        thread.start()
        workers.append((process, thread, answer))
    for process, thread, answer in workers:
        thread.join()
        failed = failed or process.wait()
        yield from _changes(b''.join(answer))
    if failed:
        raise GitError('git diff-tree broke off. `git fsck` says what is damaged.', failed)


def _ask(process: Running, commits: bytes, answer: list[bytes]) -> None:
    answer.append(process.communicate(commits)[0])


def _changes(listing: bytes) -> Iterator[Change]:
    """A commit's id; `:` for each parent, their modes and the commit's, their objects and the commit's (git-diff, raw)."""
    commit = ''
    fields = iter(listing.split(b'\0'))
    for field in fields:
        if not field.startswith(b':'):
            commit = field.decode('ascii')
            continue
        count = len(field) - len(field.lstrip(b':'))
        ids = field.split()[count + 1:2 * count + 2]
        *old, new = (None if _NULL.fullmatch(name) else name.decode('ascii') for name in ids)
        yield Change(commit, next(fields, b''), tuple(name for name in old if name is not None), new)

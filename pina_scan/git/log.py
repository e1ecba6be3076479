"""Which commits brought in or took out what, in one pass of `git log`, and which refs hold them."""
from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.errors import GitError
from pina_scan.git.run import Git
from pina_scan.git.run import command
from pina_scan.git.run import output
from pina_scan.git.run import run

_READ = 1 << 20
_NULL = re.compile(rb'0+')
_FORMAT = '--format=%x01%H %P%x1f%cI%x1f%aI%x1f%an'
# a merge's changes are those against all its parents: what came from one of them was brought in there
_ARGS = ('log', '--raw', '-z', '--no-abbrev', '--no-renames', '--diff-merges=combined', '--root', '--no-show-signature', _FORMAT)


class Commit(NamedTuple):
    """`order` is 0 for the newest; dates are as git writes them, `author` as the commit has it."""

    name: str
    parents: tuple[str, ...]
    order: int
    committed: str
    authored: str
    author: bytes


class Change(NamedTuple):
    """One path in one commit: `old` the objects it was in the commit's parents, `new` what it is; None for none."""

    commit: Commit
    path: bytes
    old: tuple[str, ...]
    new: str | None


#: Everything that anything leads to.
EVERYTHING = ('--all', '--reflog')


def reachable(git: Git, revs: Sequence[str] = EVERYTHING) -> Iterator[Commit | Change]:
    """What those arguments of rev-list give, children before parents; a commit comes before its changes.

    Raises GitError where git breaks off, after what it gave.
    """
    return _log(git, ('--topo-order', *revs), b'')


def listed(git: Git, commits: Iterable[str]) -> Iterator[Commit | Change]:
    """Those commits and no others."""
    return _log(git, ('--no-walk=unsorted', '--stdin'), b''.join(name.encode('ascii') + b'\n' for name in commits))


def _log(git: Git, args: Sequence[str], stdin: bytes) -> Iterator[Commit | Change]:
    words, environ = command(git, (*_ARGS, *args))
    process = subprocess.Popen(
        words, cwd=git.cwd, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin:
        process.stdin.write(stdin)
    commit = None
    order = 0
    with process.stdout as stream:
        fields = _fields(iter(lambda: stream.read(_READ), b''))
        for field in fields:
            if field.startswith(b'\1'):
                commit = _commit(field[1:], order)
                order += 1
                yield commit
            elif commit is not None and field.startswith(b':'):
                yield _change(commit, field, next(fields, b''))
    if process.wait():
        raise GitError('git log broke off. `git fsck` says what is damaged.', process.returncode)


def _fields(blocks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b''
    for block in blocks:
        *whole, rest = (rest + block).split(b'\0')
        for field in whole:
            yield field.lstrip(b'\n') if field[:1] == b'\n' else field


def _commit(field: bytes, order: int) -> Commit:
    ids, committed, authored, author = field.split(b'\x1f', 3)
    name, *parents = ids.decode('ascii').split()
    return Commit(name, tuple(parents), order, committed.decode('ascii'), authored.decode('ascii'), author)


def _change(commit: Commit, meta: bytes, path: bytes) -> Change:
    """`:` for each parent, their modes and the commit's, their objects and the commit's, what was done (git-diff, raw)."""
    count = len(meta) - len(meta.lstrip(b':'))
    ids = meta.split()[count + 1:2 * count + 2]
    *old, new = (None if _NULL.fullmatch(name) else name.decode('ascii') for name in ids)
    return Change(commit, path, tuple(name for name in old if name is not None), new)


def all_commits(git: Git) -> list[str]:
    """The id of every commit the repository has, reachable or not. Raises GitError."""
    form = '--batch-check=%(objecttype) %(objectname)'
    listing = output(git, 'cat-file', '--batch-all-objects', form, '--unordered', '--buffer')
    return [line[7:].decode('ascii') for line in listing.splitlines() if line.startswith(b'commit ')]


def refs(git: Git) -> list[tuple[str, str, str]]:
    """Each ref's name, the object it names, and the commit that it is or that its tag is of ('' for none)."""
    form = '%(refname)%00%(objectname)%00%(if:equals=commit)%(objecttype)%(then)%(objectname)%(else)%(*objectname)%(end)'
    found, _, code = run(git, 'for-each-ref', f'--format={form}', ok=(0, 128))
    if code:
        return []
    rows = (line.split(b'\0') for line in found.splitlines())
    return [(name.decode('utf-8', 'surrogateescape'), of.decode(), commit.decode()) for name, of, commit in rows]


def tag_dates(git: Git) -> dict[str, str]:
    """When each tag was made, or for one without a tag object its commit; by the ref's name."""
    found, _, code = run(git, 'for-each-ref', '--format=%(refname)%00%(creatordate:iso-strict)', 'refs/tags', ok=(0, 128))
    rows = (line.split(b'\0') for line in found.splitlines()) if code == 0 else ()
    return {name.decode('utf-8', 'surrogateescape'): date.decode('ascii', 'replace') for name, date in rows}


def remotes(git: Git) -> dict[str, str]:
    """Each remote's name and URL, as they stand in the config: a URL may have a password in it."""
    found = run(git, 'config', '-z', '--get-regexp', r'^remote\..*\.url$', ok=(0, 1))[0].decode('utf-8', 'surrogateescape')
    pairs = (entry.partition('\n') for entry in found.split('\0') if entry)
    return {key[len('remote.'):-len('.url')]: url for key, _, url in pairs}


def at_head(git: Git) -> Iterator[tuple[bytes, str]]:
    """Path and object of every file of HEAD's tree; nothing before the first commit."""
    found, _, code = run(git, 'ls-tree', '-r', '-z', '--full-tree', 'HEAD', ok=(0, 128))
    for line in found.split(b'\0') if code == 0 else ():
        meta, tab, path = line.partition(b'\t')
        if tab:
            yield path, meta.split()[2].decode('ascii')


def holders(commits: Sequence[Commit], wanted: Sequence[str], tips: Sequence[tuple[str, str, str]]) -> dict[str, list[str]]:
    """Which refs each wanted commit is reachable from. `commits` have children before parents."""
    bits = {name: 1 << number for number, name in enumerate(dict.fromkeys(wanted))}
    held: dict[str, int] = {}
    for commit in reversed(commits):
        mask = bits.get(commit.name, 0)
        for parent in commit.parents:
            mask |= held.get(parent, 0)
        if mask:
            held[commit.name] = mask
    found: dict[str, list[str]] = {name: [] for name in bits}
    for ref, _, commit_name in tips:
        mask = held.get(commit_name, 0)
        if mask:
            for name, bit in bits.items():
                if mask & bit:
                    found[name].append(ref)
    return found

"""The commits that anything leads to, and which tips lead to each."""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.errors import GitError
from pina_scan.git.run import Git
from pina_scan.git.run import output
from pina_scan.git.run import run

#: Everything that anything leads to.
EVERYTHING = ('--all', '--reflog')


class Graph(NamedTuple):
    """`names` has children before parents, `number` says where each stands, `parents` are such numbers.

    `edge` are the commits whose parents were cut off: of a shallow clone. `whole`: git could read all of it.
    """

    names: list[str]
    number: dict[str, int]
    parents: list[tuple[int, ...]]
    whole: bool


class Commit(NamedTuple):
    """Dates are as git writes them, strict ISO 8601; `author` as the commit has it."""

    name: str
    committed: str
    authored: str
    author: bytes


def graph(git: Git, tips: Iterable[str] = ()) -> Graph:
    """All that refs and reflogs lead to, and those commits; what git gave before it broke off, if it did."""
    words = ('rev-list', '--topo-order', '--parents', '--ignore-missing', *EVERYTHING, '--stdin')
    listing, _, code = run(git, *words, stdin=''.join(f'{name}\n' for name in tips).encode('ascii'), ok=(0, 1, 128))
    rows = [line.split() for line in listing.decode('ascii').splitlines()]
    names = [row[0] for row in rows]
    number = {name: at for at, name in enumerate(names)}
    parents = [tuple(number[name] for name in row[1:] if name in number) for row in rows]
    return Graph(names, number, parents, code == 0)


def all_commits(git: Git) -> list[str]:
    """The id of every commit the repository has, reachable or not. Raises GitError."""
    form = '--batch-check=%(objecttype) %(objectname)'
    listing = output(git, 'cat-file', '--batch-all-objects', form, '--unordered', '--buffer')
    return [line[7:].decode('ascii') for line in listing.splitlines() if line.startswith(b'commit ')]


def details(git: Git, names: Iterable[str]) -> dict[str, Commit]:
    """Who made those commits, and when."""
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    form = '--format=%H%x1f%cI%x1f%aI%x1f%an'
    try:
        listing = output(
            git, 'log', '--no-walk=unsorted', '-z', '-s', '--no-show-signature', '--no-notes', '--encoding=UTF-8', form,
            '--stdin',
            stdin='\n'.join(wanted).encode('ascii') + b'\n',
        )
    except GitError:
        return {}
    rows = (row.split(b'\x1f', 3) for row in listing.split(b'\0') if row.count(b'\x1f') >= 3)
    return {row[0].decode(): Commit(row[0].decode(), row[1].decode(), row[2].decode(), row[3]) for row in rows}


def leading(found: Graph, tips: Sequence[str], wanted: Iterable[str]) -> Mapping[str, int]:
    """For each wanted commit the tips that lead to it, as a number with a bit for each, the first tip's lowest.

    Bits are for tips, not for what is wanted, and are dropped once they were handed on: thousands of commits may be
    wanted, and a history is hardly ever wide.
    """
    chosen = set(wanted)
    waiting: dict[int, int] = {}
    for bit, name in enumerate(tips):
        at = found.number.get(name)
        if at is not None:
            waiting[at] = waiting.get(at, 0) | 1 << bit
    led: dict[str, int] = {}
    for at, (name, parents) in enumerate(zip(found.names, found.parents)):
        mask = waiting.pop(at, 0)
        if not mask:
            continue
        if name in chosen:
            led[name] = mask
        for parent in parents:
            waiting[parent] = waiting.get(parent, 0) | mask
    return led

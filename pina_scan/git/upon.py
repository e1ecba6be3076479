"""What stands upon flagged entries of a pack: every delta whose object has something of theirs."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.git import delta
from pina_scan.git.delta import first
from pina_scan.git.flag import Flags
from pina_scan.git.pack import KINDS
from pina_scan.git.pack import LARGE
from pina_scan.git.pack import OFS_DELTA
from pina_scan.git.pack import Pack
from pina_scan.git.pack import head
from pina_scan.git.pack import read

#: An object that has so much of its base's beginning begins as that does.
_BEGINNING = 512
#: As many as take a second.
_DELTAS = 100_000
_TREE = 2


def upon(pack: Pack, parts: Iterable[Flags], begins: Callable[[bytes], bool]) -> set[int]:
    """The flagged entries of a whole pack, and every one that is a delta upon one of them, directly or not.

    So are those that begin as `begins` says: of deltas that may, and of those that have the beginning of something
    anywhere in what they are made of, and begin otherwise than their base. And those upon what is damaged, of which git
    may have another copy.
    """
    parts = sorted(parts, key=lambda part: part.start)
    found: set[int] = set()
    heads: set[int] = set()
    within: set[int] = set()
    for part in parts:
        found |= part.flagged
        found.update(part.large)
        found.update(offset for offset, _ in part.damaged)
        heads |= part.heads
        within |= part.within
    _close(pack, parts, within)
    heads.update(offset for offset in within if _begins_anew(pack, offset))
    beginnings = Beginnings(pack)
    for offset in sorted(heads - found):
        beginning = beginnings.of(offset)
        if beginning is None or beginning.kind != _TREE and begins(beginning.data):
            found.add(offset)
    _close(pack, parts, found)
    return found


class Beginning(NamedTuple):
    kind: int
    data: bytes


class Beginnings:
    """Puts the beginnings of objects together, without all the rest."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        #: deltas that may be read: a pack may have chains of thousands, and all objects of them may be asked for
        self._left = _DELTAS + len(pack.order)

    def of(self, offset: int) -> Beginning | None:
        """None where it can't be told: it is too large, damaged, or has a base that is given by id."""
        wanted: list[bytes | tuple[int, int]] = [(0, _BEGINNING)]
        try:
            while self._left > 0:
                self._left -= 1
                kind, size, base = head(self._pack, offset)
                if size > LARGE:
                    return None
                data = read(self._pack, offset).data
                if kind in KINDS:
                    return Beginning(kind, b''.join(one if isinstance(one, bytes) else data[slice(*one)] for one in wanted))
                if kind != OFS_DELTA or not isinstance(base, int) or not 0 < base < offset:
                    return None
                wanted = [part for one in wanted for part in ((one,) if isinstance(one, bytes) else delta.parts(data, *one))]
                offset = base
        except DamagedError:
            pass
        return None


def _close(pack: Pack, parts: Sequence[Flags], found: set[int]) -> None:
    if not found:
        return
    names = {offset: name for part in parts for offset, name in part.by_name.items()}
    if not names:
        for part in parts:
            # a base that is given by distance stands before its deltas: one pass in order reaches every depth
            for offset, base in zip(pack.order[part.start:part.stop], part.bases):
                if base in found:
                    found.add(offset)
        return
    deltas: dict[int, list[int]] = {}
    for offset, base in _pairs(pack, parts, names):
        deltas.setdefault(base, []).append(offset)
    todo = list(found)
    while todo:
        more = [offset for offset in deltas.get(todo.pop(), ()) if offset not in found]
        found.update(more)
        todo += more


def _pairs(pack: Pack, parts: Sequence[Flags], names: dict[int, bytes]) -> Iterator[tuple[int, int]]:
    """Each delta and its base, where bases are given by id too, and may stand anywhere."""
    by_name = _offsets_of(pack, set(names.values()))
    for part in parts:
        for offset, base in zip(pack.order[part.start:part.stop], part.bases):
            if offset in names:
                base = by_name.get(names[offset], 0)
            if base:
                yield offset, base


def _offsets_of(pack: Pack, names: set[bytes]) -> dict[bytes, int]:
    index = pack.idx
    size = index.hash_size
    return {
        name: offset
        for number, offset in enumerate(index.offsets)
        if (name := index.names[number * size:(number + 1) * size]) in names
    }


def _begins_anew(pack: Pack, offset: int) -> bool:
    """Of a delta, whether its object begins otherwise than its base. What is damaged is told of elsewhere."""
    try:
        kind, size, _ = head(pack, offset)
        if kind in KINDS or size > LARGE:
            return False
        begins = first(read(pack, offset).data)
    except DamagedError:
        return False
    return bool(begins.inserted or begins.offset) or begins.length < _BEGINNING

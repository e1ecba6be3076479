"""What stands upon flagged entries of a pack: every delta whose object has something of theirs."""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import suppress
from itertools import compress
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.git.delta import First
from pina_scan.git.delta import Part
from pina_scan.git.delta import first
from pina_scan.git.delta import parts as parts_of
from pina_scan.git.flag import Flags
from pina_scan.git.names import names
from pina_scan.git.pack import KINDS
from pina_scan.git.pack import LARGE
from pina_scan.git.pack import OFS_DELTA
from pina_scan.git.pack import Pack
from pina_scan.git.pack import head
from pina_scan.git.pack import read
from pina_scan.git.probe import Probe
from pina_scan.git.resolve import Resolver
from pina_scan.git.resolve import TooLarge

#: An object that has so much of its base's beginning begins as that does.
_BEGINNING = 512
#: So much of a delta mostly says how its object begins.
_SOME = 1 << 12
#: As many as take a second.
_DELTAS = 100_000
_TREE = 2


def upon(pack: Pack, parts: Iterable[Flags], probe: Probe) -> set[int]:
    """The flagged entries of a whole pack, and every one that is a delta upon one of them, directly or not.

    So are those whose beginning is interesting: of deltas that may have one, and of those that have one anywhere in what
    they are made of, and begin otherwise than their base. And those upon what is damaged, of which git may have another
    copy. Trees are left out whose names have nothing: ids have everything by chance.
    """
    parts = sorted(parts, key=lambda part: part.start)
    found: set[int] = set()
    heads: set[int] = set()
    within: set[int] = set()
    for part in parts:
        found |= part.flagged
        heads |= part.heads
        within |= part.within
    found -= _trees_of_nothing(pack, found, probe)
    names = {offset: name for part in parts for offset, name in part.by_name.items()}
    known = _offsets_of(pack, set(names.values())) if names else {}
    # 0 for a base that the pack doesn't have: that it is nowhere else either is found by resolving
    named = {offset: known.get(name, 0) for offset, name in names.items()}
    _close(pack, parts, named, within)
    heads.update(offset for offset in within if _begins_anew(pack, offset))
    for part in parts:
        found.update(part.large)
        found.update(offset for offset, _ in part.damaged)
    beginnings = Beginnings(pack)
    for offset in sorted(heads - found):
        beginning = beginnings.of(offset)
        if beginning is None or beginning.kind != _TREE and probe.begins(beginning.data):
            found.add(offset)
    found.update(offset for offset, base in named.items() if not base)
    _close(pack, parts, named, found)
    return found


def _trees_of_nothing(pack: Pack, flagged: set[int], probe: Probe) -> set[int]:
    """Those of the flagged that are trees in whose names is nothing. What a delta inserts is in its own tree."""
    found = set()
    kinds: dict[int, int] = {}
    resolver = Resolver(pack, lambda name: None)
    for offset in sorted(flagged):
        if _kind(pack, offset, kinds) != _TREE:
            continue
        try:
            tree = resolver.resolve(offset)[1]
        except (DamagedError, TooLarge):
            continue
        text = b'\0'.join(names(tree, pack.idx.hash_size))
        if not probe.look(text).anywhere and not probe.broad(text):
            found.add(offset)
    return found


def _kind(pack: Pack, offset: int, kinds: dict[int, int]) -> int:
    """That of the object, which the last of its bases has; 0 where it can't be told soon. `kinds` are those that are known."""
    todo = []
    kind = 0
    try:
        while offset not in kinds:
            todo.append(offset)
            kind, _, base = head(pack, offset)
            if kind in KINDS:
                break
            kind = 0
            if not isinstance(base, int) or not 0 < base < offset:
                break
            offset = base
        else:
            kind = kinds[offset]
    except DamagedError:
        kind = 0
    kinds.update(dict.fromkeys(todo, kind))
    return kind


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
        wanted: list[Part] = [(0, _BEGINNING)]
        try:
            while self._left > 0:
                self._left -= 1
                kind, size, base = head(self._pack, offset)
                if size > LARGE:
                    return None
                # of a whole object no more than what is asked for: deltas of large files mostly stand upon their beginning
                if kind in KINDS:
                    most = max((one[1] for one in wanted if not isinstance(one, bytes)), default=0)
                    data = read(self._pack, offset, most).data
                    return Beginning(kind, b''.join(one if isinstance(one, bytes) else data[slice(*one)] for one in wanted))
                if kind != OFS_DELTA or not isinstance(base, int) or not 0 < base < offset:
                    return None
                wanted = self._in_base(offset, size, wanted)
                offset = base
        except DamagedError:
            pass
        return None

    def _in_base(self, offset: int, size: int, wanted: Sequence[Part]) -> list[Part]:
        """What of the base makes those parts of a delta's object."""
        if size > _SOME:
            with suppress(DamagedError):  # it goes on behind what is read of it, most likely
                return parts_of(read(self._pack, offset, _SOME).data, wanted)
        return parts_of(read(self._pack, offset).data, wanted)


def _close(pack: Pack, parts: Sequence[Flags], named: Mapping[int, int], found: set[int]) -> None:
    """Adds what is a delta upon `found`; `named` has the bases that are given by id."""
    if not found:
        return
    if not named:
        for part in parts:
            # a base that is given by distance stands before its deltas: one pass in order reaches every depth, for each
            # base is asked for only when all before it have been added
            for offset in compress(pack.order[part.start:part.stop], map(found.__contains__, part.bases)):
                found.add(offset)
        return
    deltas: dict[int, list[int]] = {}
    for offset, base in _pairs(pack, parts, named):
        deltas.setdefault(base, []).append(offset)
    todo = list(found)
    while todo:
        more = [offset for offset in deltas.get(todo.pop(), ()) if offset not in found]
        found.update(more)
        todo += more


def _pairs(pack: Pack, parts: Sequence[Flags], named: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Each delta and its base, where bases are given by id too, and may stand anywhere."""
    for part in parts:
        for offset, base in zip(pack.order[part.start:part.stop], part.bases):
            base = named.get(offset, base)
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
        begins = _first(pack, offset)
    except DamagedError:
        return False
    return bool(begins.inserted or begins.offset) or begins.length < _BEGINNING


def _first(pack: Pack, offset: int) -> First:
    try:
        return first(read(pack, offset, _BEGINNING).data)
    except DamagedError:
        # a delta's sizes may be padded to any length
        return first(read(pack, offset).data)

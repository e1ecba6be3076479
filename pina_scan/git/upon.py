"""What stands upon flagged entries of a pack: every delta whose object has something of theirs."""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from pina_scan.errors import DamagedError
from pina_scan.git.delta import first
from pina_scan.git.flag import Flags
from pina_scan.git.pack import KINDS
from pina_scan.git.pack import LARGE
from pina_scan.git.pack import Pack
from pina_scan.git.pack import head
from pina_scan.git.pack import read

#: An object that has so much of its base's beginning begins as that does.
_BEGINNING = 512


def upon(pack: Pack, parts: Iterable[Flags]) -> set[int]:
    """The flagged entries of a whole pack, and every one that is a delta upon one of them, directly or not.

    So are those that begin otherwise than their base, where what makes a beginning interesting stands anywhere in what
    they are made of, and those upon what is damaged, of which git may have another copy.
    """
    parts = sorted(parts, key=lambda part: part.start)
    found: set[int] = set()
    within: set[int] = set()
    for part in parts:
        found |= part.flagged
        found.update(part.large)
        found.update(offset for offset, _ in part.damaged)
        within |= part.within
    _close(pack, parts, within)
    found.update(offset for offset in within if _begins_anew(pack, offset))
    _close(pack, parts, found)
    return found


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

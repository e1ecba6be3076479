"""Objects of a pack, put together from their deltas."""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from pina_scan.errors import DamagedError
from pina_scan.git import delta
from pina_scan.git import pack as packs
from pina_scan.git.pack import Pack

_CACHE = 1 << 25
#: Deltas that are held at once, on the way to their base.
_WAITING = 1 << 26

#: Gives an object that is not in this pack, by its id in hex, as (kind, content); None if there is none.
Outside = Callable[[str], 'tuple[str, bytes] | None']


class TooLarge(Exception):
    """The object is more than should be held in memory."""


class Resolver:
    """Keeps the last objects it made, since what is a delta upon one mostly comes right behind it in the pack."""

    def __init__(self, pack: Pack, outside: Outside) -> None:
        self._pack = pack
        self._outside = outside
        self._cache: OrderedDict[int, tuple[str, bytes]] = OrderedDict()
        self._held = 0
        self._by_name: dict[bytes, int] | None = None

    def resolve(self, offset: int) -> tuple[str, bytes]:
        """The object's kind and content. Raises DamagedError and TooLarge."""
        todo: list[tuple[int, bytes]] = []
        waiting = 0
        seen: set[int] = set()
        at = offset
        while True:
            found = self._cached(at)
            if found is not None:
                break
            if at in seen:
                raise DamagedError('its deltas go round in a circle')
            seen.add(at)
            kind, size, _ = packs.head(self._pack, at)
            if size > packs.LARGE:
                raise TooLarge
            entry = packs.read(self._pack, at)
            if kind in packs.KINDS:
                found = packs.KINDS[kind], entry.data
                self._keep(at, found)
                break
            if kind not in (packs.OFS_DELTA, packs.REF_DELTA):
                raise DamagedError(f'it is of type {kind}, which there is not')
            waiting += len(entry.data)
            if delta.sizes(entry.data)[1] > packs.LARGE or waiting > _WAITING:
                raise TooLarge
            todo.append((at, entry.data))
            base = entry.base if isinstance(entry.base, int) else self._here(entry.base)
            if base is None:
                assert isinstance(entry.base, bytes)
                found = self._outside(entry.base.hex())
                if found is None:
                    raise DamagedError(f'its base {entry.base.hex()} is not there')
                break
            if base <= 0:
                raise DamagedError('its base is before the beginning of the pack')
            at = base
        for made, instructions in reversed(todo):
            found = found[0], delta.apply(found[1], instructions)
            self._keep(made, found)
        return found

    def _here(self, name: bytes) -> int | None:
        if self._by_name is None:
            index = self._pack.idx
            size = index.hash_size
            self._by_name = {
                index.names[number * size:(number + 1) * size]: offset for number, offset in enumerate(index.offsets)
            }
        return self._by_name.get(name)

    def _cached(self, offset: int) -> tuple[str, bytes] | None:
        found = self._cache.get(offset)
        if found is not None:
            self._cache.move_to_end(offset)
        return found

    def _keep(self, offset: int, found: tuple[str, bytes]) -> None:
        self._cache[offset] = found
        self._held += len(found[1])
        while self._held > _CACHE and len(self._cache) > 1:
            self._held -= len(self._cache.popitem(last=False)[1][1])

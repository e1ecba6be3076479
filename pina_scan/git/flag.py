"""Which entries of a pack are worth resolving: each is inflated once, none is resolved.

Why that is enough is said in `docs/history.md`.
"""
from __future__ import annotations

import os
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.git.delta import Seams
from pina_scan.git.delta import inserts_after_copies
from pina_scan.git.inflate import ERRORS
from pina_scan.git.inflate import SAFE
from pina_scan.git.inflate import inflate
from pina_scan.git.pack import LARGE
from pina_scan.git.pack import OFS_DELTA
from pina_scan.git.pack import REF_DELTA
from pina_scan.git.pack import Pack
from pina_scan.git.pack import content
from pina_scan.git.probe import Probe

#: Inflated bytes that are looked at together; more would not fit a processor's cache.
_TOGETHER = 1 << 22
#: How much of a pack is read at a time.
CHUNK = 1 << 20
_READ = CHUNK + 2 * LARGE
_DAMAGE: tuple[type[Exception], ...] = (DamagedError, OverflowError, *ERRORS)


class Flags(NamedTuple):
    """What one stretch of a pack has. Entries are named by their offsets.

    `bases` goes with `pack.order[start:stop]`: the base's offset, 0 for none or one that is named by id, which is in
    `by_name`. `flagged` are worth resolving; `large` too, and can't be held in memory; `damaged` come with why.
    """

    start: int
    stop: int
    bases: array[int]
    by_name: dict[int, bytes]
    flagged: set[int]
    large: list[int]
    damaged: list[tuple[int, str]]
    inflated: int


class Flagger:
    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._seams = Seams(probe.reach)

    def chunk(self, pack: Pack, start: int, stop: int) -> Flags:
        """Looks at `pack.order[start:stop]`, whose bytes are read in one go."""
        order = pack.order
        first = order[start]
        ends = [*order[start + 1:stop], order[stop] if stop < len(order) else pack.end]
        # of an entry that is longer than that the header is enough: it is large
        data = os.pread(pack.fd, max(0, min(ends[-1] - first, _READ)), first)
        view = memoryview(data)
        flags = Flags(start, stop, array('Q'), {}, set(), [], [], 0)
        heads = self._probe.heads
        offsets: list[int] = []
        entries: list[bytes] = []
        deltas: list[bytes] = []
        delta_offsets: list[int] = []
        held = total = 0
        base_of = flags.bases.append
        hash_size = pack.idx.hash_size
        for offset, end in zip(order[start:stop], ends):
            base = 0
            try:
                # what `pack.header` does, written out: a call and a tuple for each of a million entries is a fifth more
                at = offset - first
                byte = data[at]
                at += 1
                kind = byte >> 4 & 7
                size = byte & 15
                shift = 4
                while byte & 0x80:
                    byte = data[at]
                    at += 1
                    size |= (byte & 0x7F) << shift
                    shift += 7
                if kind == OFS_DELTA:
                    byte = data[at]
                    at += 1
                    back = byte & 0x7F
                    while byte & 0x80:
                        byte = data[at]
                        at += 1
                        back = (back + 1 << 7) | (byte & 0x7F)
                    base = offset - back
                elif kind == REF_DELTA:
                    flags.by_name[offset] = data[at:at + hash_size]
                    at += hash_size
                elif not 1 <= kind <= 4:
                    raise DamagedError(f'it is of type {kind}, which there is not')
                if size > LARGE:
                    flags.large.append(offset)
                    base_of(base)
                    continue
                stream = view[at:end - first]
                raw = inflate(stream, 15, size or 1) if len(stream) <= SAFE else content(stream, size)
                if len(raw) != size:
                    raise DamagedError(f'its data is not the {size} bytes that it says')
            except IndexError:
                flags.damaged.append((offset, 'the pack ends within it'))
                base_of(0)
                continue
            except _DAMAGE as error:
                flags.damaged.append((offset, str(error)))
                base_of(0)
                continue
            base_of(base)
            held += size
            if kind >= OFS_DELTA:
                deltas.append(raw)
                delta_offsets.append(offset)
            else:
                entries.append(raw)
                offsets.append(offset)
                if heads and raw.startswith(heads):
                    flags.flagged.add(offset)
            if held > _TOGETHER:
                self._look(flags.flagged, entries, offsets, deltas, delta_offsets)
                entries, offsets, deltas, delta_offsets = [], [], [], []
                total += held
                held = 0
        self._look(flags.flagged, entries, offsets, deltas, delta_offsets)
        return flags._replace(inflated=total + held)

    def _look(
            self, flagged: set[int], entries: list[bytes], offsets: list[int], deltas: list[bytes], delta_offsets: list[int],
    ) -> None:
        probe = self._probe
        full = b''.join(entries)
        flagged.update(offsets[n] for n in _numbers(probe.anywhere(full), entries))
        joined = b''.join(deltas)
        flagged.update(delta_offsets[n] for n in _numbers(probe.anywhere(joined), deltas))
        if probe.heads:
            flagged.update(delta_offsets[n] for n in _numbers(probe.heads_in_deltas(joined), deltas))
        seams = probe.anchors(self._seams.joined(joined))
        if seams:
            flagged.update(delta_offsets[n] for n in _numbers(self._seams.places(joined, list(seams)), deltas))
        for n in _numbers(probe.in_deltas(joined), deltas):
            if any(probe.torn(deltas[n], start, end) for start, end in inserts_after_copies(deltas[n])):
                flagged.add(delta_offsets[n])


def _numbers(places: Sequence[int], pieces: list[bytes]) -> Iterator[int]:
    """Which pieces, laid end to end, those places fall into, each once if the places are in order."""
    if not places:
        return
    ends = list(accumulate(map(len, pieces)))
    last = -1
    for place in places:
        number = bisect_right(ends, place)
        if number != last and number < len(pieces):
            last = number
            yield number


def upon(pack: Pack, parts: Iterable[Flags]) -> set[int]:
    """The flagged entries of a whole pack, and every one that is a delta upon one of them, directly or not."""
    parts = sorted(parts, key=lambda part: part.start)
    found: set[int] = set()
    for part in parts:
        found |= part.flagged
        found.update(part.large)
    names: dict[int, bytes] = {}
    for part in parts:
        names |= part.by_name
    if names:
        return _closure(pack, parts, names, found)
    for part in parts:
        # a base that is given by distance stands before its deltas: one pass in order reaches every depth
        for offset, base in zip(pack.order[part.start:part.stop], part.bases):
            if base in found:
                found.add(offset)
    return found


def _closure(pack: Pack, parts: Iterable[Flags], names: dict[int, bytes], found: set[int]) -> set[int]:
    """The same where bases are given by id, and may stand anywhere."""
    by_name = _offsets_of(pack, set(names.values()))
    deltas: dict[int, list[int]] = {}
    for part in parts:
        for offset, base in zip(pack.order[part.start:part.stop], part.bases):
            if offset in names:
                base = by_name.get(names[offset], 0)
            if base:
                deltas.setdefault(base, []).append(offset)
    todo = list(found)
    while todo:
        more = [offset for offset in deltas.get(todo.pop(), ()) if offset not in found]
        found.update(more)
        todo += more
    return found


def _offsets_of(pack: Pack, names: set[bytes]) -> dict[bytes, int]:
    index = pack.idx
    size = index.hash_size
    return {
        name: offset
        for number, offset in enumerate(index.offsets)
        if (name := index.names[number * size:(number + 1) * size]) in names
    }

"""Which entries of a pack are worth resolving: each is inflated once, none is resolved.

Why that is enough is said in `docs/history.md`.
"""
from __future__ import annotations

from array import array
from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import accumulate
from itertools import compress
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.git.delta import ENOUGH
from pina_scan.git.delta import Seams
from pina_scan.git.delta import first
from pina_scan.git.delta import first_own
from pina_scan.git.delta import inserted
from pina_scan.git.inflate import ERRORS
from pina_scan.git.inflate import SAFE
from pina_scan.git.inflate import SHORT
from pina_scan.git.inflate import inflate
from pina_scan.git.inflate import inflate_short
from pina_scan.git.pack import LARGE
from pina_scan.git.pack import OFS_DELTA
from pina_scan.git.pack import REF_DELTA
from pina_scan.git.pack import Pack
from pina_scan.git.pack import content
from pina_scan.git.pack import piece
from pina_scan.git.probe import Probe

#: Inflated bytes that are looked at together; more would not fit a processor's cache.
_TOGETHER = 1 << 22
#: How much of a pack is read at a time.
CHUNK = 1 << 20
_READ = CHUNK + 2 * LARGE
_DAMAGE: tuple[type[Exception], ...] = (DamagedError, OverflowError, *ERRORS)
COMMIT, TREE, BLOB, TAG, DELTA = 1, 2, 3, 4, OFS_DELTA
#: What is looked at together, by kind: inflated entries, and their offsets.
Lots = dict[int, tuple[list[bytes], list[int]]]


class Flags(NamedTuple):
    """What one stretch of a pack has. Entries are named by their offsets.

    `bases` goes with `pack.order[start:stop]`: the base's offset, 0 for none or one that is named by id, which is in
    `by_name`. `flagged` are worth resolving; `large` too, and can't be held in memory; `damaged` come with why. `heads` are
    deltas of what may begin as something that is, `within` have what would flag an object that begins with it.
    """

    start: int
    stop: int
    bases: array[int]
    by_name: dict[int, bytes]
    flagged: set[int]
    heads: set[int]
    within: set[int]
    large: list[int]
    damaged: list[tuple[int, str]]
    inflated: int


class Flagger:
    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._seams = Seams(probe.torn)
        self._first_own = first_own(probe.starts, probe.further_in).match

    def chunk(self, pack: Pack, start: int, stop: int) -> Flags:
        """Looks at `pack.order[start:stop]`, whose bytes are read in one go."""
        order = pack.order
        first = order[start]
        ends = [*order[start + 1:stop], order[stop] if stop < len(order) else pack.end]
        # of an entry that is longer than that the header is enough: it is large
        data, missing = b'', 'the pack ends within it'
        try:
            data = piece(pack, min(ends[-1] - first, _READ), first)
        except DamagedError as error:
            missing = str(error)
        view = memoryview(data)
        flags = Flags(start, stop, array('Q'), {}, set(), set(), set(), [], [], 0)
        lots: Lots = {COMMIT: ([], []), TREE: ([], []), BLOB: ([], []), TAG: ([], []), DELTA: ([], [])}
        deltas, delta_offsets = lots[DELTA]
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
                    if back > offset:
                        raise DamagedError('its base is before the beginning of the pack')
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
                end -= first
                length = end - at
                if length < SHORT:
                    raw = inflate_short(data[at:end], 15, size + 1)
                elif length <= SAFE:
                    # as bytes: a copy of so few takes less than a view
                    raw = inflate(data[at:end], 15, size + 1)
                else:
                    raw = content(view[at:end], size)
                if len(raw) != size:
                    raise DamagedError(f'its data is not the {size} bytes that it says')
            except IndexError:
                flags.damaged.append((offset, missing))
                base_of(0)
                continue
            except _DAMAGE as error:
                flags.damaged.append((offset, str(error)))
                base_of(0)
                continue
            base_of(base)
            if kind >= OFS_DELTA:
                deltas.append(raw)
                delta_offsets.append(offset)
            else:
                pieces, offsets = lots[kind]
                pieces.append(raw)
                offsets.append(offset)
            held += size
            if held > _TOGETHER:
                self._look(flags, lots)
                total += held
                held = 0
        self._look(flags, lots)
        # nearly all bases stand in the same stretch: only the others are looked for
        outside = set(flags.bases).difference(order[start:stop], (0,))
        unlisted = {base for base in outside if not _listed(order, base)}
        if unlisted:
            # git takes a base from where the delta says, of which the index needs to know nothing
            flags.flagged.update(offset for offset, base in zip(order[start:stop], flags.bases) if base in unlisted)
        return flags._replace(inflated=total + held)

    def _look(self, flags: Flags, lots: Lots) -> None:
        probe = self._probe
        for kind, (pieces, offsets) in lots.items():
            if not pieces:
                continue
            joined = b''.join(pieces)
            found = probe.look(joined)
            places = [*found.anywhere]
            if kind != COMMIT:
                places += probe.broad(joined)
            flags.flagged.update(offsets[n] for n in _numbers(places, pieces))
            if kind == DELTA:
                within = [at for at in found.within if not joined.startswith(probe.by_chance, at)]
                flags.within.update(offsets[n] for n in _numbers(within, pieces))
                self._deltas(flags, pieces, offsets, joined)
            elif kind == BLOB:
                flags.within.update(offsets[n] for n in _numbers(found.within, pieces))
                flags.flagged.update(offset for offset, piece in zip(offsets, pieces) if probe.begins(piece))
                # a run may go on in the next object, but for what is put between
                runs = _numbers(probe.runs(b'\0'.join(pieces), False), pieces, 1)
                flags.flagged.update(offsets[n] for n in runs if probe.has(pieces[n]))
            pieces.clear()
            offsets.clear()

    def _deltas(self, flags: Flags, deltas: list[bytes], offsets: list[int], joined: bytes) -> None:
        probe = self._probe
        seams = probe.seams(self._seams.joined(joined))
        if seams:
            flags.flagged.update(offsets[n] for n in _numbers(self._seams.places(joined, list(seams)), deltas))
        # none begins in the delta before: the size of an object that has one is a number of two bytes, the first above 127
        runs = _numbers(probe.runs(joined, True), deltas)
        flags.flagged.update(offsets[n] for n in runs if probe.has(_from(deltas[n], inserted)))
        for offset, delta in compress(zip(offsets, deltas), map(self._first_own, deltas)):
            head = _from(delta, _first_insert)
            if probe.begins(head) or len(head) < ENOUGH and probe.may_begin(head):
                flags.heads.add(offset)


def _listed(order: array[int], offset: int) -> bool:
    at = bisect_left(order, offset)
    return at < len(order) and order[at] == offset


def _first_insert(delta: bytes) -> bytes:
    return first(delta).inserted


def _from(delta: bytes, part: Callable[[bytes], bytes]) -> bytes:
    """A part of a delta; nothing of what is no delta, which is found out when it is resolved."""
    try:
        return part(delta)
    except DamagedError:
        return b''


def _numbers(places: Sequence[int], pieces: list[bytes], between: int = 0) -> Iterator[int]:
    """Which pieces, laid end to end or so far apart, those places fall into, each once if the places are in order."""
    if not places:
        return
    ends = list(accumulate(map(between.__add__, map(len, pieces))))
    last = -1
    for place in places:
        number = bisect_right(ends, place)
        if number != last and number < len(pieces):
            last = number
            yield number

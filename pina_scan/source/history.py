"""Every object of a repository, reachable or not: its packs are looked through first, without resolving.

What is left to read after that, `source.reading` reads: what of the packs is worth resolving, the loose objects, the
files beside them.
"""
from __future__ import annotations

import os
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Set
from itertools import compress
from typing import NamedTuple

from pina_scan.blob import Unread
from pina_scan.errors import DamagedError
from pina_scan.errors import why
from pina_scan.git import loose
from pina_scan.git import packindex
from pina_scan.git.flag import CHUNK
from pina_scan.git.flag import Flagger
from pina_scan.git.flag import Flags
from pina_scan.git.pack import Pack
from pina_scan.git.pack import chunks
from pina_scan.git.pack import open_pack
from pina_scan.git.pack import whole as is_whole
from pina_scan.git.probe import Probe
from pina_scan.git.repository import Repository
from pina_scan.git.stores import Store
from pina_scan.git.stores import packs
from pina_scan.git.stores import stores
from pina_scan.git.upon import upon
from pina_scan.meter import Meter
from pina_scan.parallel import fan_out
from pina_scan.source.from_git import NAMELESS
from pina_scan.source.known import Known

#: Below this many bytes of packs, processes cost more than they save.
_WORTH_WORKERS = 1 << 22
#: From so many on it pays to make what looks through them faster, which takes 100 ms.
_MUCH = 1 << 25
#: As many as `fan_out` surely takes.
_TASKS = 1 << 10
#: How what lies in an object without a path is named.
_BY_ID = re.compile(rb'(?:' + NAMELESS + rb'|commit |tag )([0-9a-f]+)')
#: What `meter` says is being done: packs.
_PACKED = 1


class Wanted(NamedTuple):
    """What of a pack is worth resolving: offset and id, in the order of offsets; and what is damaged, with why.
    `stamp` is the pack's; `sound`: it is all there."""

    pack: Pack
    stamp: str
    sound: bool
    objects: list[tuple[int, str]]
    damaged: list[tuple[int, str, str]]


class Survey(NamedTuple):
    """What a repository's stores hold. `remembered` are the ids that packs which are known held.

    `loose` counts each store's loose objects, `objects` all that is there, `bytes` what was inflated of packs. `again`:
    this one has only the packs that were not there, or were gone, when an earlier one looked.
    """

    repository: Repository
    stores: list[Store]
    wanted: list[Wanted]
    remembered: list[str]
    unread: list[Unread]
    loose: list[int]
    objects: int
    bytes: int
    again: bool


def survey(
        repository: Repository, probe: Callable[[bool], Probe], jobs: int, known: Known, done: set[bytes],
        meter: Meter | None = None,
) -> Survey:
    """Looks through every pack but those that are known, and those in `done`, to which it adds what it looked at.

    `meter` counts the entries of packs.

    While git repacks, objects move: from loose ones and old packs into a new one, before the old are removed. What is
    open stays readable; what went in the meantime is in a pack that the next survey meets.
    """
    again = bool(done)
    # its own store too, if the environment names another
    own = dict.fromkeys((repository.objects, os.path.join(repository.common, b'objects')))
    found, missing = stores(
        [Store(path, repository.id_length) for path in own if path == repository.objects or os.path.isdir(path)],
        repository.git.environ, repository.top,
    )
    unread = [] if again else [Unread(shown(repository, path), reason) for path, reason in missing]
    unread += () if again else _left_out(repository)
    done.add(b'')
    opened: list[tuple[Pack, str]] = []
    remembered: list[str] = []
    counts = []
    objects = inflated = 0
    for store in found:
        for path in new_packs(store, done):
            try:
                stamp = packindex.stamp(path, store.hash_size)
                ids = known.get(stamp.text)
                if ids is None:
                    opened.append((open_pack(path, store.hash_size), stamp.text))
            except FileNotFoundError as error:
                if not os.path.islink(path) and not os.path.islink(packindex.beside(path, b'.idx')):
                    continue  # removed in the meantime
                unread.append(Unread(shown(repository, path), why(error)))
            except DamagedError as error:
                unread.append(Unread(shown(repository, path), str(error)))
            except OSError as error:
                unread.append(Unread(shown(repository, path), why(error)))
            else:
                objects += stamp.objects
                remembered += ids or ()
            done.add(path)
        counts.append(0 if again else sum(1 for _ in loose.names(store.folder)))
    wanted = []
    asked = probe(sum(pack.end for pack, _ in opened) >= _MUCH) if opened else None
    for (pack, stamp_text), parts in zip(opened, _flags([pack for pack, _ in opened], asked, jobs, meter)):
        reasons = dict(item for part in parts for item in part.damaged)
        sound = pack.idx.sound and is_whole(pack) and not reasons
        if not is_whole(pack):
            unread.append(Unread(shown(repository, pack.path), 'it does not end with its checksum: it was cut short or changed'))
        if not pack.idx.sound:
            unread.append(Unread(shown(repository, pack.path), 'its index is damaged: objects may be missing or misnamed'))
        assert asked is not None
        offsets = upon(pack, parts, asked) - reasons.keys()
        damaged = [(offset, name, reasons[offset]) for offset, name in _by_id(pack, reasons.keys())]
        wanted.append(Wanted(pack, stamp_text, sound, _by_id(pack, offsets), damaged))
        inflated += sum(part.inflated for part in parts)
    return Survey(
        repository, found, wanted, remembered, unread, counts, objects + sum(counts), inflated, again,
    )


def new_packs(store: Store, done: set[bytes]) -> list[bytes]:
    return [path for path in packs(store) if path not in done]


def _left_out(repository: Repository) -> Iterator[Unread]:
    """What was never fetched is not scanned."""
    if repository.shallow:
        yield Unread(
            shown(repository, os.path.join(repository.common, b'shallow')),
            'this clone is shallow: the history before it is not here. `git fetch --unshallow`, or `fetch-depth: 0` in CI',
        )
    if repository.filtered:
        yield Unread(
            shown(repository, os.path.join(repository.common, b'config')),
            'this is a partial clone: objects that were not needed yet are not here',
        )


def _flags(todo: list[Pack], probe: Probe | None, jobs: int, meter: Meter | None) -> list[list[Flags]]:
    if probe is None:
        return []
    flagger = Flagger(probe)
    work = [(number, start, stop) for number, pack in enumerate(todo) for start, stop in chunks(pack, CHUNK)]
    if sum(pack.end for pack in todo) < _WORTH_WORKERS:
        jobs = 1

    tasks = min(len(work), _TASKS)
    if meter is not None:
        meter.begin(_PACKED, sum(stop - start for _, start, stop in work))

    def task(number: int) -> list[tuple[int, Flags]]:
        done = []
        for n, start, stop in work[number::tasks]:
            done.append((n, flagger.chunk(todo[n], start, stop)))
            if meter is not None:
                meter.add(stop - start)
        return done

    found: list[list[Flags]] = [[] for _ in todo]
    for answers in fan_out(tasks, jobs, task):
        for number, flags in answers:
            found[number].append(flags)
    return found


def _by_id(pack: Pack, offsets: Set[int]) -> list[tuple[int, str]]:
    if not offsets:
        return []
    index = pack.idx
    found = compress(range(len(index.offsets)), map(offsets.__contains__, index.offsets))
    return sorted((index.offsets[number], index.name(number)) for number in found)


def remember(found: Survey, known: Known, ids: set[str], unread: Iterable[Unread]) -> None:
    """Keeps what the packs held that are all there: of `ids`, which have findings, and of what couldn't be read. Both
    are read again the next time, and nothing else."""
    ids = ids | {
        found[1].decode('ascii') for found in map(_BY_ID.match, (item.path for item in unread)) if found is not None
    }
    for wanted in found.wanted:
        if wanted.sound:
            known.put(wanted.stamp, ids.intersection(name for _, name in wanted.objects))


def shown(repository: Repository, path: bytes) -> bytes:
    """A path of the git dir as reports name it: below `.git`, or below a bare repository itself."""
    common = os.path.realpath(repository.common)
    # a link is where it stands, not where it leads
    below = os.path.relpath(os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path)), common)
    if below.startswith(b'..'):
        return path
    name = b'.git' if os.path.basename(common) == b'.git' else b''
    return os.path.normpath(os.path.join(name, below)) if below != b'.' else name

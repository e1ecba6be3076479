"""Every object of a repository, reachable or not, and the files beside them.

Packs are looked through first, without resolving (`survey`); then `items` gives what of them is worth resolving, the
loose objects and the files. Both are cut into parts that processes can share.
"""
from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import DamagedError
from pina_scan.errors import GitError
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
from pina_scan.git.resolve import Resolver
from pina_scan.git.resolve import TooLarge
from pina_scan.git.stores import Store
from pina_scan.git.stores import packs
from pina_scan.git.stores import stores
from pina_scan.git.upon import upon
from pina_scan.parallel import fan_out
from pina_scan.source import files
from pina_scan.source import gitdir
from pina_scan.source.from_git import NAMELESS
from pina_scan.source.from_git import Borrowed
from pina_scan.source.from_git import streamed
from pina_scan.source.from_git import whole
from pina_scan.source.known import Known

#: Below this many bytes of packs, processes cost more than they save.
_WORTH_WORKERS = 1 << 22
#: As many as `fan_out` surely takes.
_TASKS = 1 << 10
#: Damaged objects of one pack that are named one by one.
_NAMED = 20


class Wanted(NamedTuple):
    """What of a pack is worth resolving: offset and id, in the order of offsets. `stamp` is the pack's."""

    pack: Pack
    stamp: str
    objects: list[tuple[int, str]]


class Survey(NamedTuple):
    """What a repository's stores hold. `remembered` are the ids that packs which are known held.

    `objects` counts what is there, `bytes` what was inflated of packs.
    """

    repository: Repository
    stores: list[Store]
    wanted: list[Wanted]
    remembered: list[str]
    unread: list[Unread]
    objects: int
    bytes: int


def survey(repository: Repository, probe: Probe, jobs: int, known: Known) -> Survey:
    """Looks through every pack but those that are known."""
    found, missing = stores([Store(repository.objects, repository.id_length)], repository.git.environ)
    unread = [Unread(_shown(repository, path), reason) for path, reason in missing]
    unread += _left_out(repository)
    opened: list[tuple[Pack, str]] = []
    remembered: list[str] = []
    objects = inflated = 0
    for store in found:
        for path in packs(store):
            try:
                stamp = packindex.stamp(path, store.hash_size)
                ids = known.get(stamp.text)
                if ids is None:
                    opened.append((open_pack(path, store.hash_size), stamp.text))
            except FileNotFoundError:
                continue  # repacked in the meantime: its objects are in another pack
            except DamagedError as error:
                unread.append(Unread(_shown(repository, path), str(error)))
            except OSError as error:
                unread.append(Unread(_shown(repository, path), (error.strerror or str(error)).lower()))
            else:
                objects += stamp.objects
                remembered += ids or ()
        objects += sum(1 for _ in loose.names(store.folder))
    wanted = []
    for (pack, stamp_text), parts in zip(opened, _flags([pack for pack, _ in opened], probe, jobs)):
        damaged = [item for part in parts for item in part.damaged]
        if not is_whole(pack):
            unread.append(Unread(_shown(repository, pack.path), 'it does not end with its checksum: it was cut short or changed'))
        if not pack.idx.sound:
            unread.append(Unread(_shown(repository, pack.path), 'its index is damaged: objects may be missing or misnamed'))
        unread += _damaged(repository, pack, damaged)
        offsets = upon(pack, parts) - {offset for offset, _ in damaged}
        wanted.append(Wanted(pack, stamp_text, _by_id(pack, offsets)))
        inflated += sum(part.inflated for part in parts)
    return Survey(repository, found, wanted, remembered, unread, objects, inflated)


def _left_out(repository: Repository) -> Iterator[Unread]:
    """What was never fetched is not scanned."""
    if repository.shallow:
        yield Unread(
            _shown(repository, os.path.join(repository.common, b'shallow')),
            'this clone is shallow: the history before it is not here. `git fetch --unshallow`, or `fetch-depth: 0` in CI',
        )
    if repository.filtered:
        yield Unread(
            _shown(repository, os.path.join(repository.common, b'config')),
            'this is a partial clone: objects that were not needed yet are not here',
        )


def _flags(todo: list[Pack], probe: Probe, jobs: int) -> list[list[Flags]]:
    work = [(number, start, stop) for number, pack in enumerate(todo) for start, stop in chunks(pack, CHUNK)]
    if sum(pack.end for pack in todo) < _WORTH_WORKERS:
        jobs = 1

    tasks = min(len(work), _TASKS)

    def task(number: int) -> list[tuple[int, Flags]]:
        flagger = Flagger(probe)
        return [(n, flagger.chunk(todo[n], start, stop)) for n, start, stop in work[number::tasks]]

    found: list[list[Flags]] = [[] for _ in todo]
    for answers in fan_out(tasks, jobs, task):
        for number, flags in answers:
            found[number].append(flags)
    return found


def _by_id(pack: Pack, offsets: set[int]) -> list[tuple[int, str]]:
    if not offsets:
        return []
    return sorted((offset, pack.idx.name(n)) for n, offset in enumerate(pack.idx.offsets) if offset in offsets)


def _damaged(repository: Repository, pack: Pack, damaged: list[tuple[int, str]]) -> Iterator[Unread]:
    names = dict(_by_id(pack, {offset for offset, _ in damaged}))
    for offset, reason in sorted(damaged)[:_NAMED]:
        where = f'at {offset} of {os.fsdecode(os.path.basename(pack.path))}'
        yield Unread(NAMELESS + names[offset].encode('ascii'), f'{reason} ({where})')
    if len(damaged) > _NAMED:
        yield Unread(_shown(repository, pack.path), f'{len(damaged) - _NAMED} more of its objects are damaged')


def items(found: Survey, part: int, parts: int) -> Iterator[Blob | Unread]:
    """The blobs of one part in `parts`: of packs only what was flagged, everything else whole."""
    space = files.buffer()
    repository = found.repository
    borrowed = Borrowed(repository.git)
    seen: set[str] = set()
    if part == 0:
        yield from found.unread
        for git_dir in dict.fromkeys(map(os.path.realpath, (repository.common, repository.git_dir))):
            if git_dir == os.path.realpath(repository.common) or not git_dir.startswith(os.path.realpath(repository.common)):
                yield from gitdir.beside(git_dir, _shown(repository, git_dir), space)
    try:
        for name in found.remembered[part::parts]:
            if name not in seen:
                seen.add(name)
                yield from _streamed(borrowed, name, repository.id_length, space)
        for wanted in found.wanted:
            count = len(wanted.objects)
            mine = wanted.objects[count * part // parts:count * (part + 1) // parts]
            yield from _packed(wanted.pack, mine, borrowed, seen, space)
        for store in found.stores:
            yield from _loose(store, part, parts, borrowed, seen, space)
    finally:
        borrowed.close()


def _packed(
        pack: Pack, wanted: list[tuple[int, str]], borrowed: Borrowed, seen: set[str], space: bytearray,
) -> Iterator[Blob | Unread]:
    resolver = Resolver(pack, borrowed)
    for offset, name in wanted:
        if name in seen:
            continue
        seen.add(name)
        try:
            kind, data = resolver.resolve(offset)
        except TooLarge:
            yield from _streamed(borrowed, name, pack.idx.hash_size, space)
        except DamagedError as error:
            yield Unread(NAMELESS + name.encode('ascii'), str(error))
        else:
            yield from whole(kind, name, data, pack.idx.hash_size)


def _loose(
        store: Store, part: int, parts: int, borrowed: Borrowed, seen: set[str], space: bytearray,
) -> Iterator[Blob | Unread]:
    for name in loose.names(store.folder, part, parts):
        if name in seen:
            continue
        seen.add(name)
        shown = NAMELESS + name.encode('ascii')
        try:
            kind, data = loose.read(store.folder, name)
        except DamagedError as error:
            yield Unread(shown, str(error))
        except FileNotFoundError:
            # packed in the meantime, after the packs were listed
            found = borrowed(name)
            if found is not None:
                yield from whole(found[0], name, found[1], store.hash_size)
        except OSError as error:
            yield Unread(shown, (error.strerror or str(error)).lower())
        else:
            if data is None:
                yield from _streamed(borrowed, name, store.hash_size, space)
            else:
                yield from whole(kind, name, data, store.hash_size)


def _streamed(borrowed: Borrowed, name: str, id_length: int, space: bytearray) -> Iterator[Blob | Unread]:
    """An object from git itself, of any size."""
    shown = NAMELESS + name.encode('ascii')
    try:
        yield from streamed(borrowed.git, borrowed.objects(), name, shown, id_length, space)
    except GitError as error:
        borrowed.close()
        yield Unread(shown, str(error))


def remember(found: Survey, known: Known, ids: set[str]) -> None:
    """Keeps what the packs held that were read: `ids` are all objects with findings."""
    for wanted in found.wanted:
        known.put(wanted.stamp, ids.intersection(name for _, name in wanted.objects))


def _shown(repository: Repository, path: bytes) -> bytes:
    """A path of the git dir as reports name it: below `.git`, or below a bare repository itself."""
    common = os.path.realpath(repository.common)
    below = os.path.relpath(os.path.realpath(path), common)
    if below.startswith(b'..'):
        return path
    name = b'.git' if os.path.basename(common) == b'.git' else b''
    return os.path.normpath(os.path.join(name, below)) if below != b'.' else name

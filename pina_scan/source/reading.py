"""What a survey has left to read, in pieces that processes share: the longest first, so that none is waited for."""
from __future__ import annotations

import heapq
import os
from collections.abc import Callable
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import DamagedError
from pina_scan.errors import GitError
from pina_scan.errors import why
from pina_scan.git import loose
from pina_scan.git.pack import length
from pina_scan.git.regular import NotAFile
from pina_scan.git.repository import included
from pina_scan.git.resolve import Resolver
from pina_scan.git.resolve import TooLarge
from pina_scan.git.stores import Store
from pina_scan.source import files
from pina_scan.source import gitdir
from pina_scan.source.from_git import NAMELESS
from pina_scan.source.from_git import Borrowed
from pina_scan.source.from_git import streamed
from pina_scan.source.from_git import whole
from pina_scan.source.history import Survey
from pina_scan.source.history import shown

#: Objects of a pack that are read together: bases stand near their deltas.
_TOGETHER = 64
#: An entry that takes more of a pack may take long to scan, an archive or a document mostly.
_LONG = 1 << 16
#: So many damaged objects of a pack are named one by one, and so many does git fail to read before it isn't asked again.
_NAMED = 20
#: Loose objects that are worth a piece of their own.
_LOOSE = 500
#: Of a kind, for each pack and store.
_MOST_PIECES = 256


class Piece(NamedTuple):
    """`weight` is what it takes of a pack, in bytes, if that is one long entry; `read` gives its blobs."""

    weight: int
    read: Callable[[], Iterator[Blob | Unread]]


class Reading:
    """Each process has its own, and keeps from one piece to the next what it resolved and the git it asks."""

    def __init__(self, found: Survey) -> None:
        self._found = found
        self._repository = found.repository
        self._borrowed = Borrowed(found.repository.git)
        self._space = files.buffer()
        #: how often git had no other copy of what is damaged, by pack; -1 for loose objects
        self._failed: dict[int, int] = {}
        self._resolvers = [Resolver(wanted.pack, self._borrowed) for wanted in found.wanted]
        pieces = [Piece(0, self._told), Piece(0, self._remembered)]
        for number, wanted in enumerate(found.wanted):
            sizes = {one: length(wanted.pack, one[0]) for one in wanted.objects}
            long = heapq.nlargest(_MOST_PIECES, (one for one in wanted.objects if sizes[one] > _LONG), key=sizes.__getitem__)
            pieces += [Piece(sizes[one], partial(self._packed, number, [one])) for one in long]
            alone = set(long)
            rest = [one for one in wanted.objects if one not in alone]
            size = max(_TOGETHER, len(rest) // _MOST_PIECES + 1)
            pieces += [Piece(0, partial(self._packed, number, rest[at:at + size])) for at in range(0, len(rest), size)]
            if wanted.damaged:
                pieces.append(Piece(0, partial(self._damaged, number)))
        for store, count in zip(found.stores, found.loose):
            parts = min(count // _LOOSE + 1, _MOST_PIECES)
            pieces += [Piece(0, partial(self._loose, store, part, parts)) for part in range(parts)]
        self._pieces = sorted(pieces, key=lambda piece: -piece.weight)

    def __len__(self) -> int:
        return len(self._pieces)

    def piece(self, number: int) -> Iterator[Blob | Unread]:
        return self._pieces[number].read()

    def close(self) -> None:
        self._borrowed.close()

    def _told(self) -> Iterator[Blob | Unread]:
        yield from self._found.unread
        if self._found.again:
            return
        repository = self._repository
        common = os.path.realpath(repository.common)
        for git_dir in dict.fromkeys(map(os.path.realpath, (repository.common, repository.git_dir))):
            if git_dir == common or not git_dir.startswith(common + b'/'):
                yield from gitdir.beside(git_dir, shown(repository, git_dir), self._space, repository.id_length)
        objects = os.path.realpath(repository.objects)
        if not objects.startswith(common + b'/'):
            yield from gitdir.store(objects, shown(repository, objects), self._space)
        for folder in map(os.path.realpath, repository.moved):
            if not (folder + b'/').startswith(common + b'/') and os.path.isdir(folder):
                yield from gitdir.beside(folder, shown(repository, folder), self._space, repository.id_length)
        for path in included(repository):
            yield from files.read(path, self._space, shown(repository, path))

    def _remembered(self) -> Iterator[Blob | Unread]:
        for name in dict.fromkeys(self._found.remembered):
            yield from self._streamed(name, self._repository.id_length)

    def _packed(self, number: int, wanted: list[tuple[int, str]]) -> Iterator[Blob | Unread]:
        resolver = self._resolvers[number]
        id_length = self._found.wanted[number].pack.idx.hash_size
        for offset, name in wanted:
            try:
                kind, data = resolver.resolve(offset)
            except TooLarge:
                yield from self._streamed(name, id_length)
            except DamagedError as error:
                yield from self._elsewhere(number, name, id_length, str(error))
            else:
                yield from whole(kind, name, data, id_length)

    def _damaged(self, number: int) -> Iterator[Blob | Unread]:
        wanted = self._found.wanted[number]
        pack = wanted.pack
        more = 0
        for told, (offset, name, reason) in enumerate(wanted.damaged):
            where = f'at {offset} of {os.fsdecode(os.path.basename(pack.path))}'
            for result in self._elsewhere(number, name, pack.idx.hash_size, f'{reason} ({where})'):
                if isinstance(result, Blob) or told < _NAMED:
                    yield result
                else:
                    more += 1
        if more:
            yield Unread(shown(self._repository, pack.path), f'{more} more of its objects are damaged')

    def _elsewhere(self, number: int, name: str, id_length: int, reason: str) -> Iterator[Blob | Unread]:
        """The object from git, which looks for it in every pack and loose: one damaged copy is no loss."""
        try:
            found = self._borrowed(name) if self._failed.get(number, 0) < _NAMED else None
        except TooLarge:
            yield from self._streamed(name, id_length)
            return
        if found is None:
            self._failed[number] = self._failed.get(number, 0) + 1
            yield Unread(NAMELESS + name.encode('ascii'), reason)
        else:
            yield from whole(found[0], name, found[1], id_length)

    def _loose(self, store: Store, part: int, parts: int) -> Iterator[Blob | Unread]:
        unread: list[tuple[bytes, str]] = []
        for name in loose.names(store.folder, part, parts, unread):
            try:
                kind, data, rest = loose.read(store.folder, name)
            except FileNotFoundError:
                # packed in the meantime, after the packs were listed
                yield from self._streamed(name, store.hash_size)
            except NotAFile as error:
                yield Unread(NAMELESS + name.encode('ascii'), str(error))
            except DamagedError as error:
                yield from self._elsewhere(-1, name, store.hash_size, str(error))
            except OSError as error:
                yield Unread(NAMELESS + name.encode('ascii'), why(error))
            else:
                if data is None:
                    yield from self._streamed(name, store.hash_size)
                else:
                    yield from whole(kind, name, data, store.hash_size)
                if rest:
                    at = NAMELESS + name.encode('ascii')
                    yield Blob(at, rest, object=name)
                    yield Unread(at, f'{len(rest)} bytes stand behind its data, so that git does not read it')
        for folder, reason in unread:
            yield Unread(shown(self._repository, folder), reason)

    def _streamed(self, name: str, id_length: int) -> Iterator[Blob | Unread]:
        """An object from git itself, of any size."""
        at = NAMELESS + name.encode('ascii')
        try:
            yield from streamed(self._borrowed.git, self._borrowed.objects(), name, at, id_length, self._space)
        except GitError as error:
            self._borrowed.close()
            yield Unread(at, str(error))

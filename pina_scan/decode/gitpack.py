"""git's packs, by themselves or in a bundle: every object, put together from its deltas.

gitformat-pack(5), gitformat-bundle(5). Without its index a pack is read from its beginning: where an entry ends shows
when it has been inflated. An object is called by its id.
"""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Generator
from collections.abc import Iterator
from typing import BinaryIO
from typing import NamedTuple

from pina_scan.decode import gitpack_entries as entries
from pina_scan.decode.gitpack_entries import Entry
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Member
from pina_scan.decode.members import NotOne
from pina_scan.decode.members import exactly
from pina_scan.decode.members import text
from pina_scan.errors import DamagedError
from pina_scan.git import delta
from pina_scan.git.pack import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from hashlib import _Hash

#: What is larger is read in pieces and is nobody's base; git makes no deltas of what is beyond core.bigFileThreshold.
_LARGE = 64 << 20
#: Objects that are kept, since what is a delta upon one mostly comes right behind it; and deltas on the way to their base.
_HELD = 64 << 20
#: A bundle's header has a line for each ref.
_MOST_REFS = 16 << 20
_LINE = 1 << 16


class _Object(NamedTuple):
    kind: str
    data: bytes


class _TooLarge(Exception):
    """More than should be held in memory."""


def members(file: BinaryIO, budget: Budget) -> Iterator[Member | Flaw]:
    """Raises NotOne and Damaged."""
    digest = _to_pack(file)
    header = exactly(file, 12)
    if len(header) < 12 or header[:4] != b'PACK' or header[4:8] not in (b'\0\0\0\2', b'\0\0\0\3'):
        raise NotOne
    yield from _Pack(file, budget, digest).objects(int.from_bytes(header[8:], 'big'))


def _to_pack(file: BinaryIO) -> Callable[[bytes], _Hash]:
    """Leads behind a bundle's header, if there is one. Gives the hash that makes its ids."""
    from hashlib import sha1
    from hashlib import sha256

    begin = file.tell()
    if not file.readline(_LINE).startswith(b'# v'):
        file.seek(begin)
        return sha1
    digest = sha1
    while file.tell() < begin + _MOST_REFS and (line := file.readline(_LINE)) not in (b'\n', b''):
        if line == b'@object-format=sha256\n':
            digest = sha256
    return digest


class _Pack:
    def __init__(self, file: BinaryIO, budget: Budget, digest: Callable[[bytes], _Hash]) -> None:
        self._file = file
        self._budget = budget
        self._digest = digest
        self._id_size = digest(b'').digest_size
        self._entries: dict[int, Entry] = {}
        self._ids: dict[bytes, int] = {}
        self._cache: OrderedDict[int, _Object] = OrderedDict()
        self._held = 0

    def objects(self, count: int) -> Iterator[Member | Flaw]:
        at = self._file.tell()
        waiting: list[int] = []
        for _ in range(count):
            self._budget.check()
            offset, entry = at, entries.entry(self._file, at, self._id_size)
            if entry.size > _LARGE:
                if entry.kind not in KINDS:
                    yield Flaw(_nameless(offset), 'a delta that is too large to be held in memory')
                stream = entries.Stream(self._file, entry, _LARGE)
                yield Member(_nameless(offset), stream.read)
                at = stream.to_end(self._budget)
                continue
            data, at = entries.inflated(self._file, entry)
            self._entries[offset] = entry
            if not (yield from self._member(offset, data)):
                waiting.append(offset)
        yield from self._waiting(waiting)

    def _waiting(self, waiting: list[int]) -> Iterator[Member | Flaw]:
        """Deltas upon what came behind them; those upon what is elsewhere, as in a bundle of a range, as they stand."""
        while waiting:
            left = []
            for offset in waiting:
                if not (yield from self._member(offset, None)):
                    left.append(offset)
            if len(left) == len(waiting):
                break
            waiting = left
        if waiting:
            for offset in waiting:
                yield text(_nameless(offset), entries.inflated(self._file, self._entries[offset])[0])
            yield Flaw(None, f'{len(waiting)} of its objects are made of others that it does not have')

    def _member(self, offset: int, data: bytes | None) -> Generator[Member | Flaw, None, bool]:
        """Gives the object; returns whether there was all that it takes."""
        try:
            found = self._object(offset, data)
        except (_TooLarge, DamagedError) as error:
            yield text(_nameless(offset), data or b'')
            why = f'damaged: {error}' if isinstance(error, DamagedError) else 'too large to be put together in memory'
            yield Flaw(_nameless(offset), why)
            return True
        if found is None:
            return False
        name = self._digest(b'%b %d\0%b' % (found.kind.encode(), len(found.data), found.data))
        self._ids[name.digest()] = offset
        yield text(name.hexdigest().encode(), found.data)
        return True

    def _object(self, offset: int, data: bytes | None) -> _Object | None:
        """The object of an entry, whose data may be known; None if a base is not there. Raises DamagedError, _TooLarge."""
        todo: list[tuple[int, bytes]] = []
        held = 0
        at = offset
        while (found := self._cache.get(at)) is None:
            entry = self._entries.get(at)
            if entry is None:
                raise DamagedError('it is made of an object that does not begin there')
            if data is None:
                self._budget.check()
                data = entries.inflated(self._file, entry)[0]
            if entry.kind in KINDS:
                found = self._keep(at, _Object(KINDS[entry.kind], data))
                break
            base = entry.base if isinstance(entry.base, int) else self._ids.get(entry.base)
            if base is None:
                return None
            held += len(data)
            if held > _HELD or delta.sizes(data)[1] > _LARGE:
                raise _TooLarge
            todo.append((at, data))
            at, data = base, None
        for at, instructions in reversed(todo):
            found = self._keep(at, _Object(found.kind, delta.apply(found.data, instructions)))
        return found

    def _keep(self, offset: int, made: _Object) -> _Object:
        self._cache[offset] = made
        self._held += len(made.data)
        while self._held > _HELD and len(self._cache) > 1:
            self._held -= len(self._cache.popitem(last=False)[1].data)
        return made


def _nameless(offset: int) -> bytes:
    return b'(object at %d)' % offset

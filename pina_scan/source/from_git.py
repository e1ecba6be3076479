"""Objects as blobs: what of each kind is content, and what is a name."""
from __future__ import annotations

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import GitError
from pina_scan.git.objects import Objects
from pina_scan.git.run import Git
from pina_scan.source import files
from pina_scan.source.windows import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

#: What goes before an object's id where a path would stand, until one is known.
NAMELESS = b'object '
#: A prefix of five characters and a body of forty: no name below that can have a token, and most are.
_SHORTEST_TOKEN = 45
#: How often git is started again where it ended at a damaged object.
MOST_FAILED = 100
#: As of a pack, what is larger is not held in memory.
_LARGE = 1 << 24
#: A tree of so many bytes has millions of names: more than any folder.
_LARGEST_TREE = 1 << 28


def may_name_one(path: bytes) -> bool:
    """Whether some name in a path is long enough for a token: asked where there is nothing to read but the path."""
    return len(path) >= _SHORTEST_TOKEN and max(map(len, path.split(b'/'))) >= _SHORTEST_TOKEN


def whole(kind: str, name: str, data: bytes, id_length: int, path: bytes | None = None) -> Iterator[Blob]:
    """The blobs of an object that is in memory: a tree's are the names it holds, each with nothing in it."""
    if kind == 'tree':
        # a hook that reads blobs alone loads nothing for it
        from pina_scan.git.names import names

        for entry in names(data, id_length):
            if len(entry) >= _SHORTEST_TOKEN:
                yield Blob(entry, b'', object=name)
    elif kind == 'blob':
        yield Blob(path or NAMELESS + name.encode('ascii'), data, object=name)
    else:
        yield Blob(f'{kind} {name}'.encode('ascii'), data, object=name, commit=name if kind == 'commit' else None)


def streamed(
        git: Git, objects: Objects, name: str, path: bytes, id_length: int, space: bytearray,
) -> Iterator[Blob | Unread]:
    """The blobs of an object, which may be of any size, from git itself. Raises GitError where git breaks off."""
    size = objects.open(name)
    if size is None:
        yield Unread(path, f'the repository does not have its object {name}')
    elif objects.kind == 'blob':
        yield from windows(objects.readinto, space, path, before=again(git, name), object=name)
    elif size > _LARGEST_TREE and objects.kind == 'tree':
        yield Unread(path, f'a tree of {size} bytes')
    elif size > _LARGE and objects.kind != 'tree':
        at = f'{objects.kind} {name}'.encode('ascii')
        for blob in windows(objects.readinto, space, at, before=again(git, name), object=name):
            blob.commit = name if objects.kind == 'commit' else None
            yield blob
    else:
        kind = objects.kind
        yield from whole(kind, name, objects.rest(), id_length)


def again(git: Git, name: str) -> Callable[[int, int], Iterable[bytes]]:
    def before(start: int, end: int) -> Iterator[bytes]:
        with Objects(git) as objects:
            objects.open(name)
            space = files.buffer()
            at_byte = 0
            while at_byte < end and (got := objects.readinto(memoryview(space)[:end - at_byte])):
                yield bytes(space[max(0, start - at_byte):got])
                at_byte += got
    return before


class Borrowed:
    """Objects by id from git, asked for one now and then; it is started when the first is."""

    def __init__(self, git: Git) -> None:
        self.git = git
        self._objects: Objects | None = None

    def __call__(self, name: str) -> tuple[str, bytes] | None:
        """The object's kind and content; None if it isn't there or can't be read. Raises TooLarge."""
        try:
            objects = self.objects()
            size = objects.open(name)
            if size is None:
                return None
            if size > _LARGE:
                # a hook that reads blobs alone loads nothing for it
                from pina_scan.git.resolve import TooLarge

                raise TooLarge
            return objects.kind, objects.rest()
        except GitError:
            self.close()
            return None

    def objects(self) -> Objects:
        if self._objects is None:
            self._objects = Objects(self.git)
        return self._objects

    def close(self) -> None:
        if self._objects is not None:
            self._objects.close()
            self._objects = None

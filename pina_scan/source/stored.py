"""What git has stored, or will store, for a file of the work tree that a filter changes on its way in."""
from __future__ import annotations

import os
from collections.abc import Iterator

from pina_scan.blob import Blob
from pina_scan.git import index
from pina_scan.git.objects import Objects
from pina_scan.git.run import Git
from pina_scan.git.run import at
from pina_scan.source import files
from pina_scan.source.staged import POINTERS
from pina_scan.source.windows import windows


def stored(git: Git, path: bytes) -> Iterator[Blob] | None:
    """The staged blob of `path`, where that and not the file says what git stores; None where the file does.

    The file decides if no filter stands between, if it isn't tracked, if it was edited since it was staged, or if
    what is staged is a pointer: then the file itself goes to a server. Never runs the filter to find out.
    """
    folder, name = os.path.split(os.path.abspath(path))
    git = at(git, folder)
    entry = index.entry_of(git, name)
    if entry is None or entry.mode == index.SYMLINK or not index.has_filter(git, name):
        return None
    if not index.unchanged_since_staged(git, name):
        return None
    with Objects(git) as objects:
        if objects.open(entry.object) is None:
            return None
        head = memoryview(bytearray(128))
        if bytes(head[:objects.readinto(head)]).startswith(POINTERS):
            return None
    return _blobs(git, entry.object, path)


def _blobs(git: Git, object_id: str, path: bytes) -> Iterator[Blob]:
    with Objects(git) as objects:
        objects.open(object_id)
        yield from windows(objects.readinto, files.buffer(), path, object=object_id)

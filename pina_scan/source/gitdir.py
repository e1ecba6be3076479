"""The files beside the objects: config, messages, logs, refs, notes of a rebase or a conflict, LFS's own store."""
from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.source import files


def beside(git_dir: bytes, name: bytes, space: bytearray) -> Iterator[Blob | Unread]:
    """Every regular file and link below a git dir but its objects; `name` is what reports call the folder."""
    todo = [(git_dir, name)]
    while todo:
        folder, shown = todo.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            yield Unread(shown, (error.strerror or str(error)).lower())
            continue
        repository = any(entry.name == b'HEAD' for entry in entries)
        for entry in entries:
            path = os.path.join(shown, entry.name) if shown else entry.name
            if entry.is_dir(follow_symlinks=False):
                if not (repository and entry.name == b'objects'):
                    todo.append((entry.path, path))
            elif _readable(entry):
                yield from files.read(entry.path, space, path)


def _readable(entry: os.DirEntry[bytes]) -> bool:
    """A socket (git's file system monitor has one) holds nothing."""
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except FileNotFoundError:
        return False  # a lock that was there a moment ago
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)

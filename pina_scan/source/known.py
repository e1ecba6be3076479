"""What packs held when they were last read: a pack never changes, so it is read once.

One file for each pack in the user's cache folder, named by what tells the pack and the scanner apart. It has the ids
of the objects that had findings, and a checksum of itself: what is damaged, of another version or not there is read
again. No token, and nothing of a path.
"""
from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

_HEAD = b'pina-scan pack 1\n'


class Known(NamedTuple):
    """`folder` None: nothing is remembered. `scanner` tells one version of what is looked for from the next."""

    folder: bytes | None
    scanner: str

    def get(self, stamp: str) -> list[str] | None:
        """The ids that were remembered, mostly none; None for a pack that has to be read."""
        if self.folder is None or not self._own():
            return None
        try:
            with open(self._path(stamp), 'rb') as file:
                data = file.read()
        except OSError:
            return None
        body, _, check = data.rstrip(b'\n').rpartition(b'\n')
        if not data.startswith(_HEAD) or check != _check(stamp, body + b'\n'):
            return None
        return [line.decode('ascii') for line in body[len(_HEAD):].split()]

    def put(self, stamp: str, ids: Iterable[str]) -> None:
        """Whole or not at all, also where two runs write at once. A cache that can't be written is none."""
        if self.folder is None:
            return
        body = _HEAD + b''.join(name.encode('ascii') + b'\n' for name in sorted(ids))
        partial = self._path(stamp) + b'.%d' % os.getpid()
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            if not self._own():
                return
            with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'wb') as file:
                file.write(body + _check(stamp, body) + b'\n')
            os.replace(partial, self._path(stamp))
        except OSError:
            # a full disk: of what was begun nothing is left
            with suppress(OSError):
                os.unlink(partial)

    def _own(self) -> bool:
        """Whether nobody else writes there: by what is remembered a pack passes for read."""
        assert self.folder is not None
        if not hasattr(os, 'geteuid'):
            return True
        try:
            found = os.stat(self.folder)
        except OSError:
            return False
        return found.st_uid == os.geteuid() and not found.st_mode & stat.S_IWOTH

    def _path(self, stamp: str) -> bytes:
        assert self.folder is not None
        name = hashlib.sha256(f'{stamp} {self.scanner}'.encode()).hexdigest()
        return os.path.join(self.folder, name.encode('ascii'))


def _check(stamp: str, body: bytes) -> bytes:
    return hashlib.sha256(stamp.encode() + b'\n' + body).hexdigest().encode('ascii')

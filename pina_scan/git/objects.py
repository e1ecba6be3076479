"""Objects by id, from one `git cat-file --batch` for as many as are asked for."""
from __future__ import annotations

from pina_scan.errors import GitError
from pina_scan.git.run import Git
from pina_scan.git.run import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import IO

_PIECE = 1 << 20


class Objects:
    """A running cat-file. One object is read at a time, to its end or not, in pieces of the caller's size."""

    def __init__(self, git: Git) -> None:
        self._process = start(git, ('cat-file', '--batch'))
        self._left = 0
        self._open = False
        self.kind = ''

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Also for a second time."""
        try:  # noqa: SIM105 - contextlib is more than a clean hook loads
            self._stdin().close()
        except BrokenPipeError:
            pass  # git is gone already
        # what was asked for and not read would keep git waiting for room in the pipe
        self._stdout().close()
        self._process.wait()

    def open(self, object_id: str) -> int | None:
        """The object's size in bytes, ready to be read; None if the repository doesn't have it."""
        while self._open:
            self._skip()
        try:  # noqa: SIM105
            self._stdin().write(object_id.encode('ascii') + b'\n')
            self._stdin().flush()
        except BrokenPipeError:
            pass  # git is gone: it says no more either
        header = self._stdout().readline().split()
        if header[1:] and header[-1] == b'missing':
            return None
        if len(header) != 3:
            raise GitError(f'git cat-file ended at object {object_id}. `git fsck` says what is damaged.')
        self.kind = header[1].decode('ascii')
        self._left = int(header[2])
        self._open = True
        return self._left

    def readinto(self, buffer: memoryview) -> int:
        """Fills the buffer with what comes next of the object; 0 at its end. Raises GitError if git breaks off."""
        want = min(len(buffer), self._left)
        if not want:
            if self._open:
                self._stdout().read(1)  # the line feed after the contents
                self._open = False
            return 0
        got: int = self._stdout().readinto(buffer[:want])  # type: ignore[attr-defined]
        if not got:
            raise GitError('git cat-file broke off within an object. `git fsck` says what is damaged.')
        self._left -= got
        return got

    def rest(self) -> bytes:
        """All that has not been read of the object. Raises GitError if git breaks off."""
        # no room is made for what a damaged header says: git breaks off before
        data = bytearray()
        piece = memoryview(bytearray(min(max(1, self._left), _PIECE)))
        while got := self.readinto(piece):
            data += piece[:got]
        return bytes(data)

    def _skip(self) -> None:
        self.readinto(memoryview(bytearray(1 << 16)))

    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

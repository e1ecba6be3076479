"""A program that runs beside this one, with pipes: what `subprocess` does, of which the import alone takes 10 ms.

That is most of what a scan of some staged files takes; git itself is started in one.
"""
from __future__ import annotations

import os
import select

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping
    from typing import BinaryIO

#: The interpreter ignores it, and git would inherit that; `signal` takes a millisecond to load. The same everywhere.
_SIGPIPE = 13
_PIECE = 1 << 16
_STANDARD = 3


class Process:
    """As much of `subprocess.Popen` as is needed: `returncode` is negative for a signal, and None until it is waited for."""

    def __init__(self, pid: int, stdin: int, stdout: int, stderr: int | None) -> None:
        self._pid = pid
        self.stdin: BinaryIO = open(stdin, 'wb')
        self.stdout: BinaryIO = open(stdout, 'rb')
        self.stderr: BinaryIO | None = None if stderr is None else open(stderr, 'rb')
        self.returncode: int | None = None

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return self.returncode

    def communicate(self, data: bytes = b'') -> tuple[bytes, bytes]:
        """Writes all of it, reads both streams to their end, and waits. No pipe that is full keeps another waiting."""
        streams = [self.stdout] if self.stderr is None else [self.stdout, self.stderr]
        taken = {stream.fileno(): bytearray() for stream in streams}
        into = self.stdin.fileno()
        left = memoryview(data)
        poll = select.poll()
        for fd in taken:
            poll.register(fd, select.POLLIN)
        if left:
            os.set_blocking(into, False)
            poll.register(into, select.POLLOUT)
        else:
            self.stdin.close()
        waiting = len(taken) + bool(left)
        while waiting:
            for fd, _ in poll.poll():
                if fd == into:
                    left = left[_written(fd, left):]
                    ended = not left
                else:
                    piece = os.read(fd, _PIECE)
                    taken[fd] += piece
                    ended = not piece
                if ended:
                    poll.unregister(fd)
                    waiting -= 1
                    if fd == into:
                        self.stdin.close()
        for stream in streams:
            stream.close()
        self.wait()
        out, err = [*map(bytes, taken.values()), b''][:2]
        return out, err


def _written(fd: int, data: memoryview) -> int:
    """How much the pipe took; all of it where nobody reads any more: what is said then is in the other streams."""
    try:
        return os.write(fd, data)
    except BlockingIOError:
        return 0
    except BrokenPipeError:
        return len(data)


def spawn(words: list[str | bytes], environ: Mapping[str, str], piped: bool) -> Process | subprocess.Popen[bytes]:
    """Starts it in the current folder; its standard error goes to a pipe or nowhere. Raises OSError."""
    if not hasattr(os, 'posix_spawn'):
        return _elsewhere(words, environ, piped)
    pipes = [os.pipe(), os.pipe()]
    if piped:
        pipes.append(os.pipe())
    (their_in, our_in), (our_out, their_out) = pipes[:2]
    our_err, their_err = pipes[2] if piped else (None, None)
    ours = [our_in, our_out] if our_err is None else [our_in, our_out, our_err]
    theirs = [their_in, their_out] if their_err is None else [their_in, their_out, their_err]
    try:
        if min(ours + theirs) < _STANDARD:
            # a standard stream of ours is closed, so that a pipe has its number, which the other process wants itself
            for fd in ours:
                os.close(fd)
            ours.clear()
            return _elsewhere(words, environ, piped)
        actions: list[tuple[int, int, int] | tuple[int, int, str, int, int]] = [
            (os.POSIX_SPAWN_DUP2, fd, number) for number, fd in enumerate(theirs)
        ]
        if not piped:
            actions.append((os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0))
        pid = os.posix_spawn(words[0], words, environ, file_actions=actions, setsigdef=(_SIGPIPE,))
    except BaseException:
        for fd in ours:
            os.close(fd)
        raise
    finally:
        for fd in theirs:
            os.close(fd)
    return Process(pid, our_in, our_out, our_err)


def _elsewhere(words: list[str | bytes], environ: Mapping[str, str], piped: bool) -> subprocess.Popen[bytes]:
    import subprocess

    return subprocess.Popen(
        words, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if piped else subprocess.DEVNULL,
    )

"""Forked processes that take numbered tasks from one queue: a worker starts in a millisecond with everything loaded.

The queue is a pipe: who reads four bytes has the task. What a worker says of its tasks is up to who starts it.
"""
from __future__ import annotations

import os
import signal
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from typing import BinaryIO

NUMBER = struct.Struct('<I')
#: What a pipe surely holds before anybody reads from it (pipe(7): 65,536 bytes on Linux, 16,384 on macOS).
MOST = 16_384 // NUMBER.size

#: A process and the end of a pipe that it answers on.
Worker = tuple[int, int]
#: In a worker the process that it works for: where that was ended, nobody waits for the rest.
_parent: int | None = None


def can_fork() -> bool:
    return hasattr(os, 'fork')


def fill(pipe: int, tasks: Iterable[int]) -> None:
    os.write(pipe, b''.join(map(NUMBER.pack, tasks)))


def taken(queue: int) -> Iterator[int]:
    """The tasks that nobody else took, until there will be no more."""
    while (_parent is None or os.getppid() == _parent) and (number := os.read(queue, NUMBER.size)):
        yield NUMBER.unpack(number)[0]


def start(work: Callable[[BinaryIO], None]) -> Worker:
    """A worker that writes what it has to say. Never back into the parent's code: no second report, no exit handlers."""
    global _parent
    answers, write = os.pipe()
    own = os.getpid()
    child = os.fork()
    if child:
        os.close(write)
        return child, answers
    try:
        _parent = own
        os.close(answers)
        with open(write, 'wb') as file:
            work(file)
    finally:
        os._exit(0)


def end(workers: Iterable[Worker]) -> None:
    for child, answers in workers:
        os.close(answers)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def trace() -> str:
    """Of the exception that is being handled: a worker's failure is handed to the parent, which raises it."""
    import traceback

    return traceback.format_exc()


def failed(trace: str) -> RuntimeError:
    return RuntimeError(f'in a worker:\n{trace}')


def lost(missing: int, count: int) -> RuntimeError:
    """A worker that died had tasks: half a scan is none."""
    return RuntimeError(f'{missing} of {count} tasks were lost with the worker that had them')

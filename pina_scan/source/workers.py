"""Work spread over processes that are forked from this one: they have everything it has, and send back what they made."""
from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable
from typing import Any
from typing import TypeVar

from pina_scan.errors import PinaScanError

R = TypeVar('R')


def processors() -> int:
    """How many this process may use; 1 where there is no fork."""
    if not hasattr(os, 'fork'):
        return 1
    affinity = getattr(os, 'sched_getaffinity', None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def spread(work: Callable[[int], R], parts: int) -> list[R]:
    """`work(0)` to `work(parts - 1)`, all at once; this process does the first. Raises what any of them raised.

    Results go through pickle. A worker that ends without one, because it was killed, is an error: what it was to read
    is unread.
    """
    children = [_start(work, part) for part in range(1, parts)]
    try:
        results = [work(0)]
        results += [_result(reader) for _, reader in children]
    except BaseException:
        for pid, _ in children:
            os.kill(pid, signal.SIGTERM)
        raise
    finally:
        for pid, reader in children:
            os.close(reader)
            os.waitpid(pid, 0)
    return results


def _start(work: Callable[[int], Any], part: int) -> tuple[int, int]:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    code = 1
    try:
        os.close(reader)
        answer = _answer(work, part)
        with open(writer, 'wb') as pipe:
            pickle.dump(answer, pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        # nothing of the parent's runs here: no handlers, no buffers written twice
        os._exit(code)


def _answer(work: Callable[[int], Any], part: int) -> tuple[str, Any]:
    try:
        return 'made', work(part)
    except PinaScanError as error:
        return 'raised', error
    except Exception:  # noqa: BLE001 - raised again by the parent, with this trace
        return 'failed', traceback.format_exc()


def _result(reader: int) -> Any:
    with open(reader, 'rb', closefd=False) as pipe:
        try:
            kind, value = pickle.load(pipe)
        except (EOFError, pickle.UnpicklingError):
            kind, value = 'failed', 'a worker ended before it was done: was it out of memory?'
    if kind == 'raised':
        raise value
    if kind == 'failed':
        raise RuntimeError(value)
    return value


"""Numbered tasks over several processes, by fork: a worker starts in a millisecond with everything loaded."""
from __future__ import annotations

import marshal
import os
import signal
import struct
from collections.abc import Callable
from typing import Any
from typing import TypeVar

T = TypeVar('T')

_PLAIN, _RECORDS = b'm', b'p'
_NUMBER = struct.Struct('<I')
#: What a pipe surely holds before anybody reads from it (pipe(7): 65,536 bytes on Linux, 16,384 on macOS).
_PIPE = 16_384 // _NUMBER.size


def usable_cpus() -> int:
    """How many processors this process may run on."""
    if hasattr(os, 'sched_getaffinity'):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def fan_out(count: int, jobs: int, work: Callable[[int], T]) -> list[T]:
    """`[work(0), …, work(count - 1)]`, worked out by up to `jobs` processes, this one among them.

    Results travel marshalled where they are plain, else pickled, which takes longer to load. A worker that fails or
    dies raises RuntimeError here, with its trace: half a scan is none.
    """
    jobs = min(jobs, count, _PIPE)
    if jobs < 2 or count > _PIPE or not hasattr(os, 'fork'):
        return [work(number) for number in range(count)]
    # The queue is a pipe that holds every number from the start: who reads four bytes has the task.
    queue, fill = os.pipe()
    os.write(fill, b''.join(map(_NUMBER.pack, range(count))))
    os.close(fill)
    children = [_start(queue, work) for _ in range(jobs - 1)]
    try:
        done = _take(queue, work)
        for _, answers in children:
            done.update(_receive(answers))
    finally:
        os.close(queue)
        for child, answers in children:
            os.close(answers)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if len(done) != count:
        raise RuntimeError(f'{count - len(done)} of {count} tasks were lost with the worker that had them')
    return [done[number] for number in range(count)]


def _take(queue: int, work: Callable[[int], T]) -> dict[int, T]:
    done = {}
    while number := os.read(queue, _NUMBER.size):
        task = _NUMBER.unpack(number)[0]
        done[task] = work(task)
    return done


def _start(queue: int, work: Callable[[int], T]) -> tuple[int, int]:
    answers, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, answers
    # never back into the parent's code: no second report, no exit handlers
    try:
        try:
            answer: Any = _take(queue, work)
        except Exception:  # noqa: BLE001 - handed to the parent, which raises it
            import traceback
            answer = traceback.format_exc()
        with open(write, 'wb') as file:
            file.write(_packed(answer))
    finally:
        os._exit(0)


def _packed(answer: Any) -> bytes:
    try:
        return _PLAIN + marshal.dumps(answer)
    except ValueError:
        import pickle
        return _RECORDS + pickle.dumps(answer)


def _receive(answers: int) -> dict[int, T]:
    with open(answers, 'rb', closefd=False) as file:
        kind, data = file.read(1), file.read()
    answer: object = {}
    if kind == _PLAIN:
        answer = marshal.loads(data)
    elif kind == _RECORDS:
        import pickle
        answer = pickle.loads(data)
    if isinstance(answer, str):
        raise RuntimeError(f'in a worker:\n{answer}')
    assert isinstance(answer, dict)
    return answer

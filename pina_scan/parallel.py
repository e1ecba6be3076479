"""Numbered tasks over several processes, each task's result in its place."""
from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from typing import Any
from typing import BinaryIO
from typing import TypeVar

from pina_scan import workers

T = TypeVar('T')

_PLAIN, _RECORDS = b'm', b'p'


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
    jobs = min(jobs, count, workers.MOST)
    if jobs < 2 or count > workers.MOST or not workers.can_fork():
        return [work(number) for number in range(count)]
    queue, tasks = os.pipe()
    workers.fill(tasks, range(count))
    os.close(tasks)

    def answer(file: BinaryIO) -> None:
        try:
            packed = _packed(_take(queue, work))
        except Exception:  # noqa: BLE001 - handed to the parent, which raises it
            packed = _packed(workers.trace())
        file.write(packed)

    started = [workers.start(answer) for _ in range(jobs - 1)]
    try:
        done = _take(queue, work)
        for _, answers in started:
            done.update(_receive(answers))
    finally:
        os.close(queue)
        workers.end(started)
    if len(done) != count:
        raise workers.lost(count - len(done), count)
    return [done[number] for number in range(count)]


def _take(queue: int, work: Callable[[int], T]) -> dict[int, T]:
    return {task: work(task) for task in workers.taken(queue)}


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
        raise workers.failed(answer)
    assert isinstance(answer, dict)
    return answer

"""Numbered tasks over several processes, each item of a task handed on the moment it is there."""
from __future__ import annotations

import os
import pickle
import selectors
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any
from typing import BinaryIO

from pina_scan import workers

#: So many tasks lie ready; fewer than what any pipe holds.
_READY = 1024


def as_found(count: int, jobs: int, work: Callable[[int], Iterable[Any]]) -> Iterator[tuple[int, Any]]:
    """Each task's number and item, as they come; the items of one task keep their order.

    The work is done by `jobs` processes beside this one, which only listens. A worker that fails or dies raises
    RuntimeError here, with its trace: half a scan is none.
    """
    if jobs < 2 or not workers.can_fork():
        yield from ((number, item) for number in range(count) for item in work(number))
        return
    queue, tasks = os.pipe()
    given = min(count, _READY)
    workers.fill(tasks, range(given))

    def answer(file: BinaryIO) -> None:
        # as long as a worker can write tasks too, the queue never ends
        os.close(tasks)
        number = 0
        try:
            for number in workers.taken(queue):
                for item in work(number):
                    _send(file, (number, item, False))
                _send(file, (number, None, True))
        except Exception:  # noqa: BLE001 - handed to the parent, which raises it
            _send(file, (number, workers.trace(), True))

    started = [workers.start(answer) for _ in range(min(jobs, count))]
    os.close(queue)
    done = 0
    try:
        if given == count:
            os.close(tasks)
        for number, item, ended in _frames([answers for _, answers in started]):
            if not ended:
                yield number, item
                continue
            if item is not None:
                raise workers.failed(item)
            done += 1
            if given < count:
                workers.fill(tasks, (given,))
                given += 1
                if given == count:
                    os.close(tasks)
    finally:
        if given < count:
            os.close(tasks)
        workers.end(started)
    if done != count:
        raise workers.lost(count - done, count)


def _send(file: BinaryIO, frame: tuple[int, Any, bool]) -> None:
    data = pickle.dumps(frame)
    file.write(workers.NUMBER.pack(len(data)) + data)
    file.flush()


def _frames(answers: Iterable[int]) -> Iterator[tuple[int, Any, bool]]:
    """What the workers send, until the last has nothing more to say."""
    with selectors.DefaultSelector() as selector:
        for fd in answers:
            selector.register(fd, selectors.EVENT_READ, bytearray())
        while selector.get_map():
            for key, _ in selector.select():
                data = os.read(key.fd, 1 << 16)
                if not data:
                    selector.unregister(key.fd)
                    continue
                key.data.extend(data)
                yield from _whole(key.data)


def _whole(data: bytearray) -> Iterator[tuple[int, Any, bool]]:
    """Takes every whole frame out of what came."""
    size = workers.NUMBER.size
    at = 0
    while len(data) - at >= size:
        end = at + size + workers.NUMBER.unpack_from(data, at)[0]
        if end > len(data):
            break
        yield pickle.loads(bytes(data[at + size:end]))
        at = end
    del data[:at]

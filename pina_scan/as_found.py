"""Numbered tasks over several processes, by fork, each item of a task handed on the moment it is there."""
from __future__ import annotations

import os
import pickle
import selectors
import signal
import struct
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

_NUMBER = struct.Struct('<I')
#: So many tasks lie ready; fewer than what any pipe holds.
_READY = 1024


def as_found(count: int, jobs: int, work: Callable[[int], Iterable[Any]]) -> Iterator[tuple[int, Any]]:
    """Each task's number and item, as they come; the items of one task keep their order.

    The work is done by `jobs` processes beside this one, which only listens. A worker that fails or dies raises
    RuntimeError here, with its trace: half a scan is none.
    """
    if not hasattr(os, 'fork'):
        yield from ((number, item) for number in range(count) for item in work(number))
        return
    queue, fill = os.pipe()
    given = min(count, _READY)
    os.write(fill, b''.join(map(_NUMBER.pack, range(given))))
    children = [_start(queue, fill, work) for _ in range(min(jobs, count))]
    os.close(queue)
    done = 0
    try:
        if given == count:
            os.close(fill)
        for number, item, ended in _frames([answers for _, answers in children]):
            if not ended:
                yield number, item
                continue
            if item is not None:
                raise RuntimeError(f'in a worker:\n{item}')
            done += 1
            if given < count:
                os.write(fill, _NUMBER.pack(given))
                given += 1
                if given == count:
                    os.close(fill)
    finally:
        if given < count:
            os.close(fill)
        for child, answers in children:
            os.close(answers)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if done != count:
        raise RuntimeError(f'{count - done} of {count} tasks were lost with the worker that had them')


def _start(queue: int, fill: int, work: Callable[[int], Iterable[Any]]) -> tuple[int, int]:
    answers, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, answers
    # never back into the parent's code: no second report, no exit handlers
    try:
        os.close(fill)
        with open(write, 'wb') as file:
            number = 0
            try:
                while data := os.read(queue, _NUMBER.size):
                    number = _NUMBER.unpack(data)[0]
                    for item in work(number):
                        _send(file, (number, item, False))
                    _send(file, (number, None, True))
            except Exception:  # noqa: BLE001 - handed to the parent, which raises it
                import traceback
                _send(file, (number, traceback.format_exc(), True))
    finally:
        os._exit(0)


def _send(file: Any, frame: tuple[int, Any, bool]) -> None:
    data = pickle.dumps(frame)
    file.write(_NUMBER.pack(len(data)) + data)
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
    at = 0
    while len(data) - at >= _NUMBER.size:
        end = at + _NUMBER.size + _NUMBER.unpack_from(data, at)[0]
        if end > len(data):
            break
        yield pickle.loads(bytes(data[at + _NUMBER.size:end]))
        at = end
    del data[:at]

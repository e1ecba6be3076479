"""Items over several processes: all of them, each task's in order, as soon as they are there; none lost in silence."""
from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from pina_scan.as_found import as_found


def numbers(task: int) -> Iterator[tuple[int, int]]:
    for item in range(task % 4):
        yield task, item


@pytest.mark.parametrize('jobs', (1, 2, 5))
@pytest.mark.parametrize('count', (0, 1, 7, 3000))
def test_all_of_them(count: int, jobs: int) -> None:
    found = list(as_found(count, jobs, numbers))
    assert [number for number, _ in found] == [item[0] for _, item in found]
    assert sorted(item for _, item in found) == sorted(item for task in range(count) for item in numbers(task))
    for task in range(min(count, 50)):
        assert [item for number, item in found if number == task] == list(numbers(task))


def test_large_items() -> None:
    def large(task: int) -> list[bytes]:
        return [bytes([task]) * (3 << 20)]

    assert sorted(as_found(3, 2, large)) == [(task, *large(task)) for task in range(3)]


def test_an_item_does_not_wait_for_its_task() -> None:
    def work(task: int) -> Iterator[str]:
        yield 'first'
        time.sleep(600)

    found = as_found(2, 2, work)
    assert next(found)[1] == 'first'
    found.close()


def test_a_worker_that_fails() -> None:
    def work(task: int) -> Iterator[int]:
        yield task
        if task == 3:
            raise ValueError('no luck')

    with pytest.raises(RuntimeError, match='in a worker:(?s:.*)no luck'):
        list(as_found(5, 2, work))


def test_a_worker_that_dies() -> None:
    def work(task: int) -> Iterator[int]:
        yield task
        os._exit(1)

    with pytest.raises(RuntimeError, match='were lost'):
        list(as_found(5, 2, work))

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pina_scan.blob import Unread
from pina_scan.parallel import fan_out


@pytest.mark.parametrize('jobs', (1, 2, 3, 8))
@pytest.mark.parametrize('count', (0, 1, 2, 7, 100))
def test_results_in_order(count: int, jobs: int) -> None:
    assert fan_out(count, jobs, lambda number: number * number) == [number * number for number in range(count)]


def test_more_than_one_process_works() -> None:
    def work(number: int) -> int:
        time.sleep(0.02)
        return os.getpid()

    assert len(set(fan_out(20, 2, work))) == 2


def test_records_come_back() -> None:
    found = fan_out(3, 2, lambda number: [Unread(b'x', str(number))])
    assert [[(u.path, u.reason) for u in part] for part in found] == [[(b'x', '0')], [(b'x', '1')], [(b'x', '2')]]


def test_a_worker_that_fails_is_told() -> None:
    parent = os.getpid()

    def work(number: int) -> int:
        time.sleep(0.02)
        if os.getpid() != parent:
            raise ValueError('no')
        return number

    with pytest.raises(RuntimeError, match='ValueError: no'):
        fan_out(10, 2, work)


def test_a_worker_that_dies_is_told() -> None:
    parent = os.getpid()

    def work(number: int) -> int:
        time.sleep(0.02)
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(RuntimeError, match='of 10 tasks were lost'):
        fan_out(10, 2, work)


def test_no_child_stays_behind() -> None:
    # in a process of its own: the one of the tests has a browser for a child
    code = (
        'import os\n'
        'from pina_scan.parallel import fan_out\n'
        'print(fan_out(3, 4, lambda number: number))\n'
        'try:\n'
        '    print(os.waitpid(-1, os.WNOHANG))\n'
        'except ChildProcessError:\n'
        '    print("none")\n'
    )
    top = Path(__file__).parents[1]
    done = subprocess.run((sys.executable, '-c', code), cwd=top, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == '[0, 1, 2]\nnone\n'


@pytest.mark.parametrize('end', (signal.SIGTERM, signal.SIGKILL))
def test_no_worker_goes_on_for_who_was_ended(tmp_path: Path, end: signal.Signals) -> None:
    code = (
        'import os, sys, time\n'
        'from pina_scan.parallel import fan_out\n'
        'def work(number):\n'
        '    os.write(1, b".")\n'
        '    time.sleep(0.05)\n'
        'fan_out(1000, 3, work)\n'
    )
    top = Path(__file__).parents[1]
    process = subprocess.Popen((sys.executable, '-c', code), cwd=top, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.send_signal(end)
    process.wait(timeout=60)
    # to the end of what workers write: they hold the pipe for as long as they live
    assert len(process.stdout.read()) < 100
    process.stdout.close()

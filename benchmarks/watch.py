"""Runs one command and says how long it took, its processor time, its peak memory and its exit code.

A process of its own, run by a bare interpreter: the peak that the kernel gives for a child is never below that of the
process that started it, so what starts it has to be small.
"""
from __future__ import annotations

import os
import signal
import sys
import time

#: ru_maxrss is in kilobytes, on macOS in bytes
_UNIT = 1 if sys.platform == 'darwin' else 1024


def main(argv: list[str] | None = None) -> int:
    """LIMIT COMMAND ...: the last line printed is `seconds cpu peak code`, after what the command prints."""
    limit, *command = sys.argv[1:] if argv is None else argv
    started = time.perf_counter()
    # a group of its own: what is ended takes its workers along
    pid = os.posix_spawn(command[0], command, os.environ, setpgroup=0)
    for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os.killpg(pid, signal.SIGKILL))
    signal.alarm(int(limit))
    _, status, used = os.wait4(pid, 0)
    seconds = time.perf_counter() - started
    print(f'\n{seconds} {used.ru_utime + used.ru_stime} {used.ru_maxrss * _UNIT} {os.waitstatus_to_exitcode(status)}')
    return 0


if __name__ == '__main__':
    raise SystemExit(main())

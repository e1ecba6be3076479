"""Commands timed in turn, and tables of what came of it."""
from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

_WATCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'watch.py')
#: A command that takes longer is ended. One that has taken so many seconds in all, after the
#: first round, is left out of further ones.
LIMIT = 60
BUDGET = 30


class Run(NamedTuple):
    """`cpu` is in seconds, of all its processes; `peak` in bytes, of the largest; `code` is negative if it was ended."""

    seconds: float
    cpu: float
    peak: int
    code: int


def run(command: Sequence[str], cwd: str) -> Run:
    """Output goes through a pipe: to /dev/null some tools stop at the first match."""
    words = (sys.executable, '-I', '-S', _WATCH, str(LIMIT), *command)
    done = subprocess.run(words, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    seconds, cpu, peak, code = done.stdout.splitlines()[-1].split()
    return Run(float(seconds), float(cpu), int(peak), int(code))


def in_turn(commands: dict[str, list[str]], cwd: str, rounds: int) -> dict[str, list[Run]]:
    """Each command once in each round, every other round backwards: what slows the machine slows all alike.

    The first round fills the caches; it counts only for a command that was ended in it, and is not run again.
    """
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name in reversed(commands) if turn % 2 else commands:
            done = runs[name]
            if sum(one.seconds for one in done[1:]) < BUDGET and not (done and done[-1].code < 0):
                done.append(run(commands[name], cwd))
    return {name: done[1:] or done for name, done in runs.items()}


def median(runs: Sequence[Run]) -> float:
    return statistics.median(one.seconds for one in runs)


def ratio(runs: Sequence[Run], others: Sequence[Run]) -> float:
    """The median of the ratios of runs that stood in the same round."""
    return statistics.median(one.seconds / other.seconds for one, other in zip(runs, others))


def codes(runs: Sequence[Run]) -> set[int]:
    return {one.code for one in runs}


def row(name: str, runs: Sequence[Run], unit: Sequence[Run]) -> list[str]:
    """A line of the table under HEADER; `unit` is what it is compared with."""
    over = any(one.code < 0 for one in runs)
    sign = '> ' if over else ''
    return [
        name,
        f'{sign}{median(runs) * 1000:,.1f}',
        f'{sign}{min(one.seconds for one in runs) * 1000:,.1f}',
        f'{sign}{statistics.median(one.cpu for one in runs) * 1000:,.1f}',
        f'{statistics.median(one.peak for one in runs) / 1e6:,.0f}',
        f'{sign}{ratio(runs, unit):,.2f}',
        str(len(runs)),
        'ended' if over else ', '.join(map(str, sorted(codes(runs)))),
    ]


def header(unit: str) -> list[str]:
    return ['command', 'median ms', 'min ms', 'cpu ms', 'peak MB', f'times {unit}', 'runs', 'exit']


def table(rows: Sequence[Sequence[str]]) -> str:
    """Markdown; the first row is the header, the first column words, the others figures."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    rule = ['-' * widths[0], *('-' * (width - 1) + ':' for width in widths[1:])]
    lines = [
        [cells[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:]))]
        for cells in (rows[0], rule, *rows[1:])
    ]
    return '\n'.join('| ' + ' | '.join(line) + ' |' for line in lines)


def target(words: str, value: float, limit: float, at_least: bool = False, judged: bool = True) -> str:
    met = value >= limit if at_least else value <= limit
    verdict = 'not judged' if not judged else 'met' if met else 'NOT MET'
    return f'{verdict}: {words}: {value:.3g} (target: at {"least" if at_least else "most"} {limit:g})'


def machine() -> str:
    return f'{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}'

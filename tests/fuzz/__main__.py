"""Fuzzes the targets with atheris, each a fixed number of inputs in a process of its own.

    python -m tests.fuzz [--runs N] [TARGET ...]
"""
from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

#: A backstop for what counts no calls, such as a regular expression that never ends.
_SECONDS_AN_INPUT = 60
_LONGEST = 4096
#: Targets whose containers take long to make, and what part of the runs they get.
_SLOW = {'7z': 6, 'sqlite': 2}


def main(argv: Sequence[str] | None = None) -> int:
    """0: every target took all its inputs."""
    parser = argparse.ArgumentParser(prog='python -m tests.fuzz', description=main.__doc__)
    parser.add_argument('names', metavar='TARGET', nargs='*', help='all of them, if none is named')
    parser.add_argument('--runs', type=int, default=400, help='inputs for each target (default: %(default)s)')
    parser.add_argument('--seed', type=int, default=1, help='default: %(default)s')
    parser.add_argument('--jobs', type=int, default=os.cpu_count() or 1, help='default: as many as there are processors')
    parser.add_argument('--inside', metavar='FOLDER', help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    try:
        import atheris
    except ImportError:
        print('atheris is not installed: `pip install atheris`, if there is one for this Python')
        return 2
    if options.inside:
        fuzz(atheris, options.names[0], options)
    from tests.fuzz.targets import TARGETS
    wanted = options.names or list(TARGETS)
    unknown = set(wanted) - set(TARGETS)
    if unknown:
        parser.error(f'no such target: {", ".join(sorted(unknown))}')
    with ThreadPoolExecutor(options.jobs) as pool:
        failed = [name for name, ok in zip(wanted, pool.map(lambda name: process(name, options), wanted)) if not ok]
    print(f'{len(wanted) - len(failed)} passed, {len(failed)} failed')
    return int(bool(failed))


def process(name: str, options: argparse.Namespace) -> bool:
    """One target. What an input does wrong is printed, with the input, which is no token's."""
    with tempfile.TemporaryDirectory() as folder:
        words = ('-m', 'tests.fuzz', name, '--runs', str(options.runs), '--seed', str(options.seed), '--inside', folder)
        done = subprocess.run((sys.executable, *words), capture_output=True, text=True, errors='replace', check=False)
        lines = done.stderr.splitlines()
        if done.returncode == 0:
            print(f'{name}: {next((line for line in lines if line.startswith("Done")), "?")}', flush=True)
            return True
        crashes = [os.path.join(folder, file) for file in os.listdir(folder) if file.startswith(('crash', 'timeout', 'oom'))]
        inputs = [open(path, 'rb').read().hex() for path in crashes]
        print(f'{name}: FAILED\n{done.stdout[-3000:]}\n' + '\n'.join(lines[-40:]) + f'\ninput: {inputs}', flush=True)
        return False


def fuzz(atheris: Any, name: str, options: argparse.Namespace) -> None:
    """Ends the process."""
    with atheris.instrument_imports(include=['pina_scan']):
        targets = importlib.import_module('tests.fuzz.targets')
    corpus = os.path.join(options.inside, 'corpus')
    os.mkdir(corpus)
    for number, seed in enumerate(targets.seeds()):
        with open(os.path.join(corpus, str(number)), 'wb') as file:
            file.write(seed)
    atheris.Setup(
        [
            'fuzz', f'-runs={options.runs // _SLOW.get(name, 1)}', f'-seed={options.seed}', f'-max_len={_LONGEST}',
            f'-timeout={_SECONDS_AN_INPUT}',
            '-rss_limit_mb=0', f'-artifact_prefix={options.inside}/', corpus,
        ],
        targets.TARGETS[name],
    )
    atheris.Fuzz()


if __name__ == '__main__':
    sys.exit(main())

"""`pina-scan history` over whole repositories, beside kingfisher for the same token and git's own reading of every object."""
from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from benchmarks import clock
from benchmarks import generated
from benchmarks import peers

_OWN = 'pina-scan history'
_AGAIN = 'again, nothing new'
_NEW = 'a hundred new commits'
_START = 'bare interpreter'
_RULE = ('--rule', 'betterleaks.pinterest-access-token', '--no-validate')
#: A repository with fewer objects shows start-up, not scanning.
_OBJECTS = 400_000
_PEAK = 250e6
_SECOND = 0.15
_TWICE = 2.1
_STAGED = 3
#: What is made where no repository is given, and half of what twice the history is judged by.
_MADE = 500_000
_HALF = 100_000
#: peer -> how many times as long as it pina-scan may take
_MOST = (('kingfisher', 1 / 15), ('kingfisher --turbo', 1 / 5), ('git cat-file', 1 / 3))


def main(argv: Sequence[str] | None = None) -> int:
    """Times pina-scan and its peers over each repository in turn."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks.history', description=main.__doc__)
    parser.add_argument(
        'repositories', metavar='REPO', nargs='*', help='bare clones are best; default: one that is made, of 500,000 objects',
    )
    parser.add_argument('--kingfisher', metavar='PROGRAM', help='leave it out by leaving this out')
    parser.add_argument('--rounds', type=int, default=5, help='default: %(default)s')
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        repositories = options.repositories or [generated.history(os.path.join(folder, 'generated'), _MADE)]
        met = [measure(repository, options.kingfisher, options.rounds) for repository in repositories]
        met += [twice(folder, options.rounds), staged(folder, options.rounds)]
    return 0 if all(met) else 1


def measure(repository: str, kingfisher: str | None, rounds: int) -> bool:
    """Prints a repository's table; False if its figures say nothing of the targets."""
    count = objects(repository)
    with tempfile.TemporaryDirectory() as folder:
        # of one cache: what the repository's packs held is known to the clone that borrows them
        env = ['/usr/bin/env', f'XDG_CACHE_HOME={folder}/cache']
        new = generated.with_commits(repository, os.path.join(folder, 'new'), 100)
        commands = {
            _OWN: [peers.pina_scan(), 'history', '--no-cache'],
            _AGAIN: [*env, peers.pina_scan(), 'history'],
            _NEW: [*env, '/bin/sh', '-c', f'cd {new} && exec {peers.pina_scan()} history'],
            _START: [sys.executable, '-c', 'pass'],
            # gigabytes: through a pipe they would be the reader's to pay for
            'git cat-file': ['/bin/sh', '-c', 'exec git cat-file --batch-all-objects --batch --buffer --unordered >/dev/null'],
        }
        if kingfisher is not None:
            scan = [kingfisher, '--no-update-check', 'scan', *_RULE]
            commands |= {'kingfisher': [*scan, '.'], 'kingfisher --turbo': [*scan, '--turbo', '.']}
        runs = clock.in_turn(commands, repository, rounds)
    print(f'{os.path.basename(os.path.abspath(repository))}: {count:,} objects; {clock.machine()}\n')
    rows = [clock.row(name, done, runs[_OWN]) for name, done in runs.items()]
    print(clock.table([clock.header(_OWN), *rows]), end='\n\n')
    judged = count >= _OBJECTS and clock.codes(runs[_OWN]) <= {0, 1}
    for name, most in _MOST:
        if name in runs:
            print(clock.target(f'{_OWN} / {name}', clock.ratio(runs[_OWN], runs[name]), most, judged=judged))
    for name in (_AGAIN, _NEW):
        over = clock.median(runs[name]) - clock.median(runs[_START])
        print(clock.target(f'seconds over interpreter start, {name}', over, _SECOND, judged=judged))
    both = min(run.cpu / run.seconds for run in runs[_OWN])
    print(f'processors used: {both:.2f} at least')
    print(clock.target('peak bytes', max(run.peak for run in runs[_OWN]), _PEAK, judged=judged), end='\n\n')
    return judged


def twice(folder: str, rounds: int) -> bool:
    """Prints how much longer twice the history takes."""
    sizes = {f'{size:,} objects': generated.history(os.path.join(folder, str(size)), size) for size in (_HALF, 2 * _HALF)}
    commands = {
        name: ['/bin/sh', '-c', f'cd {path} && exec {peers.pina_scan()} history --no-cache'] for name, path in sizes.items()
    }
    runs = clock.in_turn(commands, folder, rounds)
    one, two = runs
    print(f'Twice the history; {clock.machine()}\n')
    print(clock.table([clock.header(one), *(clock.row(name, done, runs[one]) for name, done in runs.items())]), end='\n\n')
    print(clock.target(f'{two} / {one}', clock.ratio(runs[two], runs[one]), _TWICE), end='\n\n')
    return True


def staged(folder: str, rounds: int) -> bool:
    """Prints what ten changed files of a hundred thousand cost before a commit."""
    path = generated.files(os.path.join(folder, 'files'), 100_000, 10)
    own = 'pina-scan staged'
    commands = {own: [peers.pina_scan(), 'staged'], 'git diff': ['/usr/bin/env', 'git', 'diff', '--cached', '--name-only']}
    runs = clock.in_turn(commands, path, rounds)
    print(f'100,000 files, ten of them changed; {clock.machine()}\n')
    print(clock.table([clock.header(own), *(clock.row(name, done, runs[own]) for name, done in runs.items())]), end='\n\n')
    print(clock.target(f'{own} / git diff', clock.ratio(runs[own], runs['git diff']), _STAGED), end='\n\n')
    return True


def objects(repository: str) -> int:
    found = subprocess.run(('git', 'count-objects', '-v'), cwd=repository, capture_output=True, text=True, check=True).stdout
    values = dict(line.split(': ', 1) for line in found.splitlines() if ': ' in line)
    return int(values['count']) + int(values['in-pack'])


if __name__ == '__main__':
    raise SystemExit(main())

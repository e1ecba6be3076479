"""`pina-scan hook` on ten clean files of 10 kB, beside a bare interpreter and the peers' hooks."""
from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from benchmarks import clock
from benchmarks import peers
from benchmarks import sample

_SIZE = 10_000
_FILES = tuple(f'f{number}' for number in range(10))
_MOST = 2.0


def main(argv: Sequence[str] | None = None) -> int:
    """Prints what a commit waits for pina-scan, and for its peers."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks.hook', description=main.__doc__)
    parser.add_argument('--peers', metavar='PREFIX', help='the folder that install_peers.sh filled')
    parser.add_argument('--pairs', type=int, default=25, help='default: %(default)s')
    options = parser.parse_args(argv)
    python = 'python -c pass'
    own = {python: [sys.executable, '-c', 'pass'], 'pina-scan hook': [peers.pina_scan(), 'hook', '--', *_FILES]}
    lists = {peers.FILES: _FILES, peers.LITERALS: peers.literals()}
    others = {
        f'{one.peer.name} {one.version}': peers.words(one.path, one.peer.hook, lists)
        for one in peers.found(options.peers) if one.peer.hook
    }
    with tempfile.TemporaryDirectory() as folder:
        repository(folder)
        # the pair by itself: a slow peer between the two would leave one of them a cold cache
        pairs = clock.in_turn(own, folder, options.pairs)
        runs = pairs | clock.in_turn(others, folder, options.pairs)
    print(f'{len(_FILES)} files of {_SIZE:,} bytes; {clock.machine()}\n')
    print(clock.table([clock.header(python), *(clock.row(name, done, pairs[python]) for name, done in runs.items())]))
    hook = pairs['pina-scan hook']
    if clock.codes(hook) != {0}:
        print(f'\nnot judged: pina-scan ended with {clock.codes(hook)}')
        return 1
    print('\n' + clock.target(f'pina-scan hook / {python}', clock.ratio(hook, pairs[python]), _MOST))
    return 0


def repository(folder: str) -> None:
    """A fresh one, with the files staged."""
    subprocess.run(('git', 'init', '--quiet'), cwd=folder, check=True)
    text = b''.join(sample.text(_SIZE * len(_FILES)))
    for number, name in enumerate(_FILES):
        with open(os.path.join(folder, name), 'wb') as file:
            file.write(text[number * _SIZE:][:_SIZE])
    subprocess.run(('git', 'add', '--all'), cwd=folder, check=True)


if __name__ == '__main__':
    raise SystemExit(main())

"""Peak memory for files of 1 MB, 100 MB and 2 GB, and the speed on the largest once it is cached."""
from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence

from benchmarks import clock
from benchmarks import peers
from benchmarks import sample

_SIZES = {'1 MB': 10**6, '100 MB': 10**8, '2 GB': 2 * 10**9}
_OWN = 'pina-scan'
_MOST_MB = 100
_LEAST_SPEED = 3.0


def main(argv: Sequence[str] | None = None) -> int:
    """Makes the files, measures, and deletes them."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks.memory', description=main.__doc__)
    parser.add_argument('--peers', metavar='PREFIX', help='the folder that install_peers.sh filled')
    parser.add_argument('--rounds', type=int, default=7, help='default: %(default)s')
    parser.add_argument('--folder', help='where 2 GB fit for a minute (default: the folder of temporary files)')
    options = parser.parse_args(argv)
    lists = {peers.LITERALS: peers.literals()}
    commands = {_OWN: [peers.pina_scan(), '.']} | {
        f'{one.peer.name} {one.version}': peers.words(one.path, one.peer.file, lists)
        for one in peers.found(options.peers) if one.peer.file
    }
    runs = {}
    for name, size in _SIZES.items():
        # one at a time, in a folder of its own
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            sample.write(os.path.join(folder, 'text'), size)
            runs[name] = clock.in_turn(commands, folder, options.rounds)
    print(f'real text, cached; {clock.machine()}\n')
    print(clock.table([
        ['command', *(f'{name}: peak MB' for name in _SIZES), *(f'{name}: GB/s' for name in _SIZES), 'exit'],
        *([
            command, *(f'{peak(runs[name][command]):,.1f}' for name in _SIZES),
            *(f'{speed(runs[name][command], size):.2f}' for name, size in _SIZES.items()),
            ', '.join(str(code) for code in sorted(set().union(*(clock.codes(runs[name][command]) for name in _SIZES)))),
        ] for command in commands),
    ]), end='\n\n')
    own = {name: runs[name][_OWN] for name in _SIZES}
    if any(clock.codes(done) != {0} for done in own.values()):
        print('not judged: pina-scan did not end with 0')
        return 1
    print(clock.target('peak MB of pina-scan, any size', max(map(peak, own.values())), _MOST_MB))
    print(clock.target('GB/s of pina-scan on 2 GB', speed(own['2 GB'], _SIZES['2 GB']), _LEAST_SPEED, at_least=True))
    return 0


def peak(runs: Sequence[clock.Run]) -> float:
    """The highest of all runs, in MB."""
    return max(one.peak for one in runs) / 1e6


def speed(runs: Sequence[clock.Run], size: int) -> float:
    """Of the whole command, the interpreter's start included, in GB/s."""
    return size / clock.median(runs) / 1e9


if __name__ == '__main__':
    raise SystemExit(main())

"""`pina-scan` over trees, beside ripgrep for the same literals, kingfisher for the same token, and other peers."""
from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from benchmarks import clock
from benchmarks import peers

_OWN = 'pina-scan'
#: A tree smaller than this shows start-up, not scanning.
_FILES = 4_000
_MB = 50
#: peer -> how many times as long as it pina-scan may take
_MOST = (('ripgrep', 3.0), ('kingfisher', 0.1))


def main(argv: Sequence[str] | None = None) -> int:
    """Times pina-scan and its peers over each tree in turn."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks.tree', description=main.__doc__)
    parser.add_argument('trees', metavar='TREE', nargs='+')
    parser.add_argument('--peers', metavar='PREFIX', help='the folder that install_peers.sh filled')
    parser.add_argument('--rounds', type=int, default=15, help='default: %(default)s')
    parser.add_argument('--only', metavar='NAME', nargs='+', help='leave the other peers out')
    options = parser.parse_args(argv)
    others = [
        one for one in peers.found(options.peers)
        if one.peer.tree and (options.only is None or one.peer.name in options.only)
    ]
    lists = {peers.LITERALS: peers.literals()}
    commands = {_OWN: [peers.pina_scan(), '.']}
    commands |= {one.peer.name: peers.words(one.path, one.peer.tree, lists) for one in others}
    versions = {one.peer.name: one.version for one in others}
    met = [judge(tree, clock.in_turn(commands, tree, options.rounds), versions) for tree in options.trees]
    return 0 if all(met) else 1


def judge(tree: str, runs: dict[str, list[clock.Run]], versions: dict[str, str]) -> bool:
    """Prints a tree's table; False if its figures say nothing of the targets."""
    files, size = measure(tree)
    print(f'{os.path.basename(os.path.abspath(tree))}: {files:,} files, {size / 1e6:,.0f} MB; {clock.machine()}\n')
    rows = [clock.row(f'{name} {versions.get(name, "")}'.strip(), done, runs[_OWN]) for name, done in runs.items()]
    print(clock.table([clock.header(_OWN), *rows]), end='\n\n')
    small = files < _FILES or size < _MB * 10**6
    failed = not clock.codes(runs[_OWN]) <= {0, 1}
    for name, most in _MOST:
        if name in runs:
            share = clock.ratio(runs[_OWN], runs[name])
            print(clock.target(f'pina-scan / {name}', share, most, judged=not small and not failed))
    if small:
        print(f'not judged: {_FILES:,} files and {_MB} MB are the least that count')
    if failed:
        print(f'not judged: pina-scan ended with {clock.codes(runs[_OWN])}')
    print()
    return not small and not failed


def measure(tree: str) -> tuple[int, int]:
    """Files and bytes, without .git."""
    files = size = 0
    for folder, below, names in os.walk(tree):
        below[:] = [name for name in below if name != '.git']
        found = [os.lstat(os.path.join(folder, name)) for name in names]
        files += len(found)
        size += sum(one.st_size for one in found)
    return files, size


if __name__ == '__main__':
    raise SystemExit(main())

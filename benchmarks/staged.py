"""`pina-scan staged` with ten changed files in a repository of 100,000, beside `git diff --cached --name-only`."""
from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from benchmarks import clock
from benchmarks import peers
from benchmarks import sample

_CHANGED = 10
_SIZE = 10_000
_MOST = 3.0
_GIT = 'git diff --cached --name-only'
_OWN = 'pina-scan staged'


def main(argv: Sequence[str] | None = None) -> int:
    """Prints what a commit to a large repository waits for pina-scan."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks.staged', description=main.__doc__)
    parser.add_argument('--files', type=int, default=100_000, help='default: %(default)s')
    parser.add_argument('--rounds', type=int, default=21, help='default: %(default)s')
    options = parser.parse_args(argv)
    git, *rest = _GIT.split()
    commands = {
        _GIT: [shutil.which(git) or git, *rest],
        'python -c pass': [sys.executable, '-c', 'pass'],
        _OWN: [peers.pina_scan(), 'staged'],
    }
    with tempfile.TemporaryDirectory() as folder:
        repository(folder, options.files)
        runs = clock.in_turn(commands, folder, options.rounds)
    print(f'{_CHANGED} of {options.files:,} files changed; {clock.machine()}\n')
    print(clock.table([clock.header(_GIT), *(clock.row(name, done, runs[_GIT]) for name, done in runs.items())]))
    if clock.codes(runs[_OWN]) != {0}:
        print(f'\nnot judged: pina-scan ended with {clock.codes(runs[_OWN])}')
        return 1
    print('\n' + clock.target(f'{_OWN} / {_GIT}', clock.ratio(runs[_OWN], runs[_GIT]), _MOST))
    return 0


def repository(folder: str, count: int) -> None:
    """One commit of small files, a hundred a folder; some of them changed, and staged."""
    subprocess.run(('git', 'init', '--quiet', '--initial-branch=main'), cwd=folder, check=True)
    names = [f'd{number // 10_000:02}/e{number // 100 % 100:02}/f{number:06}.txt' for number in range(count)]
    stream = b'blob\nmark :1\ndata 6\nclean\n\ncommit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\ndata 1\nx\n'
    stream += b''.join(b'M 100644 :1 %s\n' % name.encode() for name in names)
    subprocess.run(('git', 'fast-import', '--quiet'), cwd=folder, input=stream, check=True)
    subprocess.run(('git', 'reset', '--quiet', '--hard'), cwd=folder, check=True)
    text = b''.join(sample.text(_SIZE * _CHANGED))
    for number, name in enumerate(names[::max(1, count // _CHANGED)][:_CHANGED]):
        with open(os.path.join(folder, name), 'wb') as file:
            file.write(text[number * _SIZE:][:_SIZE])
    subprocess.run(('git', 'add', '--all'), cwd=folder, check=True)


if __name__ == '__main__':
    raise SystemExit(main())

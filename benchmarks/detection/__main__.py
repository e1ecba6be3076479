"""Builds the corpus, runs pina-scan and its peers over it, and prints recall and false alarms by class."""
from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from collections.abc import Sequence

from benchmarks import clock
from benchmarks import peers
from benchmarks.detection import corpus
from benchmarks.detection import own
from benchmarks.detection import page
from benchmarks.detection import plot
from benchmarks.detection import real
from benchmarks.detection import score
from benchmarks.detection import tools
from benchmarks.detection.samples import Sample

_STREAMS = ('base64', 'base32', 'hex')
_UNITS = {'K': 10**3, 'M': 10**6, 'G': 10**9}


def main(argv: Sequence[str] | None = None) -> int:
    """Prints which share of leaked tokens is found, class by class, and what is reported of files that have none."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks.detection', description=main.__doc__)
    parser.add_argument('--peers', metavar='PREFIX', help='the folder that install_peers.sh filled (default: the PATH)')
    parser.add_argument('--remember', metavar='FOLDER', help='keep there what the peers said, and ask them once for a corpus')
    parser.add_argument('--leave-out', metavar='TOOL', nargs='+', default=(), help='peers not to ask, by name')
    parser.add_argument('--no-peers', action='store_true', help='pina-scan alone')
    parser.add_argument('--times', type=int, default=5, help='samples of each variant (default: %(default)s)')
    parser.add_argument('--seed', type=int, default=1, help='default: %(default)s')
    classes = ', '.join(one.name for one in corpus.CLASSES)
    parser.add_argument('--only', metavar='CLASS', nargs='+', default=(), help=f'of {classes}')
    parser.add_argument('--write', metavar='FOLDER', help='put detection.md and detection.svg there')
    parser.add_argument('--keep', metavar='FOLDER', help='leave the corpus there')
    parser.add_argument('--list', action='store_true', help='the variants of every class, and nothing else')
    parser.add_argument('--trees', metavar='TREE', nargs='+', default=(), help='real trees without a token, for pina-scan alone')
    parser.add_argument('--random', metavar='SIZE', type=size, help='so much random base64, base32 and hexadecimal each: 2G')
    parser.add_argument('-v', '--verbose', action='store_true', help='say what pina-scan missed')
    options = parser.parse_args(argv)
    if options.list:
        for one in (*corpus.CLASSES, *corpus.HARMLESS_CLASSES):
            print(f'{one.name}: {", ".join(one.writers)}\n')
        return 0
    with tempfile.TemporaryDirectory() as place:
        return run(options, options.keep or place)


def run(options: argparse.Namespace, folder: str) -> int:
    """0: all found, and nothing else reported."""
    program = [peers.pina_scan()]
    leaks = corpus.write(folder, corpus.leaks(options.seed, options.times, options.only))
    harmless = corpus.write(folder, corpus.harmless(options.seed, options.times * 4))
    judged = own.judge(program, folder, {**leaks, **harmless})
    told = {name for name in judged.alarms if name in harmless}
    wrong = len(judged.alarms) - len(told)
    scores = [score.score('pina-scan', judged.hits | told, leaks, harmless, wrong)]
    name = f'seed {options.seed}, {options.times} times, {len(leaks)} and {len(harmless)}'
    asked = [] if options.no_peers else [tool for tool in tools.TOOLS if tool.title not in options.leave_out]
    outcomes = [tools.remembered(tool, name, folder, options.peers, options.remember) for tool in asked]
    scores += [score.score(one.title, one.names, leaks, harmless) for one in outcomes if not one.failed]
    counts = score.sizes(leaks, harmless)
    rows = score.recall_rows(scores, counts)
    print(clock.table(rows), end='\n\n')
    print(clock.table(score.alarm_rows(scores, counts)), end='\n\n')
    for outcome in outcomes:
        print(f'{outcome.title} {outcome.version}: {outcome.failed or f"{outcome.seconds:.0f} s"}')
    if options.verbose:
        say(judged, {**leaks, **harmless})
    seen = [real.tree(program, tree) for tree in options.trees]
    seen += [real.stream(program, kind, options.random, options.seed) for kind in _STREAMS if options.random]
    for one in seen:
        print(f'{one.title}: {one.files:,} files, {one.size:,} bytes: {one.findings or "nothing"}, {one.unread} unread',
            *one.first, sep='\n  ')
    if options.write:
        words = (
            f'pina-scan at {revision()}, {clock.machine()}; seed {options.seed}, {sum(counts.leaks.values()):,} leaks in '
            f'{sum(len(one.writers) for one in corpus.CLASSES):,} variants, {sum(counts.harmless.values()):,} harmless files.'
        )
        for name, text in (('md', page.page(scores, counts, outcomes, seen, words)), ('svg', plot.draw(rows))):
            with open(os.path.join(options.write, f'detection.{name}'), 'w', encoding='utf-8') as file:
                file.write(text)
    return int(bool(judged.misses or judged.alarms or any(one.findings for one in seen)))


def say(judged: own.Judged, samples: Mapping[str, Sample]) -> None:
    """What is not as it should be, without anything of a token."""
    for kind, entries in (('missed', judged.misses), ('alarm', judged.alarms), ('unread', judged.unread)):
        for name, words in sorted(entries.items()):
            print(f'{kind}: {samples[name].variant if name in samples else ""}: {name}: {words}')


def revision() -> str:
    """Of the work tree that this is run in."""
    done = subprocess.run(('git', 'describe', '--always', '--dirty'), cwd=os.path.dirname(__file__),
        capture_output=True, text=True, check=False)
    return done.stdout.strip() or 'an unknown revision'


def size(text: str) -> int:
    return int(float(text.rstrip('KMG')) * _UNITS.get(text[-1:], 1))


if __name__ == '__main__':
    sys.exit(main())

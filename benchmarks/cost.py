"""Files full of anchors that lead nowhere: twice as long should take at most twice the time.

    python -m benchmarks.cost [--size BYTES]
"""
from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence

from benchmarks.clock import table
from pina_scan.blob import Blob
from pina_scan.decode.encodings import ANCHORS
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan

PATTERNS = (
    b'pina_', b'pina_pina', b'cGluYV', b'pina%5f', b'pin\n', b'"pina_" + ', b'pina_A\n', b'pina_"A"+', b'\\x5f', b'61_',
    b'na_ ', b'uYV ',
    b'70 69 6e 61 5f ', b'70696e615f', b'112, 105, 110, ', b'0x70, 0x69, 0x6e, 0x61, 0x5f, ', b'OBUW4YK7', b'\nH4sIAAAAAAAAA',
    b'SDRzSUFBQUFB\n', b'Y0dsdVlW', b'%70%69%6e%61%5f%41', b'pina_%s" % "', b'p\0i\0n\0a\0_\0',
    b'&#112;&#105;&#110;&#97;&#95;&#65;',
    b'"p" + "i" + "n" + "a" + "_" + "A" + ', b'pina" + /* pina_ */ "_" "A" ', b'<pina_A>', b'cGluYVBpbmFfwaW5hXY0dsdQnBib',
    b'pina_' + b'\\n' * 20, b'pin<a <a ', b'pina_A" + ', b'pina_' + b'A' * 79 + b'\n', b'p' + b'\\' * 20,
)

_TIMES = 2
#: Rows of their own: these in any order, so that nothing repeats itself.
MIXTURES = {
    'all of these': PATTERNS, 'six of these': (b'pina_A', b'pina%5f', b'pin"', b'cGluYV', b'pina_"A"+', b'70 69 6e '),
    'all anchors': ANCHORS,
    'anchors and what may follow': tuple(anchor + sign for anchor in ANCHORS for sign in (b'A', b' ', b'" + "', b'\n', b', ')),
    'pieces and escapes': (
        b'A' * 30, b'ABCDEFGH234567', b'0x41, 0x42, ', b'"', b'\n', b' + ', b'\\x41', b'%41', b'&#65;', b'QUJD', b'\\\\', b'/* ',
        b' */', b'%25', b'&amp;', b'A\0B\0', b'pina', b'pina_', b'pin', b'a_', b'na', b'_',
    ),
}


def mixed(patterns: Sequence[bytes], size: int) -> bytes:
    """The same for the same size."""
    chance = random.Random(1)
    data = bytearray()
    while len(data) < size:
        data += chance.choice(patterns) * chance.randint(1, 3)
    return bytes(data[:size])


def seconds(data: bytes) -> float:
    """Processor time for one file."""
    started = time.process_time()
    list(scan([Blob(b'f', data)], Totals()))
    return time.process_time() - started


def _row(name: str, data: bytes, size: int) -> tuple[str, str, str]:
    seconds(data[:1000])
    one, two = (min(seconds(data[:times * size]) for _ in range(_TIMES)) for times in (1, 2))
    return name, f'{two / (2 * size / 1e6):.2f}', f'{two / one:.2f}'


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description='Prints what each megabyte costs, and what twice the length does.')
    parser.add_argument('--size', type=int, default=200_000, help='bytes of the shorter file (default: 200,000)')
    size = parser.parse_args(argv).size
    rows = [('pattern', 's per MB', 'twice the length')]
    for pattern in PATTERNS:
        rows.append(_row(repr(pattern)[1:40], (pattern * (2 * size // len(pattern) + 1))[:2 * size], size))
    for name, patterns in MIXTURES.items():
        rows.append(_row(name, mixed(patterns, 2 * size), size))
    print(table(rows))
    return 0


if __name__ == '__main__':
    raise SystemExit(main())

"""Files full of anchors that lead nowhere: twice as long should take at most twice the time.

    python -m benchmarks.cost [--size BYTES]
"""
from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

from benchmarks.clock import table
from pina_scan.blob import Blob
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


def seconds(pattern: bytes, size: int) -> float:
    """Processor time for one file of that many bytes."""
    data = (pattern * (size // len(pattern) + 1))[:size]
    started = time.process_time()
    list(scan([Blob(b'f', data)], Totals()))
    return time.process_time() - started


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description='Prints what each megabyte costs, and what twice the length does.')
    parser.add_argument('--size', type=int, default=200_000, help='bytes of the shorter file (default: 200,000)')
    size = parser.parse_args(argv).size
    rows = [('pattern', 's per MB', 'twice the length')]
    for pattern in PATTERNS:
        seconds(pattern, 1000)
        one, two = (min(seconds(pattern, times * size) for _ in range(3)) for times in (1, 2))
        rows.append((repr(pattern)[1:40], f'{two / (2 * size / 1e6):.2f}', f'{two / one:.2f}'))
    print(table(rows))
    return 0


if __name__ == '__main__':
    raise SystemExit(main())

"""Files full of anchors that lead nowhere take time in proportion to their length, and little of it."""
from __future__ import annotations

import time

import pytest

from tests.decode.found import findings

#: Bytes of the shorter file of the two, and how long a megabyte may take, on a machine ten times as slow too.
_SIZE = 40_000
_SECONDS = 3
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
    data = (pattern * (size // len(pattern) + 1))[:size]
    started = time.process_time()
    findings(data)
    return time.process_time() - started


@pytest.mark.parametrize('pattern', PATTERNS)
def test_twice_as_long_takes_twice_the_time(pattern: bytes) -> None:
    seconds(pattern, 1000)
    one = min(seconds(pattern, _SIZE) for _ in range(2))
    two = min(seconds(pattern, 2 * _SIZE) for _ in range(2))
    assert two < 3 * one + 0.1
    assert two < 10 * _SECONDS * 2 * _SIZE / 1e6

"""Stretches of one alphabet that are long enough to mean something.

Where there is much to look through, Hyperscan finds them at five gigabytes a second and more: for one set of bytes over
and over it has an engine of its own, but not for several such sets at once, nor beside literals.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from pina_scan.match.database import escaped
from pina_scan.match.database import scanner

Bytes = bytes | bytearray
#: Gives each stretch, as where it starts and where it ends.
Runs = Callable[[Bytes], Iterator[tuple[int, int]]]


def build(alphabet: bytes, length: int, much: bool = False) -> Runs:
    """Finds stretches of `length` bytes or more that are all in `alphabet`. `much`: some ten megabytes will be looked
    through, so that a database pays, where there can be one."""
    if much:
        found = _by_database(alphabet, length)
        if found is not None:
            return found
    return _by_table(alphabet, length)


def _by_table(alphabet: bytes, length: int) -> Runs:
    """In two passes, at a gigabyte a second and more."""
    table = bytes(byte in alphabet for byte in range(256))
    needle = b'\1' * length

    def runs(data: Bytes) -> Iterator[tuple[int, int]]:
        marked = data.translate(table)
        at = marked.find(needle)
        while at >= 0:
            end = marked.find(b'\0', at)
            if end < 0:
                end = len(data)
            yield at, end
            at = marked.find(needle, end)
    return runs


def _by_database(alphabet: bytes, length: int) -> Runs | None:
    """None where there is no Hyperscan, or it doesn't know the processor."""
    scan = first([b'[%b]{%d}' % (escaped(alphabet), length)])
    if scan is None:
        return None
    end_of = scan
    behind: Callable[[Bytes, int], re.Match[bytes] | None] = re.compile(b'[^%b]' % escaped(alphabet)).search

    def runs(data: Bytes) -> Iterator[tuple[int, int]]:
        left: Bytes | memoryview = data
        at = 0
        while found := end_of(left):
            start = at + found - length
            after = behind(data, start + length)
            at = after.start() if after is not None else len(data)
            yield start, at
            left = memoryview(data)[at:]
    return runs


def first(expressions: Sequence[bytes]) -> Callable[[Bytes | memoryview], int] | None:
    """Gives where the first match of any of them ends; 0 if there is none. An expression has no zero byte, and matches
    a byte or more. None where there can be no database."""
    # once for each: else there is a call for every byte of a run behind the first few
    scan = scanner(expressions, once=True)
    if scan is None:
        return None
    scanned = scan
    ends: list[int] = []

    def matched(number: int, start: int, end: int, *__: object) -> None:
        ends.append(end)

    def end_of_first(data: Bytes | memoryview) -> int:
        ends.clear()
        scanned(data, matched)
        return ends[0] if ends else 0
    return end_of_first

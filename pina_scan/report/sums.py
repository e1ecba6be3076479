"""The line that says what a run went through. Loads nothing: a clean run says it too."""
from __future__ import annotations

NO_TOKEN = 'no token'


def gone_through(files: int, size: int, seconds: float) -> str:
    """`size` in bytes."""
    return f' in {number(files, "file")}, {_size(size)}, {seconds:.2f} s'


def number(count: int, word: str) -> str:
    return f'{count:,} {word}{"" if count == 1 else "s"}'


def _size(count: float) -> str:
    for unit in ('bytes', 'kB', 'MB', 'GB'):
        if count < 1000 or unit == 'GB':
            return f'{count:.0f} {unit}' if unit == 'bytes' else f'{count:.1f} {unit}'
        count /= 1000
    raise AssertionError('unreachable')

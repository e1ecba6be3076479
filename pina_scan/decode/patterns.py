"""Compiles patterns when they are first asked: a hit by chance asks few of them.

Possessive quantifiers are compiled by `re` from Python 3.11 on, which knows them and takes a third of the time that
`regex` does.
"""
from __future__ import annotations

import re
import sys
from typing import Any

_POSSESSIVE = sys.version_info[:2] >= (3, 11)
_ASKED = ('match', 'search', 'fullmatch', 'finditer')


class _Later:
    """A pattern that is not compiled yet: becomes what it stands for at the first question."""

    def __init__(self, pattern: bytes) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        if _POSSESSIVE:
            made: Any = re.compile(self._pattern)
        else:
            import regex
            made = regex.compile(self._pattern)
        for asked in _ASKED:
            setattr(self, asked, getattr(made, asked))
        return getattr(made, name)


def compiled(pattern: bytes) -> re.Pattern[bytes]:
    """Answers `match`, `search`, `fullmatch` and `finditer`."""
    later: Any = _Later(pattern)
    found: re.Pattern[bytes] = later
    return found

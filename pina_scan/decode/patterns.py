"""Compiles patterns with possessive quantifiers: by `re` from Python 3.11 on, which knows them and takes a third of the
time that `regex` does; a hit by chance should cost little."""
from __future__ import annotations

import re
import sys
from typing import Any

_POSSESSIVE = sys.version_info[:2] >= (3, 11)


def compiled(pattern: bytes) -> re.Pattern[bytes]:
    if _POSSESSIVE:
        return re.compile(pattern)
    import regex

    made: Any = regex.compile(pattern)
    found: re.Pattern[bytes] = made
    return found

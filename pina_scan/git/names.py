"""The names in a tree. Format: for each entry a mode, a space, the name, a zero byte, and an id as bytes."""
from __future__ import annotations

import re
from functools import cache


def names(tree: bytes, id_length: int) -> list[bytes]:
    """All of them, in one pass: a tree may have thousands."""
    return _pattern(id_length).findall(tree)


@cache
def _pattern(id_length: int) -> re.Pattern[bytes]:
    return re.compile(rb'[^ ]* ([^\0]*)\0.{0,%d}' % id_length, re.DOTALL)

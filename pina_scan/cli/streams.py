"""Standard streams that whoever started the command has closed.

Their numbers would go to the next files that are opened, and what is said into one of those. So each is opened the wrong
way round: reading and writing fail, which is told as for any other that fails. What is said on standard error is lost.
"""
from __future__ import annotations

import os
import sys

_STREAMS = (('stdin', os.O_WRONLY, 'r'), ('stdout', os.O_RDONLY, 'w'), ('stderr', os.O_WRONLY, 'w'))


def fill() -> None:
    for number, (name, way, mode) in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            try:
                os.fstat(number)
            except OSError:
                # the lowest number that is free, which is this one; for what git is started with too
                os.set_inheritable(os.open(os.devnull, way), True)
            setattr(sys, name, open(number, mode, encoding='utf-8', errors='backslashreplace', closefd=False))

"""Programs that only some tests need: missing on a developer's machine they are skipped with words, in CI they fail."""
from __future__ import annotations

import os
import shutil
import sys
from typing import NoReturn

import pytest

_IN_CI = 'CI' in os.environ


def need(program: str, how: str) -> str:
    """The program's path."""
    found = shutil.which(program, path=os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH'])))
    return found or lacking(f'{program} is not here: {how}')


def lacking(words: str) -> NoReturn:
    if _IN_CI:
        pytest.fail(words)
    pytest.skip(words)

"""Programs that only some tests need: missing on a developer's machine they are skipped with words, in CI they fail."""
from __future__ import annotations

import os
import shutil
import sys

import pytest

_IN_CI = 'CI' in os.environ


def need(program: str, how: str) -> str:
    """The program's path."""
    found = shutil.which(program, path=os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH'])))
    if found is None:
        words = f'{program} is not here: {how}'
        if _IN_CI:
            pytest.fail(words)
        pytest.skip(words)
    return found

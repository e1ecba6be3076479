"""Runs the command as a user would: a process of its own, with nothing of the developer's environment."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from typing import NamedTuple


class Result(NamedTuple):
    code: int
    out: str
    err: str


def pina_scan(*args: str | bytes, cwd: Path | str | bytes = '.', stdin: bytes = b'', **env: str) -> Result:
    done = subprocess.run(
        (sys.executable, '-m', 'pina_scan', *args), cwd=cwd, input=stdin, capture_output=True, check=False, timeout=120,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2]), **env},
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def report(*args: str | bytes, cwd: Path | str | bytes = '.', stdin: bytes = b'', **env: str) -> tuple[int, Any]:
    """The exit code and what `--format json -v` prints."""
    command = args[:1] if args and args[0] in ('scan', 'hook', 'staged') else ()
    code, out, err = pina_scan(*command, '--format', 'json', '-v', *args[len(command):], cwd=cwd, stdin=stdin, **env)
    assert err == ''
    return code, json.loads(out)


def places(*args: str | bytes, cwd: Path | str | bytes = '.', stdin: bytes = b'', **env: str) -> list[tuple[Any, ...]]:
    """(path, line, column, confidence) of what counts, sorted."""
    _, found = report(*args, cwd=cwd, stdin=stdin, **env)
    assert not found['unread'], found['unread']
    return sorted(
        (f['path'], f['line'], f['column'], f['confidence']) for f in found['findings'] if f['suppressed'] is None
    )

"""The second door to git: as the user's shell would call it, hooks and all.

For what is to be seen is what the hooks do. Never in the user's own repository.
"""
from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress


def call(folder: bytes, args: tuple[str, ...], environ: Mapping[str, str], seconds: float) -> tuple[int | None, bytes]:
    """The exit code, None where it took longer, and all that it and its hooks said.

    `environ` names no other repository. Without a terminal, so that no hook can ask, and in a session of its own, so that
    what hooks leave behind ends with it.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            ('git', *args), cwd=folder, env=environ, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code: int | None = process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        said.seek(0)
        return code, said.read()

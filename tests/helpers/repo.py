"""Repositories built by real git, for one test each."""
from __future__ import annotations

import os
import subprocess
from pathlib import Path


class Repo:
    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.git('init', '--quiet', '--initial-branch=main', *options)

    def git(self, *args: str | bytes, ok: bool = True, **env: str) -> bytes:
        done = subprocess.run(
            ('git', *args), cwd=self.path, capture_output=True, check=False, env={**os.environ, **env}, timeout=300,
        )
        assert not ok or done.returncode == 0, done.stderr.decode()
        return done.stdout + (b'' if ok else done.stderr)

    def write(self, name: str | bytes, data: bytes | str) -> Path:
        path = Path(os.fsdecode(os.path.join(os.fsencode(self.path), os.fsencode(name))))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def add(self, name: str | bytes, data: bytes | str) -> Path:
        path = self.write(name, data)
        self.git('add', '--force', '--', name)
        return path

    def commit(self, message: str = 'a commit') -> str:
        self.git('commit', '--quiet', '--allow-empty', '--no-verify', '-m', message)
        return self.git('rev-parse', 'HEAD').decode().strip()

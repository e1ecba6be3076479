"""Where a repository is, by its `.git` alone: asked of every run, so without starting git."""
from __future__ import annotations

import os


def top_of(path: bytes) -> bytes | None:
    """The folder at or above `path` that has a `.git`, or None."""
    folder = os.path.abspath(path)
    while True:
        if is_top(folder):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def is_top(folder: bytes) -> bool:
    """A `.git` folder with a HEAD, or the file that a worktree and a submodule have instead."""
    git = os.path.join(folder, b'.git')
    return os.path.lexists(os.path.join(git, b'HEAD')) or os.path.isfile(git)

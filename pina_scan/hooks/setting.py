"""Where git looks for hooks: core.hooksPath, and who set it, or the folder that all worktrees share."""
from __future__ import annotations

import os
from typing import NamedTuple

from pina_scan.errors import NotARepository
from pina_scan.git.index import top_level
from pina_scan.git.repository import inspect
from pina_scan.git.run import Git
from pina_scan.git.run import run
from pina_scan.git.run import zsplit

#: Whoever set it in one of these set it for more than this repository.
ELSEWHERE = ('global', 'system', 'command')


class Setting(NamedTuple):
    """`path` is absolute. `scope` is git's word for where core.hooksPath is set, '' where it isn't; `value` what it is
    there, with `~` put in full."""

    path: bytes
    scope: str
    value: bytes


class Place(NamedTuple):
    """A repository's hooks: `top` is the work tree's folder, None if there is none."""

    common: bytes
    git_dir: bytes
    top: bytes | None
    setting: Setting


def place(git: Git) -> Place:
    """Raises NotARepository, and GitError where git refuses."""
    repository = inspect(git)
    common = os.path.realpath(repository.common)
    try:
        top: bytes | None = top_level(git)
    except NotARepository:
        top = None
    found = hooks_path(git)
    if found is None:
        setting = Setting(os.path.join(common, b'hooks'), '', b'')
    else:
        # githooks(5): relative to where hooks run
        setting = Setting(os.path.normpath(os.path.join(top or repository.git_dir, found[1])), *found)
    return Place(common, repository.git_dir, top, setting)


def hooks_path(git: Git) -> tuple[str, bytes] | None:
    """Scope and value of core.hooksPath as git would take it; None where it isn't set."""
    answer = run(git, 'config', '--show-scope', '-z', '--type=path', '--get-all', 'core.hooksPath', ok=(0, 1))[0]
    fields = list(zsplit(answer))
    # the last one is the one that the door to git gives every command
    pairs = list(zip(fields[::2], fields[1::2]))[:-1]
    return (pairs[-1][0].decode(), pairs[-1][1]) if pairs else None


def within(path: bytes, folder: bytes) -> bool:
    """Whether links and all it is below the folder, or the folder itself."""
    real, above = os.path.realpath(path), os.path.realpath(folder)
    return real == above or real.startswith(os.path.join(above, b''))

"""What git says of a repository: where its parts are, how its ids are made, what it doesn't have."""
from __future__ import annotations

import os
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.errors import GitError
from pina_scan.git.regular import contents
from pina_scan.git.run import Git
from pina_scan.git.run import output
from pina_scan.git.run import run

_LARGEST = 1 << 28


class Repository(NamedTuple):
    """`git_dir` is a worktree's own, `common` what all worktrees share; `objects` is the store that is written to.

    `shallow` has the commits whose parents were not fetched; `filtered` says that objects were left to be fetched when
    they are needed.
    """

    git: Git
    git_dir: bytes
    common: bytes
    objects: bytes
    id_length: int
    shallow: frozenset[str]
    filtered: bool


def inspect(git: Git) -> Repository:
    """Raises NotARepository, and GitError where git refuses."""
    kind, git_dir, common, objects = _rev_parse(git)
    common = os.path.join(git.cwd, common)
    shallow = _lines(os.path.join(common, b'shallow'))
    filters = run(git, 'config', '--get-regexp', r'^remote\..*\.partialclonefilter$', ok=(0, 1))[0]
    return Repository(
        git, git_dir, common, os.path.join(git.cwd, objects), 32 if kind == b'sha256' else 20,
        frozenset(line.decode('ascii', 'replace') for line in shallow), bool(filters),
    )


_QUESTIONS = (('--show-object-format',), ('--absolute-git-dir',), ('--git-common-dir',), ('--git-path', 'objects'))


def _rev_parse(git: Git) -> list[bytes]:
    answers = output(git, 'rev-parse', *(word for question in _QUESTIONS for word in question)).split(b'\n')[:-1]
    if len(answers) == len(_QUESTIONS):
        return answers
    # rev-parse has no -z, and a folder's name a line feed
    return [output(git, 'rev-parse', *question)[:-1] for question in _QUESTIONS]


def _lines(path: bytes) -> list[bytes]:
    try:
        return contents(path, _LARGEST).split()
    except DamagedError as error:
        # git would wait for it
        raise GitError(f'{os.fsdecode(path)}: {error}. It should name the edge of a shallow clone.') from None
    except OSError:
        return []

"""What git says of a repository: where its parts are, how its ids are made, what it doesn't have."""
from __future__ import annotations

import os
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.errors import GitError
from pina_scan.git.regular import contents
from pina_scan.git.run import Git
from pina_scan.git.run import inside
from pina_scan.git.run import output
from pina_scan.git.run import run

_LARGEST = 1 << 28


class Repository(NamedTuple):
    """`git_dir` is a worktree's own, `common` what all worktrees share; `objects` is the store that is written to.

    `top` is where git reads relative paths of the environment: the work tree's top, or the git dir of a bare repository.
    `shallow` has the commits whose parents were not fetched; `filtered` says that objects were left to be fetched when
    they are needed; `moved` are folders that the git dir would have, but for a setting.
    """

    git: Git
    git_dir: bytes
    common: bytes
    objects: bytes
    top: bytes
    id_length: int
    shallow: frozenset[str]
    filtered: bool
    moved: tuple[bytes, ...]


#: Scopes of settings that are the repository's.
_OWN = (b'local', b'worktree')


def inspect(git: Git) -> Repository:
    """Raises NotARepository, and GitError where git refuses."""
    kind, git_dir, common, objects = _rev_parse(git)
    common = os.path.join(git.cwd, common)
    shallow = _lines(os.path.join(common, b'shallow'))
    wanted = r'^(remote\..*\.partialclonefilter|extensions\.refstorage|lfs\.storage)$'
    fields = iter(run(git, 'config', '-z', '--show-scope', '--get-regexp', wanted, ok=(0, 1))[0].split(b'\0')[:-1])
    settings = [(scope, *entry.partition(b'\n')[::2]) for scope, entry in zip(fields, fields)]
    backend = os.fsencode(git.environ.get('GIT_REFERENCE_BACKEND', ''))
    storage = backend or next((value for _, key, value in settings if key == b'extensions.refstorage'), b'')
    # an address such as `reftable:///srv/refs` (git-config(1)); a store of LFS that a user has for all is not this one's
    moved = [storage.partition(b'://')[2]]
    moved += [value for scope, key, value in settings if key == b'lfs.storage' and scope in _OWN]
    return Repository(
        git, git_dir, common, os.path.join(git.cwd, objects), _top(git, git_dir), 32 if kind == b'sha256' else 20,
        frozenset(line.decode('ascii', 'replace') for line in shallow),
        any(key.startswith(b'remote.') for _, key, _ in settings),
        tuple(os.path.join(common, path) for path in moved if path),
    )


_QUESTIONS = (('--show-object-format',), ('--absolute-git-dir',), ('--git-common-dir',), ('--git-path', 'objects'))


def _rev_parse(git: Git) -> list[bytes]:
    answers = output(git, 'rev-parse', *(word for question in _QUESTIONS for word in question)).split(b'\n')[:-1]
    if len(answers) == len(_QUESTIONS):
        return answers
    # rev-parse has no -z, and a folder's name a line feed
    return [output(git, 'rev-parse', *question)[:-1] for question in _QUESTIONS]


def _top(git: Git, git_dir: bytes) -> bytes:
    """Only asked where something is relative to it."""
    if not git.environ.get('GIT_ALTERNATE_OBJECT_DIRECTORIES'):
        return git.cwd
    found, _, code = run(git, 'rev-parse', '--show-toplevel', ok=(0, 128))
    return found[:-1] if code == 0 else git_dir


def included(repository: Repository) -> list[bytes]:
    """The files that the repository's own config includes (git-config(1), include.path), those below the git dir left out."""
    places = [os.path.join(repository.common, b'config'), os.path.join(repository.git_dir, b'config.worktree')]
    if not any(b'[include' in b''.join(_lines(path)).lower() for path in places):
        return []
    git = inside(repository.git, repository.git_dir)
    listing, _, code = run(git, 'config', '--list', '--includes', '--show-scope', '--show-origin', '-z', ok=(0, 1, 128))
    fields = iter(listing.split(b'\0')) if code == 0 else iter(())
    found = dict.fromkeys(
        os.path.realpath(os.path.join(git.cwd, origin[len(b'file:'):]))
        for scope, origin, _ in zip(fields, fields, fields)
        if scope in _OWN and origin.startswith(b'file:')
    )
    own = [os.path.realpath(folder) + b'/' for folder in (repository.common, repository.git_dir)]
    return [path for path in found if not path.startswith(tuple(own))]


def _lines(path: bytes) -> list[bytes]:
    try:
        return contents(path, _LARGEST).split()
    except DamagedError as error:
        # git would wait for it
        raise GitError(f'{os.fsdecode(path)}: {error}. It should name the edge of a shallow clone.') from None
    except OSError:
        return []

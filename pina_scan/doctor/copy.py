"""A throwaway copy of a repository, in which git calls the hooks that the user's own would be given.

Nothing of the user's is written to: files, config and hooks are copied, and history is left where it is. The copy is a
folder for its owner alone, gone afterwards.
"""
from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from contextlib import suppress
from typing import NamedTuple

from pina_scan.git.run import Git
from pina_scan.git.run import elsewhere
from pina_scan.git.run import output
from pina_scan.git.run import run
from pina_scan.git.run import zsplit
from pina_scan.hooks.setting import ELSEWHERE
from pina_scan.hooks.setting import Place
from pina_scan.hooks.setting import within

#: How much of a work tree is copied: hooks look at their configs, and at little else.
_FILES = 2000
_BYTES = 1 << 28
_LARGE = 1 << 20
#: What hooks are run from, and what no git tracks; led to by a link.
_TOOLS = (b'node_modules', b'vendor', b'.venv', b'venv')
#: What hooks are told by, tracked or not. Nothing else that is untracked is copied: it may be a secret.
_CONFIGS = (
    b'.pre-commit-config.yaml', b'prek.toml', b'.pina-scan.toml', b'.pina-scan-baseline', b'pyproject.toml', b'package.json',
    b'.lintstagedrc', b'.overcommit.yml', b'captainhook.json', b'grumphp.yml',
    *(name + end for name in (b'lefthook', b'.lefthook', b'lefthook-local', b'.lefthook-local')
      for end in (b'.yml', b'.yaml', b'.toml', b'.json')),
)
_CONFIG_FOLDERS = (b'.husky/', b'.lefthook/', b'.githooks/')
#: Where the repository is, whom it speaks to, with what; and what would ask for something.
_NOT_COPIED = (
    'core.worktree', 'core.bare', 'core.repositoryformatversion', 'core.hookspath', 'core.fsmonitor', 'core.sparsecheckout',
    'extensions.', 'remote.', 'branch.', 'submodule.', 'include.', 'includeif.', 'credential.', 'http.', 'url.', 'commit.gpgsign',
    'push.gpgsign', 'tag.gpgsign', 'gc.', 'maintenance.', 'index.', 'filter.', 'receive.', 'commit.template',
)
_SETTINGS = (
    ('commit.gpgSign', 'false'), ('push.gpgSign', 'false'), ('gc.auto', '0'), ('maintenance.auto', 'false'),
    ('core.fsmonitor', 'false'), ('advice.detachedHead', 'false'),
)
#: Attributes that start programs or change bytes: off, over whatever the tree says.
_ATTRIBUTES = b'* -filter -text -eol -ident -working-tree-encoding\n'
_IDENTITY = {f'GIT_{who}_{what}': word for who in ('AUTHOR', 'COMMITTER') for what, word in (
    ('NAME', 'pina-scan doctor'), ('EMAIL', 'doctor@example.invalid'),
)}


class Copy(NamedTuple):
    """`work` is the copy's work tree, `base` its commit, `remote` the name of a remote in the same folder."""

    work: bytes
    git: Git
    base: str
    remote: str
    environ: Mapping[str, str]


@contextmanager
def copied(git: Git, here: Place) -> Iterator[Copy]:
    """Raises GitError where git can't make it, and OSError."""
    assert here.top is not None
    folder = os.fsencode(tempfile.mkdtemp(prefix='pina-scan-doctor-'))
    try:
        yield _make(git, here, here.top, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(git: Git, here: Place, top: bytes, folder: bytes) -> Copy:
    work = os.path.join(folder, b'work')
    # a hook's variables would speak of the user's own repository
    environ = {**elsewhere(git, folder).environ, **_IDENTITY, 'GIT_TERMINAL_PROMPT': '0'}
    branch = run(git, 'symbolic-ref', '--quiet', '--short', 'HEAD', ok=(0, 1, 128))[0].decode('utf-8', 'surrogateescape').strip()
    output(Git(folder, environ), 'init', '--quiet', '--template=', f'--initial-branch={branch or "doctor"}', work)
    made = Git(work, environ)
    os.makedirs(os.path.join(work, b'.git', b'info'), exist_ok=True)
    with open(os.path.join(work, b'.git', b'info', b'attributes'), 'wb') as file:
        file.write(_ATTRIBUTES)
    _files(Git(top, git.environ), top, work)
    output(made, 'add', '--all')
    output(made, 'commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', 'the copy')
    _config(git, made)
    _hooks(made, here, top, work)
    remote = next(iter(output(git, 'remote').decode('utf-8', 'surrogateescape').split()), 'origin')
    bare = os.path.join(folder, b'remote.git')
    output(Git(folder, environ), 'init', '--quiet', '--template=', '--bare', bare)
    output(made, 'remote', 'add', remote, bare)
    base = output(made, 'rev-parse', 'HEAD').decode().strip()
    # what the repository has already is no part of what is tried
    output(made, 'update-ref', f'refs/remotes/{remote}/pina-scan-doctor', base)
    return Copy(work, made, base, remote, environ)


def _files(git: Git, top: bytes, work: bytes) -> None:
    names = list(zsplit(output(git, 'ls-files', '-z', '--cached')))
    names += [name for name in _CONFIGS if os.path.isfile(os.path.join(top, name))]
    names += zsplit(output(git, 'ls-files', '-z', '--others', '--exclude-standard', '--', *_CONFIG_FOLDERS))
    left = _BYTES
    # small ones near the top first: what configures hooks is there
    for name in sorted(set(names), key=lambda name: (name.count(b'/'), name))[:_FILES]:
        source = os.path.join(top, name)
        try:
            found = os.lstat(source)
        except OSError:
            continue
        if os.path.isdir(source) and not os.path.islink(source) or found.st_size > min(left, _LARGE):
            continue
        left -= found.st_size
        _copy(source, os.path.join(work, name))
    for name in _TOOLS:
        if os.path.isdir(os.path.join(top, name)) and not os.path.lexists(os.path.join(work, name)):
            os.symlink(os.path.join(top, name), os.path.join(work, name))
            with open(os.path.join(work, b'.git', b'info', b'exclude'), 'ab') as file:
                file.write(b'/' + name + b'\n')


def _copy(source: bytes, target: bytes) -> None:
    # a name in the index may lie behind what is a link or a file by now, and some files can't be read
    with suppress(OSError):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy2(source, target, follow_symlinks=False)


def _config(git: Git, made: Git) -> None:
    answer = run(git, 'config', '--local', '--includes', '-z', '--list', ok=(0, 1))[0]
    for line in zsplit(answer):
        key, has_value, value = line.partition(b'\n')
        name = key.decode('utf-8', 'surrogateescape')
        if not name.lower().startswith(_NOT_COPIED):
            run(made, 'config', '--add', name, value if has_value else b'true', ok=(0, 1, 2, 3, 4, 5))
    for name, word in _SETTINGS:
        output(made, 'config', name, word)


def _hooks(made: Git, here: Place, top: bytes, work: bytes) -> None:
    """The folder of hooks goes where git looks for it in the copy: a program may write to its own."""
    path, scope, value = here.setting
    if scope in ELSEWHERE and os.path.isabs(value):
        # holds for the copy by itself
        return
    if scope == '':
        target = os.path.join(work, b'.git', b'hooks')
    elif within(path, here.common):
        target = os.path.join(work, b'.git', os.path.relpath(os.path.realpath(path), here.common))
        output(made, 'config', 'core.hooksPath', target)
    elif within(path, top):
        target = os.path.join(work, os.path.relpath(path, top))
        if scope not in ELSEWHERE:
            # a relative one goes on leading to the same place below the work tree
            output(made, 'config', 'core.hooksPath', target if os.path.isabs(value) else value)
    else:
        output(made, 'config', 'core.hooksPath', path)
        return
    if os.path.isdir(path):
        shutil.copytree(os.fsdecode(os.path.realpath(path)), os.fsdecode(target), symlinks=True, dirs_exist_ok=True)

"""Hooks for all of a user's repositories, by core.hooksPath in the global config.

Not by the template folder: that is copied into repositories that are made afterwards, so that those a user has would
stay without, and the copies would stay behind. core.hooksPath turns off a repository's own hooks, so that a folder
of pina-scan's own has every hook of git's, and each goes on to the repository's.
"""
from __future__ import annotations

import os

from pina_scan.errors import HookError
from pina_scan.git.run import Git
from pina_scan.git.run import output
from pina_scan.git.run import run
from pina_scan.git.run import zsplit
from pina_scan.hooks import managers
from pina_scan.hooks import plan
from pina_scan.hooks.apply import apply
from pina_scan.hooks.script import Tool
from pina_scan.hooks.setting import hooks_path
from pina_scan.hooks.types import HANDED_ON
from pina_scan.hooks.types import PROTECTING

_KEY = 'core.hooksPath'


def install(git: Git, own: bytes, tool: Tool) -> list[str]:
    """What was done, in lines; `own` is the folder to make where the user has none. Raises HookError."""
    _is_file(git)
    there = _global(git)
    if there is not None and there != own:
        return _into(there, tool)
    above = hooks_path(Git(b'/', git.environ))
    if there is None and above is not None:
        raise HookError(
            f'{_KEY} is {os.fsdecode(above[1])} ({above[0]} config). A global one would turn those hooks off. '
            f'Have whoever set it put in pina-scan: {managers.advice("")}',
        )
    apply(own, plan.shared(own, tool))
    if there is None:
        try:
            output(git, 'config', '--global', _KEY, own)
        except BaseException:
            _take_out(own)
            raise
    return [
        f'{_KEY} in the global config is {os.fsdecode(own)}: every commit, message and push is scanned, in all repositories',
        'but those that set a core.hooksPath of their own, as husky does. Their own hooks in .git/hooks run after that.',
        '`pre-commit install` refuses where core.hooksPath is set. It goes through with that set to nothing:',
        '    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0= pre-commit install',
    ]


def uninstall(git: Git, own: bytes) -> list[str]:
    _is_file(git)
    there = _global(git)
    if there is not None and there != own:
        steps = plan.uninstall(there, PROTECTING)
        apply(there, steps)
        return [f'In {os.fsdecode(there)}:', *(f'  {step.words}' for step in steps)] if steps else _nothing(there)
    if there is None and not os.path.isdir(own):
        return _nothing(own)
    plan.shared(own, Tool(b'', b''))
    if there is not None:
        output(git, 'config', '--global', '--unset-all', _KEY)
    _take_out(own)
    return [f'{_KEY} is taken out of the global config, and {os.fsdecode(own)} is gone.']


def _into(there: bytes, tool: Tool) -> list[str]:
    """A folder for all repositories that the user has already: hooks are put in beside what is there."""
    name = managers.manager(there, b'')
    if name is not None:
        raise HookError(f'the global {_KEY} is {os.fsdecode(there)}, which is {name}\'s. Instead {managers.advice(name)}')
    if not os.path.isabs(there):
        raise HookError(
            f'the global {_KEY} is {os.fsdecode(there)}: a folder of its own in every repository. '
            'There `pina-scan install` puts them in, one by one.',
        )
    steps = plan.install(there, PROTECTING, tool)
    apply(there, steps)
    return [f'In {os.fsdecode(there)}, which the global {_KEY} names:', *(f'  {step.words}' for step in steps)]


def _is_file(git: Git) -> None:
    """/dev/null is usual there, for no config at all: to write, git would put a file in its place, for everybody if it may."""
    path = git.environ.get('GIT_CONFIG_GLOBAL', '')
    if os.path.exists(path) and not os.path.isfile(path):
        raise HookError(f'GIT_CONFIG_GLOBAL is {path}, which is no file. Unset it, or name one.')


def _global(git: Git) -> bytes | None:
    answer = run(git, 'config', '--global', '-z', '--type=path', '--get-all', _KEY, ok=(0, 1))[0]
    values = list(zsplit(answer))
    return values[-1] if values else None


def _take_out(own: bytes) -> None:
    for hook in (*PROTECTING, *HANDED_ON):
        path = os.path.join(own, hook.encode())
        if os.path.lexists(path):
            os.unlink(path)
    for folder in (own, os.path.dirname(own)):
        if os.path.isdir(folder) and not os.listdir(folder):
            os.rmdir(folder)


def _nothing(folder: bytes) -> list[str]:
    return [f'Nothing to do: no hook in {os.fsdecode(folder)} is pina-scan\'s.']

"""Hooks for one repository, in the folder where git looks for them."""
from __future__ import annotations

import os
from collections.abc import Sequence

from pina_scan.errors import HookError
from pina_scan.git.run import Git
from pina_scan.git.run import output
from pina_scan.hooks import managers
from pina_scan.hooks import plan
from pina_scan.hooks.apply import apply
from pina_scan.hooks.script import Tool
from pina_scan.hooks.script import made_folder
from pina_scan.hooks.script import ours
from pina_scan.hooks.setting import ELSEWHERE
from pina_scan.hooks.setting import Place
from pina_scan.hooks.setting import place
from pina_scan.hooks.setting import within


def install(git: Git, hooks: Sequence[str], tool: Tool) -> list[str]:
    """What was done, in lines. Raises HookError where it would break something, with what to do instead."""
    here = place(git)
    folder = here.setting.path
    if here.setting.scope in ELSEWHERE and all(ours(plan.contents(os.path.join(folder, hook.encode()))) for hook in hooks):
        return [f'Nothing to do: the hooks in {os.fsdecode(folder)}, for all repositories, are pina-scan\'s.']
    _may_be_written(git, here)
    steps = plan.install(folder, hooks, tool)
    apply(folder, steps)
    return [f'In {os.fsdecode(folder)}:', *(f'  {step.words}' for step in steps), 'To see it hold: pina-scan doctor']


def uninstall(git: Git, hooks: Sequence[str]) -> list[str]:
    here = place(git)
    folder = here.setting.path
    if here.setting.scope in ELSEWHERE:
        # what stands in the repository's own folder since before that was set
        folder = os.path.join(here.common, b'hooks')
    steps = plan.uninstall(folder, hooks)
    if not steps:
        return [f'Nothing to do: no hook in {os.fsdecode(folder)} is pina-scan\'s.']
    made = any(made_folder(plan.contents(step.path)) for step in steps)
    apply(folder, steps)
    if made and not os.listdir(folder):
        os.rmdir(folder)
    return [f'In {os.fsdecode(folder)}:', *(f'  {step.words}' for step in steps)]


def _may_be_written(git: Git, here: Place) -> None:
    folder, scope, value = here.setting
    name = managers.manager(folder, b'')
    if name is not None:
        raise HookError(f'core.hooksPath is {os.fsdecode(value)}: {name} keeps the hooks there. Instead {managers.advice(name)}')
    if scope in ELSEWHERE:
        raise HookError(
            f'core.hooksPath is {os.fsdecode(value)} ({scope} config), so that git runs no hook of this repository\'s own. '
            'For all repositories: `pina-scan install --global`. For this one: `git config --local core.hooksPath '
            f'{os.fsdecode(os.path.join(here.common, b"hooks"))}`, and again.',
        )
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise HookError(f'{os.fsdecode(folder)}, where git looks for hooks, is no folder. Move it away.')
    if here.top is not None and within(folder, here.top) and not within(folder, here.common) and _tracked(git, here.top, folder):
        raise HookError(
            f'the hooks are in {os.fsdecode(folder)}, which is tracked: they are everybody\'s. Instead {managers.advice("")}',
        )


def _tracked(git: Git, top: bytes, folder: bytes) -> bool:
    below = os.path.relpath(os.path.realpath(folder), os.path.realpath(top))
    return output(git, '-C', top, '--literal-pathspecs', 'ls-files', '-z', '--', below) != b''

"""What to do for each hook, worked out before anything is touched: a refusal leaves all as it was."""
from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.errors import HookError
from pina_scan.hooks import managers
from pina_scan.hooks import script
from pina_scan.hooks.types import HANDED_ON
from pina_scan.hooks.types import KEPT
from pina_scan.hooks.types import LEGACY
from pina_scan.hooks.types import PROTECTING


class Step(NamedTuple):
    """`data` goes to `path`, or with None nothing does. What is at `path` goes to `keep`, what is at `restore` to `path`.

    `words` is what is told of it.
    """

    path: bytes
    data: bytes | None
    keep: bytes | None
    restore: bytes | None
    words: str


def install(folder: bytes, hooks: Sequence[str], tool: script.Tool) -> list[Step]:
    """Raises HookError for what would break, or would be broken later on by whoever keeps these hooks."""
    made = not os.path.isdir(folder)
    return [_one(folder, hook, tool, made) for hook in hooks]


def shared(folder: bytes, tool: script.Tool) -> list[Step]:
    """The hooks of a folder of pina-scan's own, for every repository: each one that git has, since it turns off theirs."""
    steps = []
    for hook in (*PROTECTING, *HANDED_ON):
        path = os.path.join(folder, hook.encode())
        if os.path.lexists(path):
            _unedited(path, contents(path))
        steps.append(Step(path, script.render(hook, tool, shared=True), None, None, ''))
    return steps


def uninstall(folder: bytes, hooks: Sequence[str]) -> list[Step]:
    """Raises HookError for a script of pina-scan's that somebody has changed."""
    return [step for hook in hooks for step in _out(folder, hook.encode())]


def _one(folder: bytes, hook: str, tool: script.Tool, made: bool) -> Step:
    path = os.path.join(folder, hook.encode())
    keep = path + KEPT
    words = ''
    if os.path.lexists(path):
        name = managers.manager(folder, contents(path))
        if name in managers.RUN_LEGACY:
            path += LEGACY
            words = f'; {name} runs it first, as {os.fsdecode(os.path.basename(path))}'
        elif name is not None and not script.ours(contents(path)):
            raise HookError(
                f'{_shown(path)} is {name}\'s, which would overwrite what is put in its place. Instead {managers.advice(name)}',
            )
    if not os.path.lexists(path):
        return Step(path, script.render(hook, tool, made_folder=made), None, None, f'{hook}: put in{words}')
    data = contents(path)
    if script.ours(data):
        _unedited(path, data)
        new = script.render(hook, tool, made_folder=script.made_folder(data))
        return Step(path, new, None, None, f'{hook}: {"is in" if new == data else "brought up to date"}{words}')
    _can_be_kept(folder, path, data, keep)
    order = 'after it' if hook == 'pre-push' else 'before it'
    words += f'; what was there is kept as {os.fsdecode(os.path.basename(keep))}'
    words += f' and runs {order}' if os.access(path, os.X_OK) else '; it is not executable, so git did not run it either'
    return Step(path, script.render(hook, tool), keep, None, f'{hook}: put in{words}')


def _can_be_kept(folder: bytes, path: bytes, data: bytes, keep: bytes) -> None:
    name = os.path.basename(path)
    line = f'pina-scan git-hook {os.fsdecode(name)} "$@"'
    if os.path.isdir(path) and not os.path.islink(path):
        raise HookError(f'{_shown(path)} is a folder, no hook. Move it away.')
    if os.path.lexists(keep):
        raise HookError(
            f'{_shown(keep)} is there already, from an earlier hook that pina-scan kept, and {_shown(path)} is not pina-scan\'s. '
            'Move away the one that is not wanted any more.',
        )
    if managers.goes_by_its_name(data):
        raise HookError(
            f'{_shown(path)} looks at the name it is called by, so that it can\'t be kept under another. '
            f'Add this line to it instead: {line}',
        )
    if os.path.islink(path) and _shared_target(folder, path):
        raise HookError(
            f'{_shown(path)} and other hooks are links to one program, which goes by the name it is called by. '
            f'Have that program call: {line}',
        )


def _shared_target(folder: bytes, path: bytes) -> bool:
    target = os.path.realpath(path)
    return any(
        entry.path != path and entry.is_symlink() and os.path.realpath(entry.path) == target for entry in os.scandir(folder)
    )


def _out(folder: bytes, hook: bytes) -> Iterator[Step]:
    kept = os.path.join(folder, hook + KEPT)
    for path in (os.path.join(folder, hook), os.path.join(folder, hook + LEGACY)):
        data = contents(path) if os.path.lexists(path) else b''
        if script.ours(data):
            _unedited(path, data)
            if os.path.lexists(kept):
                yield Step(path, None, None, kept, f'{_shown(hook)}: taken out; what was there before is back')
            else:
                yield Step(path, None, None, None, f'{_shown(hook)}: taken out')
            return


def _unedited(path: bytes, data: bytes) -> None:
    if not script.ours(data):
        raise HookError(f'{_shown(path)} is not pina-scan\'s. Move it away.')
    if script.edited(data):
        raise HookError(f'{_shown(path)} was changed after pina-scan wrote it. Keep your lines elsewhere, and move it away.')


def contents(path: bytes) -> bytes:
    """What is in a hook; nothing for a link that leads nowhere and for what is no file."""
    if not os.path.isfile(path):
        return b''
    try:
        with open(path, 'rb') as file:
            return file.read(1 << 24)
    except OSError as error:
        raise HookError(f'{_shown(path)} could not be read: {error.strerror}.') from None


def _shown(path: bytes) -> str:
    return os.fsdecode(path)

"""The hooks' files, type by type: is there one, does git run it, whose is it."""
from __future__ import annotations

import os

from pina_scan.doctor.check import BAD
from pina_scan.doctor.check import NOTE
from pina_scan.doctor.check import OK
from pina_scan.doctor.check import Check
from pina_scan.errors import HookError
from pina_scan.hooks import managers
from pina_scan.hooks import script
from pina_scan.hooks.plan import contents
from pina_scan.hooks.setting import Place
from pina_scan.hooks.types import LEGACY
from pina_scan.hooks.types import PROTECTING

_INSTALL = 'pina-scan install'


def folder(here: Place) -> Check:
    path, scope, value = here.setting
    shown = os.fsdecode(path)
    if not scope:
        return Check('hooks', OK, f'in {shown}')
    words = f'in {shown}, by core.hooksPath ({scope} config)'
    if value == b'/dev/null' or not os.path.isdir(path):
        remedy = 'npx husky' if managers.manager(path, b'') == 'husky' else f'git config --{scope} --unset core.hooksPath'
        return Check('hooks', BAD, f'{words}, which is no folder: none is run', remedy)
    return Check('hooks', OK, words)


def owners(here: Place) -> dict[str, str | None]:
    """Type -> who keeps that hook: `pina-scan`, a manager's name, `other`, or None where git runs none."""
    return {hook: _owner(here.setting.path, hook) for hook in PROTECTING}


def _owner(path: bytes, hook: str) -> str | None:
    name = os.path.join(path, hook.encode())
    if not os.path.isfile(name) or not os.access(name, os.X_OK):
        return None
    data = _data(name)
    if script.ours(data):
        return 'pina-scan'
    return managers.manager(path, data) or 'other'


def hooks(here: Place) -> list[Check]:
    return [_hook(here.setting.path, hook, owner) for hook, owner in owners(here).items()]


def _hook(path: bytes, hook: str, owner: str | None) -> Check:
    name = os.path.join(path, hook.encode())
    if owner is None:
        if os.path.isfile(name):
            return Check(hook, BAD, 'is not executable: git passes over it', f'chmod +x {os.fsdecode(script.quoted(name))}')
        dangling = ' (a link that leads nowhere)' if os.path.islink(name) else ''
        # what a merge brings was a commit before, and is one more to push
        return Check(hook, NOTE if hook == 'pre-merge-commit' else BAD, f'there is no such hook{dangling}', _INSTALL)
    if owner == 'pina-scan':
        if script.edited(_data(name)):
            return Check(hook, NOTE, "pina-scan's, but somebody has changed it")
        return Check(hook, OK, "pina-scan's")
    legacy = name + LEGACY
    if owner in managers.RUN_LEGACY and os.access(legacy, os.X_OK) and script.ours(_data(legacy)):
        return Check(hook, OK, f"{owner}'s, which runs pina-scan's first")
    if owner == 'other':
        if b'pina-scan' in _data(name) or b'pina_scan' in _data(name):
            return Check(hook, OK, 'a hook of its own, which names pina-scan')
        return Check(hook, NOTE, 'a hook of its own, which does not name pina-scan', _INSTALL)
    return Check(hook, OK, f"{owner}'s")


def _data(path: bytes) -> bytes:
    try:
        return contents(path)
    except HookError:
        return b''

"""Carries out steps: each file whole or not at all, and all of them or none."""
from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Sequence
from contextlib import suppress

from pina_scan.errors import HookError
from pina_scan.hooks.plan import Step

Undo = Callable[[], None]


def apply(folder: bytes, steps: Sequence[Step]) -> None:
    """Raises HookError, with all put back, where one can't be done."""
    undo: list[Undo] = []
    try:
        if not os.path.isdir(folder):
            os.makedirs(folder)
            undo.append(lambda: os.rmdir(folder))
        for step in steps:
            undo.append(_write(step) if step.data is not None else _remove(step))
    except OSError as error:
        for back in reversed(undo):
            with suppress(OSError):
                back()
        name = os.fsdecode(error.filename2 or error.filename or folder)
        raise HookError(f'{name} could not be written: {error.strerror}. Nothing was changed.') from None


def _write(step: Step) -> Undo:
    """The new file takes the old one's place in one go, so that there is no moment without a hook."""
    assert step.data is not None
    path, keep = step.path, step.keep
    before = _bytes(path) if keep is None else None
    part = path + b'.%d.part' % os.getpid()
    try:
        _create(part, step.data)
        if keep is not None:
            _second_name(path, keep)
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            os.unlink(part)
        if keep is not None and os.path.lexists(keep):
            # the same file by two names is left alone by rename(2)
            os.unlink(keep) if os.path.lexists(path) else os.rename(keep, path)
        raise

    def back() -> None:
        if keep is not None:
            os.replace(keep, path)
        elif before is None:
            os.unlink(path)
        else:
            _create(part, before)
            os.replace(part, path)

    return back


def _remove(step: Step) -> Undo:
    data = _bytes(step.path)
    if step.restore is not None:
        os.replace(step.restore, step.path)
    else:
        os.unlink(step.path)

    def back() -> None:
        if step.restore is not None:
            os.replace(step.path, step.restore)
        _create(step.path, data or b'')

    return back


def _create(path: bytes, data: bytes) -> None:
    # the umask decides who may run it besides its owner
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o777)
    with open(fd, 'wb') as file:
        file.write(data)
        os.fchmod(fd, os.fstat(fd).st_mode & 0o777 | 0o700)


def _second_name(path: bytes, keep: bytes) -> None:
    try:
        os.link(path, keep, follow_symlinks=False)
    except OSError:
        # a file system without hard links: for a moment there is no hook
        os.rename(path, keep)


def _bytes(path: bytes) -> bytes | None:
    if not os.path.lexists(path):
        return None
    with open(path, 'rb') as file:
        return file.read()

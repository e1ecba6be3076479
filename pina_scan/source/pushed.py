"""What a push sends: the refs that git names to a pre-push hook, or that have to be worked out again."""
from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pina_scan.errors import UsageError
from pina_scan.git.run import Git
from pina_scan.git.run import run

_NULL = re.compile('0+')


class Update(NamedTuple):
    """One line of git's (githooks(5), pre-push): what is sent, and what the remote has there now; None for none."""

    ref: bytes
    new: str | None
    old: str | None


def updates(lines: bytes) -> list[Update]:
    """Raises UsageError for a line that is not git's."""
    found = []
    for line in lines.splitlines():
        fields = line.split(b' ')
        if len(fields) != 4:
            raise UsageError('standard input has not the lines that git gives a pre-push hook: see githooks(5).')
        new, old = (None if _NULL.fullmatch(name) else name for name in (fields[1].decode(), fields[3].decode()))
        found.append(Update(fields[2], new, old))
    return found


def revs(git: Git, sent: Iterable[Update], remote: str) -> list[str]:
    """Arguments of rev-list for what the remote doesn't have; none at all for a push that only deletes."""
    sent = list(sent)
    new = [update.new for update in sent if update.new is not None]
    # what the remote has and this repository has not was put there by another: it takes nothing off
    old = [update.old for update in sent if update.old is not None and _has(git, update.old)]
    return [*new, '--not', *old, f'--remotes={_literal(remote)}'] if new else []


def unsent(remote: str) -> list[str]:
    """The same for every ref, where nobody says which are sent: at least what is, at most all that could be.

    Stashes and what a fetch or a bisect put there are for this clone alone.
    """
    local = [f'--exclude={pattern}' for pattern in ('refs/remotes/*', 'refs/prefetch/*', 'refs/bisect/*', 'refs/stash')]
    return ['HEAD', *local, '--all', '--not', f'--remotes={_literal(remote)}']


def _has(git: Git, name: str) -> bool:
    return run(git, 'cat-file', '-e', f'{name}^{{object}}', ok=(0, 1, 128))[2] == 0


def _literal(remote: str) -> str:
    """A remote's name is a pattern to --remotes; a URL in its place matches no ref, as it should."""
    return re.sub(r'([*?\[\\])', r'\\\1', remote)

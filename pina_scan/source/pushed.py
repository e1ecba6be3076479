"""What a push sends: the refs that git names to a pre-push hook, or that have to be worked out again."""
from __future__ import annotations

import os
import re
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.errors import UsageError
from pina_scan.git.run import Git
from pina_scan.git.run import output
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
        # what was typed for a name of git's may have spaces: `HEAD^{/fix it}`
        fields = line.rsplit(b' ', 3)
        if len(fields) != 4:
            raise UsageError('standard input has not the lines that git gives a pre-push hook: see githooks(5).')
        new, old = (None if _NULL.fullmatch(name) else name for name in (fields[1].decode(), fields[3].decode()))
        found.append(Update(fields[2], new, old))
    return found


def revs(git: Git, sent: Iterable[Update], remote: str) -> list[str]:
    """Arguments of rev-list for what the remote doesn't have; none at all for a push that only deletes."""
    sent = list(sent)
    # many refs may have one commit
    new = dict.fromkeys(update.new for update in sent if update.new is not None)
    # what the remote has and this repository has not was put there by another: it takes nothing off
    old = [name for name in dict.fromkeys(update.old for update in sent) if name is not None and _has(git, name)]
    return [*new, '--not', *old, *_there(git, remote, sent)] if new else []


def unsent(git: Git, remote: str, sent: str | None, update: Update) -> list[str]:
    """The same for every ref, where one of those that are sent is told, or none: at least what is, at most all that could be.

    `sent` is what that `update` has for a name, which need not be on a ref. Stashes and what a fetch or a bisect put there
    are for this clone alone, unless all is mirrored.
    """
    own = ('refs/remotes/*', 'refs/prefetch/*', 'refs/bisect/*', 'refs/stash')
    mirrored = run(git, 'config', '--type=bool', f'remote.{remote}.mirror', ok=(0, 1, 128))[0].strip() == b'true'
    local = [f'--exclude={pattern}' for pattern in own if not mirrored]
    known = [update.old] if update.old is not None and _has(git, update.old) else []
    # before the first push nothing is told of what is there
    stale = [update] if known else []
    return [*([_id(git, sent)] if sent is not None else []), *local, '--all', '--not', *known, *_there(git, remote, stale)]


def unsent_names(git: Git, remote: str) -> list[bytes]:
    """Of branches that the remote doesn't have, and of tags."""
    every = frozenset(output(git, 'for-each-ref', '--format=%(refname)').splitlines())
    there = b'refs/remotes/%s/' % os.fsencode(remote)
    heads = (name for name in every if name.startswith(b'refs/heads/') and there + name[len(b'refs/heads/'):] not in every)
    return sorted([*heads, *(name for name in every if name.startswith(b'refs/tags/'))])


def asked(git: Git, since: str, until: str) -> list[str]:
    """The same for a range that somebody typed."""
    return [_id(git, until), '--not', _id(git, since)]


def _id(git: Git, name: str) -> str:
    found, _, code = run(git, 'rev-parse', '--verify', '--quiet', '--end-of-options', name, ok=(0, 1, 128))
    if code:
        raise UsageError(f'git can\'t make out {name}, which is to be pushed. Fetch it, or name another.')
    return found.decode('ascii').strip()


def _there(git: Git, remote: str, sent: Sequence[Update]) -> list[str]:
    """What is known to be at a remote, which may be given as a URL: git keeps what it knows under the remote's name."""
    found = run(git, 'config', '-z', '--get-regexp', r'^remote\..*\.url$', ok=(0, 1))[0]
    settings = (setting.partition(b'\n') for setting in found.split(b'\0'))
    named = [os.fsdecode(key[len(b'remote.'):-len(b'.url')]) for key, _, url in settings if url == os.fsencode(remote)]
    return [
        word for name in dict.fromkeys((remote, *named))
        for word in (*_stale(git, name, sent), f'--remotes={_literal(name)}')
    ]


def _stale(git: Git, remote: str, sent: Sequence[Update]) -> list[str]:
    """Leaves out of the next --remotes what the remote has taken back since: the push itself says what is there now."""
    folder = f'refs/remotes/{remote}/'
    listing = output(git, 'for-each-ref', '--format=%(objectname) %(refname)', folder).splitlines()
    noted = {ref: name.decode('ascii') for name, _, ref in (line.partition(b' ') for line in listing)}
    gone = []
    for update in sent:
        own = os.fsencode(folder) + update.ref.removeprefix(b'refs/heads/')
        # what is not here may well be upon what is noted
        if noted.get(own, update.old) != update.old and (update.old is None or _has(git, update.old)):
            gone.append(_literal(os.fsdecode(own.removeprefix(b'refs/remotes/'))))
    return [f'--exclude={name}' for name in gone]


def _has(git: Git, name: str) -> bool:
    return run(git, 'cat-file', '-e', f'{name}^{{object}}', ok=(0, 1, 128))[2] == 0


def _literal(remote: str) -> str:
    """A remote's name is a pattern to --remotes; a URL in its place matches no ref, as it should."""
    return re.sub(r'([*?\[\\])', r'\\\1', remote)

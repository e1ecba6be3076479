"""`pina-scan push [REMOTE [URL]]`: what a push sends, for a pre-push hook.

git says which refs on standard input. pre-commit reads that itself and hands over one ref of it, so that there every
branch and tag that the remote doesn't have is scanned: some of it may stay here, but nothing is sent unseen.
"""
from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli import history
from pina_scan.cli.options import Parser
from pina_scan.cli.options import parse
from pina_scan.cli.outcome import finish
from pina_scan.cli.session import Session
from pina_scan.cli.session import tell_as_found
from pina_scan.errors import UsageError
from pina_scan.git.repository import inspect
from pina_scan.git.run import Git
from pina_scan.source import pushed

_PRE_COMMIT = ('PRE_COMMIT', 'PRE_COMMIT_TO_REF', 'PRE_COMMIT_LOCAL_BRANCH', 'PRE_COMMIT_REMOTE_NAME')


def parser() -> Parser:
    made = Parser(prog='pina-scan push', description="Scans what a push sends; git's lines are on standard input.")
    made.add_argument('remote', metavar='REMOTE', nargs='?')
    made.add_argument('url', metavar='URL', nargs='?')
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    given = parse(parser(), args)
    git = Git(os.getcwdb(), environ)
    repository = inspect(git)
    session = Session(given, history.top(repository), environ)
    tell_as_found(session, traced=True)
    remote = given.get('remote') or environ.get('PRE_COMMIT_REMOTE_NAME') or 'origin'
    names: list[bytes] = []
    # git gives its hook the URL too; a hook of pre-commit's may push something else, with all of its variables set
    if given.get('url') is None and any(environ.get(name) for name in _PRE_COMMIT):
        revs, names = _under_pre_commit(git, remote, environ)
    else:
        lines = pushed.updates(_given())
        names = [line.ref for line in lines]
        revs = pushed.revs(git, lines, remote)
    results = history.in_range(session, repository, revs, _names(names)) if revs else history.nothing()
    history.enter(session, results)
    if not results.findings and not results.unread and not session.config.verbose:
        session.silence()
    return finish(session, results)


def _given() -> bytes:
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UsageError(f"git's lines could not be read from standard input: {error.strerror}.") from None


def _under_pre_commit(git: Git, remote: str, environ: Mapping[str, str]) -> tuple[list[str], list[bytes]]:
    since, until, branch = (environ.get(f'PRE_COMMIT_{name}') for name in ('FROM_REF', 'TO_REF', 'LOCAL_BRANCH'))
    if since and until and not environ.get('PRE_COMMIT_REMOTE_NAME'):
        # --from-ref and --to-ref by hand
        return pushed.asked(git, since, until), []
    given = [os.fsencode(environ.get(name, '')) for name in ('PRE_COMMIT_LOCAL_BRANCH', 'PRE_COMMIT_REMOTE_BRANCH')]
    names = dict.fromkeys([*given, *pushed.unsent_names(git, remote)])
    # with a root it names no ids
    update = pushed.Update(given[1], until or None, since or None)
    return pushed.unsent(git, remote, until or branch or None, update), [*names]


def _names(names: Sequence[bytes]) -> Iterator[Blob | Unread]:
    for name in names:
        if name:
            yield Blob(name, b'')

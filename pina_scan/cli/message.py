"""`pina-scan message FILE`: a commit message, for a commit-msg hook."""
from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli.options import Parser
from pina_scan.cli.options import parse
from pina_scan.cli.outcome import finish
from pina_scan.cli.root import root_of
from pina_scan.cli.session import Session
from pina_scan.cli.session import gathered
from pina_scan.cli.session import tell_as_found
from pina_scan.git.run import Git
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.source.message import Message
from pina_scan.source.message import in_diff
from pina_scan.source.message import message
from pina_scan.source.message import taken_out


def parser() -> Parser:
    made = Parser(prog='pina-scan message', description='Scans a commit message: everything of it that git may store.')
    made.add_argument('file', metavar='FILE')
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    given = parse(parser(), args)
    session = Session(given, root_of(b'.'), environ)
    found = message(os.fsencode(given['file']))
    tell_as_found(session)
    said = scan(found.items, session.totals, session.config.limits)
    results = gathered(session, _kept(said, found, environ))
    if not results.findings and not results.unread and not session.config.verbose:
        # a hook that has nothing to say says nothing
        session.silence()
    return finish(session, results)


def _kept(found: Iterable[Finding | Unread], message: Message, environ: Mapping[str, str]) -> Iterator[Finding | Unread]:
    """Without what git's own diff has. In a hook it is looked up: a message may have scissors of its own, which git keeps."""
    # git gives both to a commit-msg hook: the second where no editor was called (githooks(5))
    in_hook = bool(environ.get('GIT_INDEX_FILE')) or environ.get('GIT_EDITOR') == ':'
    in_editor = in_hook and environ.get('GIT_EDITOR') != ':'

    @cache
    def tokens(source: Callable[[Git], Iterator[Blob | Unread]]) -> frozenset[str]:
        results = scan(source(Git(os.getcwdb(), environ)), Totals())
        return frozenset(result.token_sha256 for result in results if isinstance(result, Finding))

    for result in found:
        if isinstance(result, Finding) and result.line is not None:
            if message.scissors is not None and result.line >= message.scissors:
                if not in_hook or result.token_sha256 in tokens(in_diff):
                    continue
            elif in_editor and result.line in message.named and result.token_sha256 in tokens(taken_out):
                continue
        yield result

"""`pina-scan message FILE`: a commit message, for a commit-msg hook."""
from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan.cli.options import Parser
from pina_scan.cli.options import parse
from pina_scan.cli.root import root_of
from pina_scan.cli.session import Session
from pina_scan.cli.session import collect
from pina_scan.cli.session import finish
from pina_scan.source.message import message


def parser() -> Parser:
    made = Parser(prog='pina-scan message', description='Scans a commit message: everything of it that git may store.')
    made.add_argument('file', metavar='FILE')
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    given = parse(parser(), args)
    session = Session(given, root_of(b'.'), environ)
    results = collect(session, message(os.fsencode(given['file'])))
    if not results.findings and not results.unread and not session.config.verbose:
        # a hook that has nothing to say says nothing
        session.config = session.config._replace(quiet=True)
    return finish(session, results)

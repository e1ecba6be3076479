"""`pina-scan message FILE`: a commit message, for a commit-msg hook."""
from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan.cli.options import Parser
from pina_scan.cli.options import parse
from pina_scan.cli.root import root_of
from pina_scan.cli.session import Results
from pina_scan.cli.session import Session
from pina_scan.cli.session import collect
from pina_scan.cli.session import finish
from pina_scan.git.run import Git
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.source.message import in_diff
from pina_scan.source.message import message


def parser() -> Parser:
    made = Parser(prog='pina-scan message', description='Scans a commit message: everything of it that git may store.')
    made.add_argument('file', metavar='FILE')
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    given = parse(parser(), args)
    session = Session(given, root_of(b'.'), environ)
    found = message(os.fsencode(given['file']))
    results = collect(session, found.items)
    if found.scissors is not None:
        results = results._replace(findings=_kept(results, found.scissors, environ))
    if not results.findings and not results.unread and not session.config.verbose:
        # a hook that has nothing to say says nothing
        session.config = session.config._replace(quiet=True)
    return finish(session, results)


def _kept(results: Results, scissors: int, environ: Mapping[str, str]) -> list[Finding]:
    """Without what git's own diff has. In a hook it is looked up: a message may have scissors of its own, which git keeps."""
    below = [finding for finding in results.findings if finding.line is not None and finding.line >= scissors]
    # git gives both to a commit-msg hook: the second where no editor was called (githooks(5))
    in_hook = bool(environ.get('GIT_INDEX_FILE')) or environ.get('GIT_EDITOR') == ':'
    if below and in_hook:
        shown = scan(in_diff(Git(os.getcwdb(), environ)), Totals())
        tokens = {finding.token_sha256 for finding in shown if isinstance(finding, Finding)}
        below = [finding for finding in below if finding.token_sha256 in tokens]
    return [finding for finding in results.findings if finding not in below]

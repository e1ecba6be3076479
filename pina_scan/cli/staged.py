"""`pina-scan staged`: the index against HEAD."""
from __future__ import annotations

import os

from pina_scan.git.index import COMPARE
from pina_scan.git.index import TOP
from pina_scan.git.run import PIPE
from pina_scan.git.run import Git
from pina_scan.git.run import finished
from pina_scan.git.run import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from typing import Any

    from pina_scan.cli.options import Parser


def parser() -> Parser:
    from pina_scan.cli.options import Parser

    return Parser(prog='pina-scan staged', description="What the next commit would store, from the index's own bytes.")


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    given: Mapping[str, Any] = {'command': 'staged'}
    if args:
        from pina_scan.cli.options import parse
        given = parse(parser(), args)
    return run(given, environ)


def run(given: Mapping[str, Any], environ: Mapping[str, str], silent: bool = False) -> int:
    """`silent`: a run that finds nothing says nothing, as a hook should."""
    git = Git(os.getcwdb(), environ)
    # git reads a large index for as long as the rest takes to load: so at the same time
    where, compared = start(git, TOP, PIPE), start(git, COMPARE, PIPE)
    from pina_scan.cli.session import Session
    from pina_scan.cli.session import collect
    from pina_scan.cli.session import finish
    from pina_scan.source.staged import staged

    top = finished(where, TOP)[0].rstrip(b'\n')
    session = Session(given, top, environ)
    # paths are from the top, wherever this was called
    items = (item for item in staged(git, top, compared) if not session.skip(os.path.join(top, item.path)))
    results = collect(session, items)
    if results.findings:
        from pina_scan.cli.exposed import staged_only
        results = results._replace(findings=staged_only(git, top, results.findings))
    if silent and not results.findings and not results.unread and not session.config.verbose:
        session.config = session.config._replace(quiet=True)
    os.chdir(top)
    return finish(session, results)

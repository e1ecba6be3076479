"""`pina-scan staged`: the index against HEAD."""
from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from pina_scan.cli.options import Parser
from pina_scan.cli.options import parse
from pina_scan.cli.session import Session
from pina_scan.cli.session import collect
from pina_scan.cli.session import finish
from pina_scan.git.index import top_level
from pina_scan.git.run import Git
from pina_scan.source.staged import staged


def parser() -> Parser:
    return Parser(prog='pina-scan staged', description="What the next commit would store, from the index's own bytes.")


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    return run(parse(parser(), args), environ)


def run(given: Mapping[str, Any], environ: Mapping[str, str], silent: bool = False) -> int:
    """`silent`: a run that finds nothing says nothing, as a hook should."""
    git = Git(os.getcwdb(), environ)
    top = top_level(git)
    session = Session(given, top, environ)
    # paths are from the top, wherever this was called
    items = (item for item in staged(git) if not session.skip(os.path.join(top, item.path)))
    results = collect(session, items)
    if silent and not results.findings and not results.unread and not session.config.verbose:
        session.config = session.config._replace(quiet=True)
    os.chdir(top)
    return finish(session, results)

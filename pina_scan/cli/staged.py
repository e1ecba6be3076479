"""`pina-scan staged`: the index against HEAD."""
from __future__ import annotations

import os
import time
from itertools import chain

from pina_scan.cli.boundary import CLEAN
from pina_scan.git.index import COMPARE
from pina_scan.git.index import TOP
from pina_scan.git.objects import Objects
from pina_scan.git.run import Git
from pina_scan.git.run import finished
from pina_scan.git.run import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from typing import Any

    from pina_scan.blob import Unread
    from pina_scan.cli.options import Parser
    from pina_scan.records import Finding


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
    started = time.perf_counter()
    git = Git(os.getcwdb(), environ)
    # git reads a large index for as long as the rest takes to load: so at the same time
    where, compared, objects = start(git, TOP, True), start(git, COMPARE, True), Objects(git)
    from pina_scan.cli.plain import plain
    from pina_scan.cli.plain import say
    from pina_scan.cli.plain import unadorned
    from pina_scan.pipeline import Totals
    from pina_scan.pipeline import scan
    from pina_scan.source.staged import staged

    top = finished(where, TOP)[0][:-1]
    items = staged(git, top, compared, objects)
    totals = Totals()
    found: Iterator[Finding | Unread] | None = None
    if plain(given, top) and (silent or unadorned(environ)):
        found = scan(items, totals)
        first = next(found, None)
        if first is None:
            if not silent:
                say(totals, time.perf_counter() - started)
            return CLEAN
        found = chain((first,), found)
    from pina_scan.cli.exposed import exposed
    from pina_scan.cli.outcome import finish
    from pina_scan.cli.session import Session
    from pina_scan.cli.session import gathered
    from pina_scan.cli.session import tell_as_found

    session = Session(given, top, environ)
    session.started, session.totals = started, totals
    tell_as_found(session)
    # paths are from the top, wherever this was called
    os.chdir(top)
    if found is None:
        wanted = (item for item in items if not session.skip(os.path.join(top, item.path)))
        found = scan(wanted, totals, session.config.limits)
    results = gathered(session, exposed(git, top, found))
    if silent and not results.findings and not results.unread and not session.config.verbose:
        session.silence()
    return finish(session, results)

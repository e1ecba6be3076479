"""`pina-scan history [RANGE]`: every object of the repository, or only what a range of commits adds."""
from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan import suspect
from pina_scan.blob import Unread
from pina_scan.cli.options import Parser
from pina_scan.cli.options import parse
from pina_scan.cli.session import Results
from pina_scan.cli.session import Session
from pina_scan.cli.session import finish
from pina_scan.git.repository import inspect
from pina_scan.git.run import Git
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.source import history
from pina_scan.source.workers import processors
from pina_scan.source.workers import spread


def parser() -> Parser:
    made = Parser(
        prog='pina-scan history',
        usage='pina-scan history [options] [RANGE ...]',
        description='Scans everything git keeps: every object, reachable or not, and the files beside them.',
    )
    made.add_argument('--jobs', type=int, metavar='N', help='processes (default: one for each processor)')
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    given = parse(parser(), args)
    git = Git(os.getcwdb(), environ)
    repository = inspect(git)
    session = Session(given, os.getcwdb(), environ)
    jobs = given.get('jobs') or processors()
    found = history.survey(repository, suspect.build(), jobs, lambda pack: None)

    def part(number: int) -> tuple[list[Finding | Unread], int, int]:
        totals = Totals()
        results = list(scan(history.items(found, number, jobs), totals))
        return results, totals.files, totals.bytes

    results = Results([], [])
    for made, count, size in spread(part, jobs):
        session.totals.files += count
        session.totals.bytes += size
        for item in made:
            if isinstance(item, Unread):
                results.unread.append(item)
            else:
                results.findings.append(item)
    return finish(session, results)

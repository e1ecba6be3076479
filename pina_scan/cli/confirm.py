"""The hook beyond its clean run: options, a config, or findings that have to be confirmed against what is staged."""
from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan.cli import hook
from pina_scan.cli.options import parse
from pina_scan.cli.session import Results
from pina_scan.cli.session import Session
from pina_scan.cli.session import collect
from pina_scan.cli.session import finish
from pina_scan.errors import NotARepository
from pina_scan.git.repo import top_of
from pina_scan.git.run import Git
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.source.stored import stored


def run(args: Sequence[str], paths: Sequence[bytes], root: bytes, environ: Mapping[str, str]) -> int:
    session = Session(parse(hook.parser(), args), root, environ)
    wanted = [path for path in paths if not session.skip(path)]
    found: list[Finding] = []
    unread = []
    for path in wanted:
        results = collect(session, hook.read((path,)))
        found += _confirmed(session, path, results.findings)
        unread += results.unread
    if not found and not unread and not session.config.verbose:
        session.config = session.config._replace(quiet=True)
    return finish(session, Results(found, unread))


def _confirmed(session: Session, path: bytes, findings: Sequence[Finding]) -> Sequence[Finding]:
    """Those that git stores, or sends elsewhere: a file that a filter encrypts on its way in is no leak."""
    if not findings or top_of(os.path.dirname(path) or b'.') is None:
        return findings
    try:
        blobs = stored(Git(os.getcwdb(), session.environ), path)
    except NotARepository:
        return findings
    if blobs is None:
        return findings
    results = scan(blobs, Totals(), session.config.limits)
    kept = {result.token_sha256 for result in results if isinstance(result, Finding)}
    return [finding for finding in findings if finding.line is None or finding.token_sha256 in kept]

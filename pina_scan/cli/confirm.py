"""The hook beyond its clean run: options, a config, or findings that have to be confirmed against what is staged."""
from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import groupby

from pina_scan.cli import hook
from pina_scan.cli.options import parse
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
    found = collect(session, hook.read(wanted))
    confirmed = [
        finding
        for path, findings in groupby(found.findings, key=lambda finding: _file(finding.path))
        for finding in _confirmed(session, path, list(findings))
    ]
    if not confirmed and not found.unread and not session.config.verbose:
        # like the clean run that loads nothing: pre-commit would show it under -v
        session.config = session.config._replace(quiet=True)
    return finish(session, found._replace(findings=confirmed))


def _file(path: bytes) -> bytes:
    """The file of a finding, which may stand in a container in it: `outer.zip!inner/name`."""
    at = len(path)
    while at > 0 and not os.path.lexists(path[:at]):
        at = path.rfind(b'!', 0, at)
    return path[:at] if at > 0 else path


def _confirmed(session: Session, path: bytes, findings: Sequence[Finding]) -> Sequence[Finding]:
    """Those that git stores, or sends elsewhere: a file that a filter encrypts on its way in is no leak."""
    if not os.path.lexists(path) or top_of(os.path.dirname(path) or b'.') is None:
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

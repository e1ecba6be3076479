"""The hook beyond its clean run: options, a config, or findings that have to be confirmed against what is staged."""
from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from functools import partial

from pina_scan.blob import Unread
from pina_scan.cli import hook
from pina_scan.cli.options import parse
from pina_scan.cli.outcome import finish
from pina_scan.cli.session import Session
from pina_scan.cli.session import gathered
from pina_scan.cli.session import tell_as_found
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
    tell_as_found(session)
    results = gathered(session, _confirmed(session, scan(hook.read(wanted), session.totals, session.config.limits)))
    if not results.findings and not results.unread and not session.config.verbose:
        # like the clean run that loads nothing: pre-commit would show it under -v
        session.silence()
    return finish(session, results)


def _confirmed(session: Session, found: Iterable[Finding | Unread]) -> Iterator[Finding | Unread]:
    """Without what git doesn't store, nor send elsewhere: a file that a filter encrypts on its way in is no leak."""
    tokens = cache(partial(_tokens, session))
    for result in found:
        if isinstance(result, Finding) and result.line is not None:
            kept = [tokens(path) for path in _files(result.path)]
            if kept and all(known is not None and result.token_sha256 not in known for known in kept):
                continue
        yield result


def _files(path: bytes) -> list[bytes]:
    """Every file that a finding may be in: it may stand in a container, `outer.zip!inner/name`, and a file be called that."""
    ends = [at for at in range(1, len(path)) if path[at:at + 1] == b'!']
    return [path[:at] for at in (*ends, len(path)) if os.path.lexists(path[:at])]


def _tokens(session: Session, path: bytes) -> frozenset[str] | None:
    """Those in what git has staged of a file; None where it has no word on that."""
    if not os.path.lexists(path) or top_of(os.path.dirname(path) or b'.') is None:
        return None
    try:
        blobs = stored(Git(os.getcwdb(), session.environ), path)
    except NotARepository:
        return None
    if blobs is None:
        return None
    results = scan(blobs, Totals(), session.config.limits)
    return frozenset(result.token_sha256 for result in results if isinstance(result, Finding))

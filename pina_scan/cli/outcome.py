"""How a run ends: what counts of its results, the report, the exit code."""
from __future__ import annotations

import os
import time

from pina_scan import __version__
from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.boundary import FOUND
from pina_scan.cli.boundary import WRONG
from pina_scan.cli.output import deliver
from pina_scan.cli.redaction import redacted
from pina_scan.cli.redaction import redacted_text
from pina_scan.cli.redaction import said
from pina_scan.cli.session import Results
from pina_scan.cli.session import Session
from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.records import Run
from pina_scan.records import Summary
from pina_scan.report.formats import WITH_REPOSITORY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.judge.baseline import Entry


def finish(session: Session, results: Results, whole: bool = False) -> int:
    """Settles, reports, and gives the exit code. `whole`: everything below the root was read, so that a baseline
    entry that accepted nothing is one too many."""
    report = settled(session, results, whole)
    if session.hushed and (report.notices or report.summary.suppressed or report.summary.excluded):
        session.config = session.config._replace(quiet=False)
    deliver(report, session.config, session.targets, session.environ, session.shown, session.stream)
    return report.run.exit_code


def settled(session: Session, results: Results, whole: bool = False) -> Report:
    """What the run has to say. The repository is asked about itself where a format tells that."""
    found: list[Finding] = []
    notices = list(session.notices)
    entries = session.entries()
    if results.findings or entries:
        judge = session.settler(entries)
        found += (cut(finding) for finding in judge.settle(results.findings))
        notices += [f'{_named(session, entry)} has expired' for entry in judge.expired()]
        if whole and not results.unread:
            notices += [
                f'{_named(session, entry)} accepts nothing any more; `pina-scan baseline prune`' for entry in judge.unused()
            ]
    counting = [finding for finding in found if finding.suppressed is None]
    suppressed = [finding for finding in found if finding.suppressed is not None]
    code = WRONG if results.unread else FOUND if counting else CLEAN
    return Report(
        counting,
        suppressed,
        [(unread.path, said(unread.reason)) for unread in results.unread],
        [redacted_text(notice) for notice in notices],
        Summary(
            session.totals.files, session.totals.bytes, len(counting), len(suppressed), session.excluded,
            time.perf_counter() - session.started,
        ),
        __version__,
        _run(session, code),
    )


def cut(finding: Finding) -> Finding:
    """What a comment and a baseline say is another's text."""
    if finding.suppressed is finding.note is None:
        return finding
    return finding._replace(
        suppressed=finding.suppressed and redacted_text(finding.suppressed),
        note=finding.note and redacted_text(finding.note),
    )


def _run(session: Session, code: int) -> Run:
    run = Run(session.command, session.root, os.getcwdb(), exit_code=code, began=_utc(session.began), ended=_utc(time.time()))
    asked = {session.config.format, *(target.format for target in session.targets)}
    if not asked.isdisjoint(WITH_REPOSITORY):
        from pina_scan.cli.repository_facts import facts
        run = facts(run, session.environ)
    # of the folders above what is scanned, and in what leads to a file
    return run._replace(root=redacted(run.root), cwd=redacted(run.cwd))


def _utc(seconds: float) -> str:
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(seconds))


def _named(session: Session, entry: Entry) -> str:
    path = entry.path.decode('utf-8', 'surrogateescape')
    comment = f' ({entry.comment})' if entry.comment else ''
    return f'{session.config.baseline}: the entry for {entry.sha256[:12]} in {path}{comment}'

"""JSON Lines on standard output, each finding as soon as it is known."""
from __future__ import annotations

from pina_scan.blob import Unread
from pina_scan.cli.outcome import cut
from pina_scan.cli.redaction import said
from pina_scan.cli.session import Session
from pina_scan.cli.stdout import write_stdout
from pina_scan.errors import ReportError
from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.as_jsonl import closing
from pina_scan.report.as_jsonl import finding_line
from pina_scan.report.as_jsonl import found_line
from pina_scan.report.as_jsonl import render
from pina_scan.report.as_jsonl import unread_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.judge.settle import Settler


class Stream:
    """Prints what is put into it, once. That it can't be printed is told at the end: the scan goes on for other reports."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._settler: Settler | None = None
        self._told: set[Finding | tuple[bytes, str]] = set()
        self._failed: ReportError | None = None

    def put(self, result: Finding | Unread) -> None:
        if isinstance(result, Unread):
            unread = (result.path, said(result.reason))
            if unread not in self._told:
                self._told.add(unread)
                self._write(unread_line(*unread))
            return
        if result.line is None:
            # a folder's name is met again with every file below it
            if result in self._told:
                return
            self._told.add(result)
        if self._settler is None:
            self._settler = self._session.settler(self._session.entries())
        for finding in self._settler.settle((result,)):
            if finding.suppressed is None or self._session.config.verbose:
                self._write(finding_line(cut(finding)))

    def close(self, report: Report) -> None:
        """Raises ReportError."""
        self._write(closing(report), last=True)

    def _write(self, lines: str, last: bool = False) -> None:
        if self._failed is None:
            try:
                write_stdout(lines.encode('utf-8', 'backslashreplace'))
            except ReportError as error:
                self._failed = error
        if last and self._failed is not None:
            raise self._failed


class Foretold(Stream):
    """For commands that trace findings once all are there: that one was found is told at once, what it is with the rest."""

    def put(self, result: Finding | Unread) -> None:
        if isinstance(result, Finding) and result not in self._told:
            self._told.add(result)
            self._write(found_line(result))

    def close(self, report: Report) -> None:
        self._write(render(report, self._session.config.verbose), last=True)

"""JSON Lines on standard output, each finding as soon as it is known."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli.redaction import redacted_text
from pina_scan.cli.session import Session
from pina_scan.cli.session import cut
from pina_scan.cli.stdout import write_stdout
from pina_scan.errors import ReportError
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.as_jsonl import closing
from pina_scan.report.as_jsonl import finding_line
from pina_scan.report.as_jsonl import unread_line
from pina_scan.token import scrub

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
            unread = (result.path, redacted_text(scrub(result.reason)))
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
        self._write(closing(report))
        if self._failed is not None:
            raise self._failed

    def _write(self, line: str) -> None:
        if self._failed is None:
            try:
                write_stdout(line.encode('utf-8', 'backslashreplace'))
            except ReportError as error:
                self._failed = error


def begin(session: Session) -> None:
    """For a command whose findings are settled as they come: not for history, where they are traced first."""
    if session.config.format == 'jsonl' and session.shown:
        session.stream = Stream(session)


def streamed(
        session: Session, lots: Sequence[Callable[[], Iterator[Blob | Unread]]], jobs: int,
) -> list[tuple[list[Finding], list[Unread], int, int]]:
    """What each lot has, in order: findings, unread, files and bytes. Each has been put into the stream as it came."""
    from pina_scan.as_found import as_found

    def work(lot: int) -> Iterator[Finding | Unread | Totals]:
        totals = Totals()
        yield from scan(lots[lot](), totals, session.config.limits)
        yield totals

    done: list[tuple[list[Finding], list[Unread], int, int]] = [([], [], 0, 0) for _ in lots]
    for lot, item in as_found(len(lots), jobs, work):
        findings, unread, _, _ = done[lot]
        if isinstance(item, Totals):
            done[lot] = (findings, unread, item.files, item.bytes)
            continue
        if session.stream is not None:
            session.stream.put(item)
        if isinstance(item, Unread):
            unread.append(item)
        else:
            findings.append(item)
    return done

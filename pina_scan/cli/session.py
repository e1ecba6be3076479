"""A run from its options to its exit code: what every scanning command does around its source.

What only some runs need is loaded where they need it: a clean scan of a small tree is mostly start-up.
"""
from __future__ import annotations

import os
import time
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from pina_scan import __version__
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.boundary import FOUND
from pina_scan.cli.boundary import WRONG
from pina_scan.cli.output import deliver
from pina_scan.cli.root import config_file
from pina_scan.cli.root import contents
from pina_scan.errors import ConfigError
from pina_scan.judge.config import Config
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.records import Summary
from pina_scan.token import scrub

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.judge.baseline import Entry
    from pina_scan.judge.settle import Settler


class Results(NamedTuple):
    """What the pipeline gave, in order."""

    findings: list[Finding]
    unread: list[Unread]

    def joined(self, other: Results) -> Results:
        """Both, with each name that has a token only once: it is met again with every file below it."""
        named = {finding for finding in self.findings if finding.line is None}
        more = [finding for finding in other.findings if finding not in named]
        return Results(self.findings + more, self.unread + other.unread)


class Session:
    """What holds for a whole run. `root` is the folder of the config and the baseline; `given` are options."""

    def __init__(self, given: Mapping[str, Any], root: bytes, environ: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self.root = root
        self.environ = environ
        self.output: str | None = given.get('output')
        path = given.get('config') or config_file(root)
        config = Config()
        if path is not None:
            from pina_scan.judge.config_file import load
            data = contents(path)
            if data is None:
                raise ConfigError(f'{path}: there is no such file.')
            config = load(data, path)
        exclude = (*config.exclude, *given.get('exclude', ()))
        self.config = config._replace(**{**{k: v for k, v in given.items() if k in Config._fields}, 'exclude': exclude})
        self.totals = Totals()
        self.excluded = 0
        self._exclude = None
        if exclude:
            from pina_scan.judge.exclude import Exclude
            self._exclude = Exclude(exclude, path or '--exclude')

    def place(self, path: bytes) -> bytes:
        """A path as reports give it, from the root: what patterns and baselines speak of."""
        below = os.path.relpath(os.path.abspath(path), self.root)
        return below.replace(os.sep.encode(), b'/') + (b'/' if path.endswith(b'/') else b'')

    def skip(self, path: bytes) -> bool:
        if self._exclude is None or not self._exclude(self.place(path)):
            return False
        self.excluded += 1
        return True

    def baseline_path(self) -> str:
        return os.path.join(os.fsdecode(self.root), self.config.baseline)

    def entries(self) -> list[Entry]:
        """The baseline's; none where there is no file. Raises ConfigError."""
        path = self.baseline_path()
        data = contents(path)
        if data is None:
            return []
        from pina_scan.judge.baseline import parse
        return parse(data, path)

    def settler(self, entries: Sequence[Entry]) -> Settler:
        from datetime import date

        from pina_scan.judge.settle import Settler

        return Settler(self.config.placeholders == 'allow', self.config.inline_allow, entries, date.today(), self.place)


def collect(session: Session, items: Iterable[Blob | Unread]) -> Results:
    """Runs the pipeline to its end."""
    results = Results([], [])
    for result in scan(items, session.totals, session.config.limits):
        if isinstance(result, Unread):
            results.unread.append(result)
        else:
            results.findings.append(result)
    return results


def finish(session: Session, results: Results, whole: bool = False) -> int:
    """Settles, reports, and gives the exit code. `whole`: everything below the root was read, so that a baseline
    entry that accepted nothing is one too many."""
    settled: list[Finding] = []
    notices: list[str] = []
    entries = session.entries()
    if results.findings or entries:
        judge = session.settler(entries)
        settled += judge.settle(results.findings)
        notices += [f'{_named(session, entry)} has expired' for entry in judge.expired()]
        if whole and not results.unread:
            notices += [
                f'{_named(session, entry)} accepts nothing any more; `pina-scan baseline prune`' for entry in judge.unused()
            ]
    counting = [finding for finding in settled if finding.suppressed is None]
    suppressed = [finding for finding in settled if finding.suppressed is not None]
    report = Report(
        counting,
        suppressed,
        [(unread.path, scrub(unread.reason)) for unread in results.unread],
        notices,
        Summary(
            session.totals.files, session.totals.bytes, len(counting), len(suppressed), session.excluded,
            time.perf_counter() - session.started,
        ),
        __version__,
    )
    deliver(report, session.config, session.output, session.environ)
    return WRONG if results.unread else FOUND if counting else CLEAN


def _named(session: Session, entry: Entry) -> str:
    path = entry.path.decode('utf-8', 'surrogateescape')
    comment = f' ({entry.comment})' if entry.comment else ''
    return f'{session.config.baseline}: the entry for {entry.sha256[:12]} in {path}{comment}'

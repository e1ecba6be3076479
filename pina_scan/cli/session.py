"""A run from its options to its results: what every scanning command does around its source. `outcome` goes on from there.

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

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli.root import config_file
from pina_scan.cli.root import contents
from pina_scan.cli.targets import targets
from pina_scan.errors import ConfigError
from pina_scan.judge.config import Config
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.cli.streaming import Stream
    from pina_scan.judge.baseline import Entry
    from pina_scan.judge.settle import Settler
    from pina_scan.meter import Meter


class Results(NamedTuple):
    """What the pipeline gave, in order."""

    findings: list[Finding]
    unread: list[Unread]


def joined(parts: Iterable[Results]) -> Results:
    """All of them, with what is said of a name only once: a folder's is met again with every file below it."""
    all_of_it = Results([], [])
    named: set[Finding] = set()
    known: set[tuple[bytes, str]] = set()
    for part in parts:
        all_of_it.findings.extend(finding for finding in part.findings if finding.line is not None or finding not in named)
        all_of_it.unread.extend(unread for unread in part.unread if (unread.path, unread.reason) not in known)
        named.update(finding for finding in part.findings if finding.line is None)
        known.update((unread.path, unread.reason) for unread in part.unread)
    return all_of_it


class Session:
    """What holds for a whole run. `root` is the folder of the config and the baseline; `given` are options."""

    def __init__(self, given: Mapping[str, Any], root: bytes, environ: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self.began = time.time()
        self.root = root
        self.environ = environ
        self.command: str = given.get('command', 'scan')
        path = given.get('config') or config_file(root)
        config = Config()
        self._config_file: str | None = path
        if path is not None:
            from pina_scan.judge.config_file import load
            data = contents(path)
            if data is None:
                raise ConfigError(f'{path}: there is no such file.')
            config = load(data, path)
        exclude = (*config.exclude, *given.get('exclude', ()))
        output = given.get('output') if given.get('output') != '-' else None
        self.config = config._replace(**{
            **{k: v for k, v in given.items() if k in Config._fields}, 'exclude': exclude, 'report': config.report,
        })
        self.shown = output is None
        #: a config comes with what is scanned: it may ask for silence, but not where it has a hand in the result
        self.hushed = self.config.quiet and not given.get('quiet')
        self.targets = targets(given.get('report', ()), config.report, output, self.config.format, root)
        self.stream: Stream | None = None
        self.totals = Totals()
        self.excluded = 0
        self.notices: list[str] = []
        self.progress: bool | None = given.get('progress')
        self.meter: Meter | None = None
        self._exclude = None
        if exclude:
            from pina_scan.judge.exclude import Exclude
            self._exclude = Exclude(exclude, path or '--exclude')

    def place(self, path: bytes) -> bytes:
        """A path as reports give it, from the root: what patterns and baselines speak of."""
        below = os.path.relpath(os.path.abspath(path), self.root)
        return below.replace(os.sep.encode(), b'/') + (b'/' if path.endswith(b'/') else b'')

    def skip(self, path: bytes) -> bool:
        if self._exclude is None:
            return False
        place = self.place(path)
        while place.startswith(b'../'):
            place = place[3:]
        # `.*` names hidden files: neither what is above, nor the top that was asked for
        if place.rstrip(b'/') in (b'.', b'..') or not self._exclude(place):
            return False
        self.excluded += 1
        return True

    def baseline_path(self) -> str:
        return os.path.join(os.fsdecode(self.root), self.config.baseline)

    def silence(self) -> None:
        """For a hook that has nothing to say."""
        self.config = self.config._replace(quiet=True)
        self.hushed = False

    def deciding(self) -> list[str]:
        """The files that say what is left out and accepted."""
        return [path for path in (self._config_file, self.baseline_path()) if path is not None and os.path.lexists(path)]

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


def tell_as_found(session: Session, traced: bool = False) -> None:
    """Findings are printed while the scan goes on, where the format is made for that. `traced`: what they are comes later."""
    if session.config.format == 'jsonl' and session.shown:
        from pina_scan.cli import streaming
        session.stream = (streaming.Foretold if traced else streaming.Stream)(session)


def collect(session: Session, items: Iterable[Blob | Unread]) -> Results:
    """Runs the pipeline to its end."""
    if session.meter is not None:
        from pina_scan.cli.progress import counted
        items = counted(session, items)
    return gathered(session, scan(items, session.totals, session.config.limits))


def gathered(session: Session, found: Iterable[Finding | Unread]) -> Results:
    """What a pipeline gives that is running already, or what was made of that."""
    results = Results([], [])
    for result in found:
        if session.stream is not None:
            session.stream.put(result)
        if isinstance(result, Unread):
            results.unread.append(result)
        else:
            results.findings.append(result)
    return results

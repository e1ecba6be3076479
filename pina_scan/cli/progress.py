"""Progress on a terminal, for what takes longer than half a second: how much, how fast, how long still.

A forked process of its own shows it: the scan neither waits for the terminal nor loads what draws on it.
"""
from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.meter import Meter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.cli.session import Session

READ, TRACED = 2, 3
#: What is counted in each stage: files, packs, and those two.
_WORDS = ('files', 'objects in packs', 'objects that may hold one', 'commits, for where it came from')
_AFTER = 0.5
_EVERY = 0.1


@contextmanager
def progress(session: Session) -> Iterator[None]:
    """Shows what `session.meter` counts, within it."""
    if not _wanted(session):
        yield
        return
    session.meter = Meter()
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(write)
            # ^C is the run's to answer
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            if not _ended(read, _AFTER):
                _show(read, session.meter)
        finally:
            os._exit(0)
    os.close(read)
    try:
        yield
    finally:
        os.close(write)
        os.waitpid(child, 0)
        session.meter = None


def counted(session: Session, items: Iterable[Blob | Unread]) -> Iterable[Blob | Unread]:
    meter = session.meter
    return items if meter is None else _counted(meter, items)


def _counted(meter: Meter, items: Iterable[Blob | Unread]) -> Iterator[Blob | Unread]:
    for item in items:
        yield item
        meter.add(int(isinstance(item, Unread) or item.last))


def _wanted(session: Session) -> bool:
    if session.stream is not None and sys.stdout.isatty():
        # what is told as it is found would stand in the middle of what is drawn
        return False
    wish = session.progress if session.progress is not None else not session.config.quiet
    return wish and sys.stderr.isatty() and session.environ.get('TERM') != 'dumb' and hasattr(os, 'fork')


def _ended(read: int, seconds: float) -> bool:
    """Whether the run closed its end of the pipe within that time."""
    return bool(select.select([read], [], [], seconds)[0])


def _show(read: int, meter: Meter) -> None:
    from rich.console import Console
    from rich.progress import BarColumn
    from rich.progress import Progress
    from rich.progress import TextColumn
    from rich.progress import TimeRemainingColumn

    words, rate = TextColumn('{task.fields[words]}'), TextColumn('{task.fields[rate]}')
    columns = (words, BarColumn(), rate, TimeRemainingColumn(compact=True))
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as shown:
        task = shown.add_task('', total=None, words='', rate='')
        stage, began = -1, 0.0
        while True:
            now, done, total = meter.read()
            if now != stage:
                stage, began = now, time.monotonic()
                shown.reset(task, total=total or None)
            fast = f'{done / max(time.monotonic() - began, _EVERY):,.0f}/s'
            of = f'{done:,} of {total:,}' if total else f'{done:,}'
            shown.update(task, completed=done, total=total or None, words=f'{of} {_WORDS[stage]}', rate=fast, refresh=True)
            if _ended(read, _EVERY):
                return

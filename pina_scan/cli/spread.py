"""A scan over several processes, in parts that each takes when it is free."""
from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli.progress import counted
from pina_scan.parallel import fan_out
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.cli.session import Session

    Read = Callable[[], Iterator[Blob | Unread]]


class Part(NamedTuple):
    """What the scan of one part gave, plain enough to be handed from process to process at once."""

    findings: list[Finding]
    unread: list[Unread]
    files: int
    bytes: int


def spread(session: Session, reads: Sequence[Read], jobs: int) -> list[Part]:
    """What each part has, in the order of `reads`. Where findings are told as they come, they have been."""
    def scanned(number: int, totals: Totals) -> Iterator[Finding | Unread]:
        return scan(counted(session, reads[number]()), totals, session.config.limits)

    def whole(number: int) -> tuple[list[Finding], list[Unread], int, int]:
        totals = Totals()
        part = Part([], [], 0, 0)
        for result in scanned(number, totals):
            _add(part, result)
        return part.findings, part.unread, totals.files, totals.bytes

    def by_item(number: int) -> Iterator[Finding | Unread | Totals]:
        totals = Totals()
        yield from scanned(number, totals)
        yield totals

    if session.stream is None:
        return [Part(*part) for part in fan_out(len(reads), jobs, whole)]
    from pina_scan.as_found import as_found

    parts = [Part([], [], 0, 0) for _ in reads]
    for number, item in as_found(len(reads), jobs, by_item):
        if isinstance(item, Totals):
            parts[number] = parts[number]._replace(files=item.files, bytes=item.bytes)
        else:
            session.stream.put(item)
            _add(parts[number], item)
    return parts


def _add(part: Part, result: Finding | Unread) -> None:
    if isinstance(result, Unread):
        part.unread.append(result)
    else:
        part.findings.append(result)

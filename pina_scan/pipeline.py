"""The flow, from bytes to findings. Read this first.

    source -> Blob -> anchors -> decode -> match -> judge -> Finding -> report

A few passes of automata over a blob's bytes finds every anchor. A blob without one, that doesn't begin as a container
does, is done: nothing but this module and the automaton is loaded for it. What follows an anchor is `examine`'s;
what is in a container comes back from `unpack` and takes the same way.
"""
from __future__ import annotations

from pina_scan.blob import TOO_MANY
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.decode.containers import suspect
from pina_scan.decode.encodings import ANCHORS
from pina_scan.decode.encodings import among
from pina_scan.match.anchors import build

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import Any

    from pina_scan.examine import Examiner
    from pina_scan.examine import Opened
    from pina_scan.match.anchors import Find
    from pina_scan.match.anchors import Hit
    from pina_scan.records import Finding
    from pina_scan.records import Limits
    from pina_scan.unpack.carrier import Carrier
    from pina_scan.unpack.unpacker import Unpacker


class Totals:
    """What a run has seen; `bytes` counts each byte once."""

    __slots__ = ('files', 'bytes')

    def __init__(self) -> None:
        self.files = 0
        self.bytes = 0


def scan(items: Iterable[Blob | Unread], totals: Totals, limits: Limits | None = None) -> Iterator[Finding | Unread]:
    """Everything found in what a source yields, and everything that it could not read.

    Findings are as they stand in the bytes: what a config, a comment or a baseline says of them is `settle`'s.
    `limits` are for each thing that a source yields.
    """
    find = finder()
    examiner: Examiner | None = None
    unpacker: Unpacker | None = None
    most = told = 0
    last = b''
    for item in items:
        named = find(item.path)
        hits: Sequence[Hit] = ()
        packed = whole = False
        if isinstance(item, Blob):
            totals.bytes += item.high - item.low
            totals.files += item.last
            if told > most and item.base and item.path == last and (unpacker is None or not unpacker.goes_on(item)):
                # nothing more is told of it
                continue
            whole = item.last and not item.base
            # what is whole takes no time to speak of until there is a hit in it
            in_time = whole or examiner is None or examiner.begin(item)
            hits = among(find(item.data), item.data, whole) if in_time else ()
            packed = suspect(item) or unpacker is not None and unpacker.goes_on(item)
            if in_time and not hits and not named and not packed and (whole or item.before is not None):
                continue
        elif not named:
            yield item
            continue
        if examiner is None:
            from pina_scan.examine import Examiner
            from pina_scan.records import Limits
            most = (limits or Limits()).findings
            examiner = Examiner(find, opened=_opener(find, limits), limits=limits)
            whole = True
        if whole and isinstance(item, Blob):
            examiner.begin(item)
        if isinstance(item, Blob) and not item.base or item.path != last:
            told, last = 0, item.path
        results = examiner.examine(item, hits, named)
        if packed and isinstance(item, Blob):
            if unpacker is None:
                from pina_scan.unpack.unpacker import Unpacker
                unpacker = Unpacker(find, limits)
            results = unpacker.unpack(item, results)
        for result in results:
            if isinstance(result, Unread) or told < most:
                yield result
            elif told == most:
                yield from examiner.examine(Unread(item.path, TOO_MANY % most), (), named)
            told += not isinstance(result, Unread)
    if unpacker is not None:
        yield from unpacker.held()


def _opener(find: Find, limits: Limits | None) -> Opened:
    """Opens what a text carries in base64."""
    carriers: list[Carrier] = []

    def opened(blob: Blob, *carried: Any) -> Iterator[Finding | Unread]:
        if not carriers:
            from pina_scan.unpack.carrier import Carrier
            carriers.append(Carrier(find, limits))
        return carriers[0].open(blob, *carried)
    return opened


#: Made once a process: a scan in lots has many of `scan`.
_FINDERS: dict[bool, Find] = {}


def finder(much: bool = False) -> Find:
    """Finds the anchors that have around them what a token needs. `much`: there is so much to look through that it pays
    to make a faster one; all that comes later in this process uses that too."""
    known = _FINDERS.get(True) or _FINDERS.get(much)
    if known is None:
        known = _FINDERS[much] = _made(much)
    return known


def _made(much: bool) -> Find:
    find_all = build(ANCHORS, much)

    def find(data: bytes | bytearray | memoryview) -> Sequence[Hit]:
        hits = find_all(data)
        if not hits:
            return hits
        from pina_scan.decode.glance import at_once
        return at_once(data, hits)
    return find

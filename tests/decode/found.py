"""What a scan of some bytes finds, for tables of shapes."""
from __future__ import annotations

import hashlib
from typing import NamedTuple

from pina_scan.blob import Blob
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.token import make

#: Fresh for each run.
TOKEN = make()
BODY = TOKEN[5:]
HASH = hashlib.sha256(TOKEN).hexdigest()
#: What may stand on either side of any shape. None of it is a letter or a digit of an encoding.
AROUND = (
    (b'', b''), (b'{"k": "', b'"}'), (b'key: ', b'\nother: 1\n'), (b"T='", b"'; x\n"), (b'<b>', b'</b>'), (b'(', b'),'),
    (b'\xc3\xa9 ', b' \xc3\xa9'), (b'a\n\n', b'\n\nb'),
)


class Found(NamedTuple):
    sha256: str
    confidence: str
    via: tuple[str, ...]
    line: int | None
    column: int | None


def findings(data: bytes) -> list[Finding]:
    results = list(scan([Blob(b'f', data)], Totals()))
    assert all(isinstance(result, Finding) for result in results)
    return [result for result in results if isinstance(result, Finding)]


def found(data: bytes) -> list[Found]:
    return [Found(f.token_sha256, f.confidence, f.via, f.line, f.column) for f in findings(data)]


def is_found(shape: bytes) -> None:
    """The token of `shape`, and nothing else, whatever stands around it."""
    for before, after in AROUND:
        got = [(f.sha256, f.confidence) for f in found(before + shape + after)]
        assert got == [(HASH, 'high')], (before, after, [f.via for f in found(before + shape + after)])


def each(spell: dict[int, bytes] | None = None, way: bytes = b'%c', text: bytes = TOKEN) -> bytes:
    """Each character of `text` in `way`, a format of its code."""
    return b''.join((spell or {}).get(c, way % c) for c in text)

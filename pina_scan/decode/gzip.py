"""gzip, also several members one after another. RFC 1952."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.deflate import ERRORS
from pina_scan.decode.deflate import GZIP
from pina_scan.decode.deflate import Inflate
from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import behind
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import NOTES
from pina_scan.decode.members import Member
from pina_scan.decode.members import Readable
from pina_scan.decode.members import exactly
from pina_scan.decode.members import text

#: A name or a comment may be of any length; what is longer is scanned as the plain bytes that it is.
_HEADER = 1 << 16
_FEXTRA, _FNAME, _FCOMMENT = 4, 8, 16


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    """The content of all gzip members as one, under the first one's name; b'' if it has none."""
    first = exactly(file, _HEADER)
    name, notes = _header(first)
    if notes:
        yield text(NOTES, notes)
    ahead = [first]

    def read(size: int) -> bytes:
        return ahead.pop() if ahead else file.read(size)
    expanded = Expanded(read, lambda: Inflate(GZIP), ERRORS, again)
    yield Member(name, expanded.read)
    yield from behind(expanded, file)


def again(behind: bytes) -> bool:
    return behind.startswith(b'\x1f\x8b\x08')


def _header(head: bytes) -> tuple[bytes, bytes]:
    """The name, and the extra field and the comment on lines of their own; RFC 1952, 2.3.1."""
    flags = head[3]
    at = 10
    found = []
    if flags & _FEXTRA:
        size = int.from_bytes(head[at:at + 2], 'little')
        found.append(head[at + 2:at + 2 + size])
        at += 2 + size
    name = b''
    if flags & _FNAME:
        name, _, rest = head[at:].partition(b'\0')
        at = len(head) - len(rest)
    if flags & _FCOMMENT:
        found.append(head[at:].partition(b'\0')[0])
    return name, b'\n'.join(found)

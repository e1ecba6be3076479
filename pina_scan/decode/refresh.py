"""A refresh token in pieces or with escapes: `pinr`, a dot, and the parts of a JWT (RFC 7515) with dots between.

Where it ends is said by its header: the algorithm gives the signature's length (RFC 7518 section 3). So whatever is
written behind it, as a line of its own or a literal, isn't taken for a part of it.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from pina_scan.decode.escapes import codes
from pina_scan.decode.escapes import escaped
from pina_scan.decode.escapes import unescape
from pina_scan.decode.gaps import FORMAT
from pina_scan.decode.gaps import GAP
from pina_scan.decode.leads import line_start
from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded
from pina_scan.token import SIGNATURES
from pina_scan.token import signatures

_PREFIX = b'pinr'
_BEGINNING = b'pinr.eyJ'
#: Large claims are some thousand characters.
_REACH = 1 << 13
_LEAST = 40
_WORD = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.'


def _any() -> bytes:
    """A pattern for what may be escaped: a letter, a digit, or one of the three signs."""
    wanted = codes(b'.')._replace(
        plain=rb'[\w.-]', hexadecimal=rb'2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9Aa]',
        octal=rb'05[56]|06[0-7]|07[01]|1[0-7][0-7]', decimal=rb'4[5-9]|5[0-7]|6[5-9]|[78][0-9]|9[057-9]|1[01][0-9]|12[0-2]',
    )
    return escaped(wanted)


_DOT = rb'&period;|\[\.\]|\\{1,64}\.'
_PART = compiled(rb'[A-Za-z0-9_.-]++|' + _DOT + rb'|\\{1,64}[_-]|' + _any())
_GAP = compiled(GAP)
_FORMAT = compiled(FORMAT + b'|' + GAP)
_JWT = compiled(rb'\.eyJ[\w-]{8,}\.[\w-]{16,}\.[\w-]{16,}')
#: What a part may begin with, and a line's mark or emphasis too.
_SIGNS = b'-_'
#: A name in brackets at the end of a line stands for the rest.
_INSTEAD = compiled(rb'<.*>.*[\r\n]')
#: The longest of those that fit on a line or two.
_USUAL = 86


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    if data.startswith(b'.', end) and data[end + 1:end + 2].isalnum() and not data.startswith(b'e', end + 1):
        return
    text = bytearray(_PREFIX)
    offsets = list(range(start, end))
    ways: dict[str, None] = {}
    ends: list[int] = []
    at = end
    limit = min(len(data), start + _REACH)
    before = data[line_start(data, start):start]
    marks = len(before) - len(before.translate(None, _SIGNS))
    while True:
        found = _PART.match(data, at, limit)
        if found is None:
            ends.append(len(text))
            gap = (_FORMAT if len(text) < 6 else _GAP).match(data, at, limit)
            if gap is not None and len(text) == len(_PREFIX) + 1 and _INSTEAD.search(gap.group()):
                break
            found = gap and _PART.match(data, _behind(data, gap, marks), limit)
            if found is None:
                break
            ways.setdefault('split')
        plain, way = _plain(found.group())
        if len(text) == len(_PREFIX) and plain[:1] != b'.':
            return
        if way:
            ways.setdefault(way)
        text += plain
        if not text.startswith(_BEGINNING[:len(text)]):
            return
        offsets.extend(range(found.start(), found.end()) if not way else [found.start()])
        at = found.end()
    size = _size(bytes(text), ends)
    if size and ways:
        offsets.append(at)
        yield Decoded(bytes(text[:size]), [*offsets[:size], offsets[size - 1] + 1], tuple(ways))


def _behind(data: bytes, gap: re.Match[bytes], marks: int) -> int:
    """Where the next piece begins: the dot of a literal is no sign that joins, and of a line's hyphens and underscores only so
    many are marks as the first line has."""
    end = gap.end()
    if data[end - 2:end] in (b'".', b"'.", b'`.'):
        return end - 1
    between = gap.group()
    return end - max(0, len(between) - len(between.rstrip(_SIGNS)) - marks)


def _plain(part: bytes) -> tuple[bytes, str]:
    if part[0] in _WORD:
        return part, ''
    if part in (b'&period;', b'[.]'):
        return b'.', 'entities' if part[:1] == b'&' else 'markup'
    if part[:1] == b'\\' and part[-1:] in (b'.', b'_', b'-'):
        return part[-1:], 'markup'
    return unescape(part)


def _as_guessed(size: int) -> tuple[bool, int]:
    """A line may end where a shorter signature would, and words may follow up to where a key's would."""
    return size > _USUAL, -size if size <= _USUAL else size


def _size(text: bytes, ends: list[int]) -> int:
    """How much of it is the token; 0 if it is none, or one that needs no joining."""
    found = _JWT.match(text, len(_PREFIX))
    if found is None:
        return 0
    head, _, signature = found.group()[1:].split(b'.')
    begin: int = found.end() - len(signature)
    sizes = signatures(head)
    if sizes is None:
        return 0
    # where it is signed in another way than it says: up to the first end that some algorithm's would have
    others = list(SIGNATURES) if sizes else sorted(SIGNATURES, key=_as_guessed)
    for size in [*sizes, *others]:
        if begin + size in ends:
            return begin + size
    # an algorithm of its own: up to the first end of a piece that makes it whole
    return next((end for end in ends if end >= begin + _LEAST), 0)

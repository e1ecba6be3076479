"""Comments that accept a token on their line, or, from a line without a token, on the line below.

Looked for in bytes, once in a window, since a file may have a hundred thousand tokens in one line. The zero bytes of
UTF-16 and UTF-32 may stand between the characters.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

#: pina-scan's own spelling, then those that people have from detect-secrets, gitleaks, betterleaks, kingfisher,
#: trufflehog and ggshield. A space stands for any white space, or none.
_SPELLINGS = (
    'pina-scan: allow', 'pragma: allowlist secret', 'gitleaks:allow', 'betterleaks:allow', 'kingfisher:ignore',
    'trufflehog:ignore', 'ggignore',
)
_NEXT_LINE = 'pragma: allowlist nextline secret'
#: A reason is shown in reports: no word of it may be long enough to be a token, in whatever encoding.
_REASON_SHOWN = 80
_WORD_SHOWN = 24


class Marker(NamedTuple):
    start: int
    end: int
    next_line: bool
    reason: str


def _pattern(spelling: str) -> bytes:
    characters = [rb'\s*' if c == ' ' else re.escape(c.encode()) for c in spelling]
    return rb'\0{0,3}'.join(characters)


_MARKER = re.compile(
    rb'(?<![\w.-])(?:(?P<next>' + _pattern(_NEXT_LINE) + rb')|' + b'|'.join(_pattern(s) for s in _SPELLINGS) + rb')(?!\w)',
    re.IGNORECASE,
)
_LINE_END = re.compile(rb'\r\0{0,3}\n|\n|\r')
_CLOSE = re.compile(r'\s*(?:\*/|-->|--%>|#\}|%>)\s*$')


def markers(data: bytes) -> list[Marker]:
    """Every comment in a window that accepts something, in order of place."""
    return [
        Marker(m.start(), m.end(), m['next'] is not None, _reason(data, m))
        for m in _MARKER.finditer(data)
    ]


def _reason(data: bytes, found: re.Match[bytes]) -> str:
    behind = _LINE_END.split(data[found.end():found.end() + 4 * _REASON_SHOWN], maxsplit=1)[0]
    text = behind.replace(b'\0', b'').decode('utf-8', 'replace')
    words = [word if len(word) <= _WORD_SHOWN else '…' for word in _CLOSE.sub('', text).lstrip(' \t:,-').split()]
    spelling = ' '.join(found.group().replace(b'\0', b'').decode('ascii', 'replace').split())
    return ': '.join(filter(None, (spelling, ' '.join(words)[:_REASON_SHOWN])))


def accepting(data: bytes, start: int, end: int, found: Sequence[Marker], tokens: Sequence[int]) -> str | None:
    """The comment that accepts the token at `data[start:end]`, or None.

    `found` are the window's markers and `tokens` where all its tokens start. A comment covers the tokens of its own
    line; on a line that has none it covers the line below, and `nextline` always does.
    """
    for marker in found:
        if not marker.next_line and _line_ends(data, marker, start, end) == 0:
            return marker.reason
        if marker.end <= start and _line_ends(data, marker, start, end) == 1:
            if marker.next_line or not _line_has_token(data, marker, tokens):
                return marker.reason
    return None


def _line_ends(data: bytes, marker: Marker, start: int, end: int) -> int:
    """How many line ends, up to two, stand between the marker and the token; 0 too if the token surrounds it."""
    between = data[marker.end:start] if marker.end <= start else data[end:marker.start]
    count = 0
    for count, _ in enumerate(_LINE_END.finditer(between), 1):
        if count == 2:
            break
    return count


def _line_has_token(data: bytes, marker: Marker, tokens: Sequence[int]) -> bool:
    return any(
        _line_ends(data, marker, token, token) == 0
        for token in tokens
    )

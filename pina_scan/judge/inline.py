"""Comments that accept a token on their line, or, from a line without a token, on the line below.

Looked for in bytes, once in a window, since a file may have a hundred thousand tokens in one line. The zero bytes of
UTF-16 and UTF-32 may stand between the characters.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

#: pina-scan's own spelling, then those that people have from detect-secrets, gitleaks, betterleaks, kingfisher,
#: trufflehog and ggshield. A space stands for any white space, or none.
_REASONED = 'pina-scan: allow'
_SPELLINGS = (
    'pragma: allowlist secret', 'gitleaks:allow', 'betterleaks:allow', 'kingfisher:ignore',
    'trufflehog:ignore', 'ggignore',
)
_NEXT_LINE = 'pragma: allowlist nextline secret'
#: A reason is shown in reports: no word of it may be long enough to be a token, in whatever encoding.
_REASON_SHOWN = 80
_WORD_SHOWN = 24


def _pattern(spelling: str) -> bytes:
    characters = [rb'\s*' if c == ' ' else re.escape(c.encode()) for c in spelling]
    return rb'\0{0,3}'.join(characters)


_MARKER = re.compile(
    # a dash behind a letter goes on with a word, others begin a comment
    rb'(?<![\w.])(?<!\w-)(?:(?P<next>' + _pattern(_NEXT_LINE) + rb')|(?P<reasoned>' + _pattern(_REASONED) + rb')|'
    + b'|'.join(_pattern(spelling) for spelling in _SPELLINGS) + rb')(?!\w)',
    re.IGNORECASE,
)
#: How each begins, without what may stand between its words: what has none of these needs no closer look.
_BEGINNINGS = tuple({spelling.split()[0].encode() for spelling in (_REASONED, *_SPELLINGS, _NEXT_LINE)})
_LINE_END = re.compile(rb'\r\0{0,3}\n|\n|\r')
_CLOSE = re.compile(r'\s*(?:\*/|-->|--%>|#\}|%>)\s*$')


class Comments:
    """The comments of one window that accept something, and the lines that they are on.

    `tokens` is where each token of the window starts. All of it is worked out once, so that a window full of tokens
    and comments stays linear.
    """

    def __init__(self, data: bytes, tokens: Sequence[int]) -> None:
        self._own: dict[int, str] = {}
        self._next: dict[int, str] = {}
        found = list(_MARKER.finditer(data)) if tokens and _may_have(data) else ()
        if not found:
            return
        self._ends = [m.end() for m in _LINE_END.finditer(data)]
        with_tokens = {self._line(token) for token in tokens}
        for marker in found:
            line = self._line(marker.start())
            if marker['next'] is None:
                self._own.setdefault(line, _reason(data, marker))
            if marker['next'] is not None or line not in with_tokens:
                self._next.setdefault(line, _reason(data, marker))

    def accepting(self, start: int, end: int) -> str | None:
        """The comment that accepts the token at `start` to `end`, with its reason; None if there is none.

        A comment covers the tokens of its own line; on a line that has none it covers the line below, and `nextline`
        always does.
        """
        if not self._own and not self._next:
            return None
        first = self._line(start)
        own = (self._own[line] for line in range(first, self._line(end) + 1) if line in self._own)
        return next(own, None) or self._next.get(first - 1)

    def _line(self, offset: int) -> int:
        return bisect_right(self._ends, offset)


def _may_have(data: bytes) -> bool:
    """To look for them as they may be written takes forty times as long."""
    plain = data.replace(b'\0', b'').lower()
    return any(beginning in plain for beginning in _BEGINNINGS)


def _reason(data: bytes, found: re.Match[bytes]) -> str:
    spelling = ' '.join(found.group().replace(b'\0', b'').decode('ascii', 'replace').split())
    if not found['reasoned']:
        return spelling
    behind = _LINE_END.split(data[found.end():found.end() + 4 * _REASON_SHOWN], maxsplit=1)[0]
    text = _CLOSE.sub('', behind.replace(b'\0', b'').decode('utf-8', 'replace')).lstrip(' \t:,-')
    words = [word if len(word) <= _WORD_SHOWN else '…' for word in text.split()]
    return ': '.join(filter(None, (spelling, ' '.join(words)[:_REASON_SHOWN])))

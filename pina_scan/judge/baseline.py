"""The baseline: known tokens that are accepted, by hash and path.

One line a token, sorted, so that two branches that each add one merge without a conflict:

    token_sha256  path  # reason, owner, until 2027-01-31

A line number is no part of it: moving a token within its file doesn't bring it back. A path that has a space, a
quote, a `#`, a backslash or a control character is written as git writes such paths, in double quotes with
backslash escapes.
"""
from __future__ import annotations

import codecs
import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

from pina_scan.errors import ConfigError

_LINE = re.compile(rb'(?P<sha>[0-9a-f]{64})[ \t]+(?P<path>"(?:[^"\\]|\\.)*"|[^\s"#]\S*)[ \t]*(?:#[ \t]*(?P<comment>.*))?')
_UNTIL = re.compile(r'(?:^|,)\s*until\s+(\S+)\s*$')
_PLAIN = re.compile(rb'[^\s"#\\\x00-\x20\x7f-\xff][^\s"\\\x00-\x20\x7f-\xff]*')
_ESCAPES = {b'\\': b'\\\\', b'"': b'\\"', b'\n': b'\\n', b'\r': b'\\r', b'\t': b'\\t'}


class Entry(NamedTuple):
    """`path` as it stands below the root, redacted where it has a token; `until` is the last day it holds."""

    sha256: str
    path: bytes
    comment: str = ''
    until: datetime.date | None = None


def parse(data: bytes, name: str) -> list[Entry]:
    """The entries in order. Raises ConfigError for a line that isn't one: a baseline that is half read is none."""
    entries = []
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).splitlines(), 1):
        if not line.strip() or line.lstrip().startswith(b'#'):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise ConfigError(
                f'{name}:{number}: not a baseline entry. A line is: token_sha256  path  # reason, owner, until DATE',
            )
        comment = (found['comment'] or b'').decode('utf-8', 'replace').strip()
        entries.append(Entry(found['sha'].decode(), _unquote(found['path']), comment, _until(comment, f'{name}:{number}')))
    return entries


def _until(comment: str, where: str) -> datetime.date | None:
    found = _UNTIL.search(comment)
    if found is None:
        return None
    try:
        return datetime.date.fromisoformat(found[1])
    except ValueError:
        raise ConfigError(f'{where}: "until {found[1]}" is no date. Write it as in "until 2027-01-31".') from None


def render(entries: Iterable[Entry]) -> bytes:
    """The file's whole text: sorted, each entry once."""
    by_key = {(entry.sha256, entry.path): entry for entry in entries}
    return b''.join(_line(by_key[key]) for key in sorted(by_key))


def _line(entry: Entry) -> bytes:
    line = entry.sha256.encode() + b'  ' + _quote(entry.path)
    return line + (b'  # ' + entry.comment.encode() if entry.comment else b'') + b'\n'


def comment(reason: str, owner: str, until: datetime.date | None) -> str:
    """Raises ConfigError for one that `parse` would refuse."""
    parts = [' '.join(part.split()) for part in (reason, owner) if part]
    made = ', '.join(parts + ([f'until {until.isoformat()}'] if until else []))
    _until(made, 'the comment')
    return made


def _quote(path: bytes) -> bytes:
    if _PLAIN.fullmatch(path):
        return path
    characters = [_ESCAPES.get(c) or (c if 0x20 <= c[0] < 0x7f else b'\\%03o' % c[0]) for c in _single(path)]
    return b'"' + b''.join(characters) + b'"'


def _unquote(text: bytes) -> bytes:
    if not text.startswith(b'"'):
        return text
    back = {value: key for key, value in _ESCAPES.items()}
    return re.sub(
        rb'\\([0-7]{3}|.)',
        lambda m: bytes([int(m[1], 8) & 0xFF]) if len(m[1]) == 3 else back.get(m[0], m[1]),
        text[1:-1],
    )


def _single(path: bytes) -> list[bytes]:
    return [path[i:i + 1] for i in range(len(path))]

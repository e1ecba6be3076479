"""Names as reports show them: visible, on one line, and with nothing in them that a reader would obey."""
from __future__ import annotations

import re

_SHORT = {'\n': '\\n', '\r': '\\r', '\t': '\\t', '\x1b': '\\e'}

#: `##[`, `##vso[` and `##teamcity[`: GitHub's runner and Azure's agent take them for commands anywhere in a line.
_COMMAND = re.compile(r'##(?=\w*\[)')


def visible(name: bytes | str) -> str:
    """A name for people: control and direction characters, and bytes that aren't UTF-8, as backslash escapes."""
    text = name.decode('utf-8', 'surrogateescape') if isinstance(name, bytes) else name
    if '##' in text:
        text = _COMMAND.sub(r'#\\x23', text)
    if text.isprintable():
        return text
    return ''.join(c if c.isprintable() else _escape(c) for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f'\\x{code - 0xDC00:02x}'
    if code < 0x100:
        return _SHORT.get(character) or f'\\x{code:02x}'
    return f'\\u{code:04x}' if code < 0x10000 else f'\\U{code:08x}'


def line_start(name: bytes | str) -> str:
    """A name at the start of a line, where CI systems take `::error`, `---` and `~~~` for commands of their own."""
    text = visible(name)
    return text if text[:1].isalnum() or text[:1] in ('.', '/', '_') else './' + text


def in_json(text: str) -> str:
    """The same JSON for a log: no string in it has a `##[` that GitHub's runner or Azure's agent would obey."""
    return text.replace('##', '#\\u0023')

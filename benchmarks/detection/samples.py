"""What a corpus is made of: texts with a mark where the token starts, and files with the place worked out."""
from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable
from typing import NamedTuple

#: Stands in a text where the token starts, until the file is put together. No shape makes these bytes.
MARK = b'\0<here>\0'
BODY_BYTES = 60
_LINE_END = re.compile(r'\r\n|\r|\n')


class Sample(NamedTuple):
    """One file. `token` is None for a harmless one; `line` and `column` say where it starts, as an editor counts.

    In a container they are those in the innermost content. `group` is its class in the table, `variant` the way
    in which it is written.
    """

    group: str
    variant: str
    name: str
    data: bytes
    token: bytes | None = None
    line: int | None = None
    column: int | None = None


class Text(NamedTuple):
    """What one variant makes of a token: bytes with MARK in them, how the file may be named, and how it is read.

    `block` says that it is whole lines, so that nothing may be put beside it on a line. `alone` says that it is a whole
    file. `encoding` is for counting columns. What is packed has no mark: `place` is then the line and the column in what
    it contains, (None, None) where there are none or they can't be said.
    """

    data: bytes
    suffix: str = '.txt'
    block: bool = False
    alone: bool = False
    encoding: str = 'utf-8'
    place: tuple[int | None, int | None] | None = None


#: makes a token's text; what it draws is all that may differ from one call to the next
Writer = Callable[[random.Random, bytes], Text]


def token(draw: random.Random) -> bytes:
    """A fresh one, from the corpus's own seed: no file has it but the corpus, which is deleted after use."""
    return b'pina_' + base64.b32encode(draw.randbytes(BODY_BYTES))


def place(before: bytes, encoding: str = 'utf-8') -> tuple[int, int]:
    """Line and column, from 1, of what follows `before`; a byte order mark is no character."""
    text = before.decode(encoding, 'replace').removeprefix('\ufeff')
    lines = _LINE_END.split(text)
    return len(lines), len(lines[-1]) + 1


def cut(data: bytes, encoding: str = 'utf-8') -> tuple[bytes, int, int]:
    """The file without the mark, and the mark's line and column."""
    before, mark, after = data.partition(MARK)
    if not mark or MARK in after:
        raise ValueError('a sample needs one mark')
    return before + after, *place(before, encoding)

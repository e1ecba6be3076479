"""A commit message as a commit-msg hook gets it: all that git may store of it.

Comment lines count: `-m`, `-F` and some cleanup modes keep them. Not what `git commit -v` puts below its scissors: that
is the diff, which git cuts off again, and which has what is being taken out in it.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.source import files

#: git's own (wt-status.c, cut_line): the comment prefix, the line, and its explanation as comments, in any language.
_SCISSORS = re.compile(
    rb'^(?P<prefix>\S{1,16}) -{24} >8 -{24}\n(?:(?P=prefix) [^\n]*\n)+(?=diff --(?:git|cc|combined) |\n*\Z)', re.MULTILINE,
)


def message(path: bytes) -> Iterator[Blob | Unread]:
    pieces = list(files.read(path, bytearray(1 << 24)))
    if len(pieces) == 1 and isinstance(pieces[0], Blob):
        data = bytes(pieces[0].data)
        found = _SCISSORS.search(data)
        yield Blob(path, data[:found.start()] if found is not None else data)
    else:
        # larger than any message: windows of one buffer, so read again one by one
        yield from files.read(path, files.buffer())

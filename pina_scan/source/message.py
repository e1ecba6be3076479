"""A commit message as a commit-msg hook gets it: all that git may store of it.

Comment lines count: `-m`, `-F` and some cleanup modes keep them. What `git commit -v` puts below its scissors does not:
that is the diff, which git cuts off again, and which has what is being taken out in it. A message can have such lines of
its own, which git keeps unless it was called so; and nothing in the file says how it was called.
"""
from __future__ import annotations

import os
import re
from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import GitError
from pina_scan.git import index
from pina_scan.git.objects import Objects
from pina_scan.git.run import Git
from pina_scan.git.run import at
from pina_scan.source import files
from pina_scan.source.windows import windows

#: git's own (wt-status.c, cut_line): the comment string, the line, and its explanation as comments, in any language.
_SCISSORS = re.compile(
    rb'^(?P<prefix>[^\n]{1,64}?) -{24} >8 -{24}\n(?:(?P=prefix)(?: [^\n]*)?\n)+(?=diff --(?:git|cc|combined) |Submodule |\n*\Z)',
    re.MULTILINE,
)
#: The same for a file that is changed (wt-status.c, wt_longstatus_print_change_data), in any language.
_NAMED = re.compile(rb'[^\w\s]{1,8}\t')
_LARGEST = 1 << 24


class Message(NamedTuple):
    """`scissors` is the line that git's block stands on, from 1; None where there is none. `named`: lines of a file each."""

    items: Iterable[Blob | Unread]
    scissors: int | None
    named: frozenset[int] = frozenset()


def message(path: bytes) -> Message:
    """The whole of the file, with what is below the scissors: who asks decides of what is found there."""
    pieces = list(files.read(path, bytearray(_LARGEST)))
    if len(pieces) == 1 and isinstance(pieces[0], Blob):
        data = bytes(pieces[0].data)
        found = _SCISSORS.search(data)
        named = frozenset(number for number, line in enumerate(data.split(b'\n'), 1) if _NAMED.match(line))
        return Message([Blob(path, data)], data.count(b'\n', 0, found.start()) + 1 if found is not None else None, named)
    # larger than any message: windows of one buffer, so read again one by one
    return Message(files.read(path, files.buffer()), None)


def taken_out(git: Git) -> Iterator[Blob]:
    """The names that HEAD has for what changes: in an editor git shows them in comments, which it cuts off again."""
    try:
        git = at(git, index.top_level(git))
        yield from (Blob(path, b'') for path, _, is_new in index.differing(git, 'HEAD') if not is_new)
    except GitError:
        return


def in_diff(git: Git) -> Iterator[Blob | Unread]:
    """Both sides of the diffs that `git commit -v`, `-vv` and `--amend` show: what a token below the scissors is from."""
    try:
        git = at(git, index.top_level(git))
        names = index.unstaged(git)
        sides = [side for base in ('HEAD', 'HEAD^') for side in index.differing(git, base)]
    except GitError:
        return
    space = files.buffer()
    with Objects(git) as objects:
        for path, name, _ in dict.fromkeys(sides):
            if objects.open(name) is not None:
                yield from windows(objects.readinto, space, path)
    for path in names:
        yield from files.read(os.path.join(git.cwd, path), space, path)

"""What one worker takes at a time of a scan: some hundred files, one archive, or a part of a large file."""
from __future__ import annotations

import os
from functools import partial
from typing import NamedTuple

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.source import tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

#: Files in a lot; fewer than two such lots are not worth a second process.
SIZE = 256
#: So many files take longer than to make what looks through them faster.
_MANY = 2048
#: So few files are looked at one by one, for a large one among them.
_FEW = 16
_HEAD = 512
#: Names that archives often have. Only who reads a file depends on it: what a file is, its first bytes say.
_OFTEN = (
    b'.zip', b'.whl', b'.jar', b'.war', b'.egg', b'.apk', b'.nupkg', b'.docx', b'.xlsx', b'.pptx', b'.gz', b'.tgz', b'.bz2',
    b'.xz', b'.zst', b'.7z', b'.pdf', b'.deb', b'.rpm', b'.db', b'.sqlite', b'.sqlite3', b'.pkl',
)
#: What is shorter costs less than a lot of its own does.
_HEAVY = 1 << 17
#: A pipe holds no more numbers than that many lots have (see `parallel`); so many are enough to share evenly.
_MOST = 1 << 10


class Lot(NamedTuple):
    """`weight` is bytes of an archive, 0 for all else: the heaviest are begun first."""

    read: Callable[[], Iterator[Blob | Unread]]
    weight: int = 0


def lots(names: Sequence[bytes], asked: frozenset[bytes]) -> list[Lot]:
    """In the order of `names`."""
    if len(names) <= _FEW:
        return _few(names, asked)
    heavy = sorted(((_weight(name), at) for at, name in enumerate(names) if name.endswith(_OFTEN)), reverse=True)[:_MOST]
    weights = {at: weight for weight, at in heavy if weight >= _HEAVY}
    size = max(SIZE, len(names) // _MOST)
    found: list[Lot] = []
    start = 0
    for at in (*sorted(weights), len(names)):
        found += [Lot(partial(tree.read, names[low:min(low + size, at)], asked)) for low in range(start, at, size)]
        if at in weights:
            found.append(Lot(partial(tree.read, names[at:at + 1], asked), weights[at]))
        start = at + 1
    return found


def shared(found: Sequence[Lot], names: Sequence[bytes]) -> bool:
    """Whether they are worth a second process."""
    return len(found) > 2 and len(found) != len(names) or sum(lot.weight > 0 for lot in found) > 1


def much(names: Sequence[bytes], in_lots: bool) -> bool:
    """Whether they are worth a faster way to look through them: many files, or few that are large."""
    return len(names) > _MANY or in_lots and len(names) <= _FEW


def order(found: Sequence[Lot]) -> list[int]:
    """Which lot is begun when: a long one at the end would be waited for."""
    return sorted(range(len(found)), key=lambda number: -found[number].weight)


def _few(names: Sequence[bytes], asked: frozenset[bytes]) -> list[Lot]:
    from pina_scan.decode.containers import suspect
    from pina_scan.source import parts

    found: list[Lot] = []
    for name in names:
        cut = parts.parts(name)
        weight = _weight(name)
        if weight >= _HEAVY and suspect(Blob(name, parts.head(name, _HEAD))):
            # a container is opened by who reads it from its beginning
            found.append(Lot(partial(tree.read, [name], asked), weight))
        else:
            found += [Lot(partial(parts.read, part)) for part in cut] or [Lot(partial(tree.read, [name], asked))]
    return found


def _weight(name: bytes) -> int:
    try:
        return os.lstat(name).st_size
    except OSError:
        return 0

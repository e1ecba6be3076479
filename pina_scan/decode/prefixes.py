"""Is there a prefix around a hit? The readers' own answer, where `decode.glance` only looks.

For who has no reader to ask next, and much to do if there may be a token. To load a reader takes some hundredths of a
second, and one answer some ten microseconds.
"""
from __future__ import annotations

from functools import lru_cache

from pina_scan.decode import base64_runs
from pina_scan.decode import numbers
from pina_scan.decode import spelled
from pina_scan.decode.encodings import is_escapes
from pina_scan.decode.encodings import reader
from pina_scan.decode.glance import worth
from pina_scan.decode.unescape import layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from pina_scan.decode.encodings import Hit
    from pina_scan.decode.encodings import Reader

_BEGINS: dict[Reader, Callable[[bytes, int, int], bool]] = {
    spelled.read: spelled.begins, base64_runs.read: base64_runs.begins, numbers.read: numbers.begins,
}
#: How much around an anchor is looked at for escapes of escapes, and how many layers of them.
_BACK = 240
_BEHIND = 1500
_LAYERS = 4
#: In a delta: the sign of the longest insert, how far from it the next sign is, and what says that it is an insert's too
#: (gitformat-pack, "Deltified representation").
_FULL = 0x7F
_NEXT = _FULL + 1
_INSERTS = tuple(bytes((count,)) for count in range(1, _FULL + 1))
#: Every byte may be one by chance. Where more may be, it is meant to take long.
_ROWS = 4
#: The same stretches stand in the deltas of many versions: two megabytes of answers.
_KNOWN = 1 << 10


def begins(data: bytes, hit: Hit, find: Callable[[bytes], Sequence[Hit]]) -> bool:
    """Whether what an anchor's reader needs of the prefix is there. The answer is yes too of an anchor that has no such
    question. A delta has signs between two inserts, which an object doesn't have, anywhere in it. `find` gives the anchors
    of other bytes."""
    if _begins(data, hit):
        return True
    pattern, start, end = hit
    low = max(0, start - _BACK)
    return _begins_in(
        data[max(0, low - _NEXT):low].rjust(_NEXT, b'\0'), data[low:end + _BEHIND], (pattern, start - low, end - low), find,
    )


@lru_cache(_KNOWN)
def _begins_in(before: bytes, text: bytes, hit: Hit, find: Callable[[bytes], Sequence[Hit]]) -> bool:
    """The same, of what is around a hit: in escapes, or over the signs."""
    if _in_escapes(text, hit, find, _LAYERS):
        return True
    rows = _rows(before + text[:hit[2] + _BACK])
    return len(rows) > _ROWS or any(
        _begins(joined, moved) or _in_escapes(joined, moved, find, _LAYERS) for joined, moved in _joined(text, hit, rows)
    )


def _rows(data: bytes) -> set[int]:
    """Where there may be signs behind full inserts, which come every 128 bytes: modulo that."""
    rows = set()
    full = data.find(_FULL)
    while full >= 0:
        if data[full + _NEXT:full + _NEXT + 1] in _INSERTS:
            rows.add(full % _NEXT)
        full = data.find(_FULL, full + 1)
    return rows


def _joined(text: bytes, hit: Hit, rows: Iterable[int]) -> Iterator[tuple[bytes, Hit]]:
    """The text without the signs of a row; and the hit in it."""
    pattern, start, end = hit
    for row in rows:
        signs = range(row, len(text), _NEXT)
        before = len(range(row, start, _NEXT))
        if len(range(row, end, _NEXT)) == before:
            pieces = [text[sign + 1:following] for sign, following in zip((-1, *signs), (*signs, len(text)))]
            yield b''.join(pieces), (pattern, start - before, end - before)


def _begins(data: bytes, hit: Hit) -> bool:
    question = _BEGINS.get(reader(hit[0]))
    return question is None or question(data, hit[1], hit[2])


def _in_escapes(text: bytes, hit: Hit, find: Callable[[bytes], Sequence[Hit]], layers: int) -> bool:
    """Whether there is one in what the text is with an escape less, in any encoding, as `covered` reads on."""
    peeled = layer(text, hit[1], hit[2]) if is_escapes(hit[0]) else None
    if peeled is None or not peeled.via:
        return False
    text = peeled.text
    hits = list(worth(text, find(text), False))
    if any(_begins(text, one) for one in hits):
        return True
    # the first has all of the text behind it
    first = next((one for one in hits if is_escapes(one[0])), None)
    return layers > 1 and first is not None and _in_escapes(text, first, find, layers - 1)

"""Is there a prefix around a hit? The readers' own answer, where `decode.glance` only looks.

For who has no reader to ask next, and much to do if there may be a token. To load a reader takes some hundredths of a
second, and one answer some ten microseconds.
"""
from __future__ import annotations

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
#: In a delta: the sign of the longest insert, behind which another may go on (gitformat-pack, "Deltified representation").
_INSERT = 0x7F
#: So far from an anchor most of its prefix is, in any spelling.
_NEAR = 80


def begins(data: bytes, hit: Hit, find: Callable[[bytes], Sequence[Hit]]) -> bool:
    """Whether what an anchor's reader needs of the prefix is there. The answer is yes too of an anchor that has no such
    question, and where a delta's inserts may cut the prefix. `find` gives the anchors of other bytes."""
    if _begins(data, hit):
        return True
    pattern, start, end = hit
    if _INSERT in data[max(0, start - _NEAR):end + _NEAR]:
        # an end of an insert may be anywhere in what belongs to the prefix
        return True
    low = max(0, start - _BACK)
    return is_escapes(pattern) and _in_escapes(data[low:end + _BEHIND], (pattern, start - low, end - low), find, _LAYERS)


def _begins(data: bytes, hit: Hit) -> bool:
    question = _BEGINS.get(reader(hit[0]))
    return question is None or question(data, hit[1], hit[2])


def _in_escapes(text: bytes, hit: Hit, find: Callable[[bytes], Sequence[Hit]], layers: int) -> bool:
    """Whether there is one in what the text is with an escape less, in any encoding, as `covered` reads on."""
    peeled = layer(text, hit[1], hit[2])
    if peeled is None or not peeled.via:
        return False
    text = peeled.text
    hits = list(worth(text, find(text), False))
    if any(_begins(text, one) for one in hits):
        return True
    # the first has all of the text behind it
    first = next((one for one in hits if is_escapes(one[0])), None)
    return layers > 1 and first is not None and _in_escapes(text, first, find, layers - 1)

"""Is a hit worth a reader? A few bytes around it, looked at without loading anything.

Short anchors turn up by chance, once or twice in a megabyte of source code. Each question here is one that every
real token answers with yes.
"""
from __future__ import annotations

from pina_scan.decode.carried_magics import MAGICS
from pina_scan.decode.counted import BASE64
from pina_scan.decode.counted import BODY
from pina_scan.decode.counted import HEX
from pina_scan.decode.counted import LEAST
from pina_scan.decode.counted import LETTERS
from pina_scan.decode.counted import NEAR
from pina_scan.decode.counted import Counted
from pina_scan.decode.counted import count
from pina_scan.decode.counted import digits_behind
from pina_scan.decode.encodings import ANCHORS
from pina_scan.decode.glance_signs import SIGNS
from pina_scan.decode.glance_spelled import SPELLED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from pina_scan.decode.counted import Bytes
    from pina_scan.decode.counted import Question

#: To count beforehand takes as long for so many bytes as to count around one hit.
_EACH = 1 << 10
#: Of more hits than these it takes long to ask: only where the time is counted.
AT_ONCE = 1 << 12


def worth(data: Bytes, hits: Iterable[tuple[int, int, int]], many: bool) -> Iterator[tuple[int, int, int]]:
    """Those of `hits` that a reader should see; whether they are `many` is for speed only."""
    if many:
        data = Counted(data)
    for hit in hits:
        question = _QUESTIONS[hit[0]]
        if question is None or question(data, hit[1], hit[2]):
            yield hit


def at_once(data: Bytes, hits: Sequence[tuple[int, int, int]]) -> Sequence[tuple[int, int, int]]:
    """The same, but of more than AT_ONCE all."""
    return hits if len(hits) > AT_ONCE else list(worth(data, hits, len(hits) * _EACH > len(data)))


_SMALL = b'abcdefghijklmnopqrstuvwxyz234567'


def _base32(data: Bytes, start: int, end: int) -> bool:
    return count(data, end, end + 400, BODY) >= 120


def _small_base32(data: Bytes, start: int, end: int) -> bool:
    return count(data, end, end + 400, _SMALL) >= 120


def _second_half(before: bytes) -> Question:
    def question(data: Bytes, start: int, end: int) -> bool:
        return bytes(data[max(0, start - 1):start]) == before and _base32(data, start, end)
    return question


def _base64(data: Bytes, start: int, end: int) -> bool:
    return count(data, end, end + 1000, BASE64) >= 100


#: So near before a piece of base64 is something that cuts it: a line's end or its escape, a mark, a colour.
_CUT = 8
#: Also what base64 has, which may be a join's.
_NO_LETTER = bytes(byte for byte in range(256) if not bytes((byte,)).isalnum())
#: What a cut may have letters in: escapes, colours, tags, comments.
_LETTERED = (b'\\', b'%', b'&', b'\x1b', b'<', b'//', b'/*', b'--', b'#')


def _end_of(begin: bytes) -> Question:
    """The end of the prefix, and before it, on the other side of a cut, its beginning."""
    # the cut may be within it
    near = _CUT + len(begin) - 1

    def question(data: Bytes, start: int, end: int) -> bool:
        # in a run of base64 all three turn up, over and over
        if start >= near and not bytes(data[start - near:start]).translate(None, BASE64):
            return False
        left = bytes(data[max(0, start - 240):start])
        # whole, it has an anchor at its beginning
        if left.endswith(begin) or begin[:1] not in left or left[-1:].isdigit():
            return False
        return any(_meets(left.removesuffix(begin[cut:]), begin[cut - 1:cut]) for cut in range(len(begin), 0, -1) if (
            left.endswith(begin[cut:])
        )) and _base64(data, start, end)
    return question


def _meets(left: bytes, last: bytes) -> bool:
    """Whether that character is the last one before a cut, or the last one of the line before."""
    if left.rstrip(_NO_LETTER).endswith(last):
        return True
    line = max(left.rfind(b'\n'), left.rfind(b'\r'))
    return line >= 0 and left[:line].rstrip(_NO_LETTER).endswith(last) or any(sign in left[-120:] for sign in _LETTERED)


#: What `pin` goes on with in words; `a` and `r` are left out.
_IN_WORDS = frozenset(bytes((c,)) for c in LETTERS) - {b'a', b'r'}
#: A body in UTF-16 with each character written in ten, and most of one in UTF-32.
_WIDE_REACH = 3000


def _wide(data: Bytes, start: int, end: int) -> bool:
    """In UTF-16 and UTF-32: no part of a word, and a body's worth of characters."""
    # the one anchor ends behind a zero, the other before three
    own = end if data[start + 2] else end + 3
    if bytes(data[own:own + 1]) in _IN_WORDS and not any(data[own + 1:own + 2]):
        return False
    return count(data, end, end + _WIDE_REACH, BODY) >= LEAST


def _wide_base64(data: Bytes, start: int, end: int) -> bool:
    return count(data, end, end + _WIDE_REACH, BASE64) >= 100


def _narrow(data: Bytes, start: int, end: int) -> bool:
    """The prefix in lines of one or two characters."""
    behind = bytes(data[end:end + 80])
    alone = start > 0 and not bytes(data[start - 1:start]).isalnum()
    return alone and behind.count(b'\n') + behind.count(b'\r') > 8 and _base64(data, start, end)


_IN_BASE64 = frozenset(BASE64)
_LEAST_CARRIED = 60
#: The first characters of a run, and what may be among them: ends of lines, escapes, joins and tags.
_AT_FIRST = 20
_IN_RUNS = BASE64 + b'\r\n\t \\"\'%&#;<>='


def _carried(data: Bytes, start: int, end: int) -> bool:
    """Whether a run begins where the magic does: behind a sign that is no part of one, or behind an escape."""
    back, magics = MAGICS[bytes(data[start:end])]
    begin = start - back
    if begin < 0 or not bytes(data[begin:begin + 12]).startswith(magics):
        return False
    before = bytes(data[max(0, begin - 3):begin])
    if before and before[-1] in _IN_BASE64 and before[:1] != b'%' and (
            before[-2:] not in (b'\\n', b'\\r', b'\\t', b'\n+', b'\n-')
    ):
        return False
    if bytes(data[end:end + _AT_FIRST]).translate(None, _IN_RUNS):
        return False
    return count(data, end, end + 1000, BASE64) >= _LEAST_CARRIED


def _hexadecimal(data: Bytes, start: int, end: int) -> bool:
    return data[end:end + 1] in (b'e', b'E') and count(data, end, end + 800, HEX) >= 120


def _digits(data: Bytes, start: int, end: int) -> bool:
    return count(data, end, end + 120, HEX) >= 80


def _begins_line(data: Bytes, start: int, end: int) -> bool:
    return start == 0 or bytes(data[start - 1:start]) in (b'\n', b'\r', b'n', b' ', b'\t', b'>', b'"')


def _printed(data: Bytes, start: int, end: int) -> bool:
    """In quotation marks, or behind the sign of its first escape."""
    return bytes(data[max(0, start - 1):start]) in (b'"', b"'", b'`', b'\\')


def _zlib(data: Bytes, start: int, end: int) -> bool:
    """At the beginning of a run."""
    before = bytes(data[max(0, start - 2):start])
    return (not before[-1:].isalnum() or before.lower() in (b'0x', b'\\x')) and _digits(data, start, end)


_BEFORE_NUMBERS = (b'0x', b'0X', b'\\x', b'\\n', b'\\t', b'\\r', b'&H', b'0o', b'0b', b"'d")


def _numbers(data: Bytes, start: int, end: int) -> bool:
    """No part of a longer number, and a hundred numbers' digits behind it."""
    before = bytes(data[max(0, start - 2):start])
    if before[-1:].isalnum() and bytes(data[start:start + 1]).isalnum() and before not in _BEFORE_NUMBERS:
        # a zero of its own, or that of 0x
        return before[-1:] == b'0' and not before[:-1].isalnum() and digits_behind(data, end)
    return digits_behind(data, end)


def _words(data: Bytes, start: int, end: int) -> bool:
    return digits_behind(data, end)


def _ends(data: Bytes, start: int, end: int) -> bool:
    """The prefix's last two numbers, behind the one before."""
    return data[end:end + 1] in (b'f', b'F') and data[start - 2:start - 1] in (b'e', b'E') and digits_behind(data, end)


def _before(code: bytes) -> Question:
    """The first number of the prefix, and the next one near it."""
    def question(data: Bytes, start: int, end: int) -> bool:
        return code in bytes(data[end - 1:end + NEAR]) and _numbers(data, start, end)
    return question


_decimal, _octal, _hex_first = _before(b'105'), _before(b'151'), _before(b'69')


def _patch(data: Bytes, start: int, end: int) -> bool:
    """A section right behind: git's own sources and tests have the words alone."""
    behind = bytes(data[end:end + 12]).lstrip(b'\r\n')
    return behind.startswith((b'literal ', b'delta '))


_BY_ANCHOR: dict[bytes, Question] = {
    b'GIT binary patch': _patch,
    **SPELLED,
    **SIGNS,
    **dict.fromkeys((b'p\0i\0n\0', b'p\0\0\0i\0\0\0n'), _wide),
    **dict.fromkeys((b'c\0G\0l\0u', b'B\0p\0b\0m', b'w\0a\0W\0005'), _wide_base64),
    **dict.fromkeys((b'OBUW', b'YGS3', b'A2LO', b'4DJN', b'QNFX'), _base32),
    **dict.fromkeys((b'obuw', b'ygs3', b'a2lo', b'4djn', b'qnfx'), _small_base32),
    b'4YK7': _second_half(b'W'), b'TBL': _second_half(b'3'), b'MFP': _second_half(b'O'), b'ZQV': _second_half(b'N'),
    b'GCX': _second_half(b'X'),
    **dict.fromkeys((b'cGlu', b'Bpbm', b'waW5'), _base64),
    b'uYV': _end_of(b'cGl'), b'mFf': _end_of(b'Bpb'), b'5hX': _end_of(b'waW'), b'pbm': _end_of(b'B'), b'aW5': _end_of(b'w'),
    b'Glu': _end_of(b'c'), b'luY': _end_of(b'cG'), b'bmF': _end_of(b'Bp'), b'W5h': _end_of(b'wa'),
    **dict.fromkeys((a + end for a in (b'lu', b'Gl', b'bm', b'mF', b'W5', b'aW') for end in (b'\n', b'\r')), _narrow),
    **dict.fromkeys((b'G\nl', b'p\nb', b'a\nW'), _narrow),
    b'70696': _hexadecimal,
    **dict.fromkeys((b'63476', b'42706', b'776157', b'70006900'), _digits),
    **dict.fromkeys((b'789c', b'78da', b'789C', b'78DA'), _zlib),
    **dict.fromkeys((b'x1f\\x8b', b'x\\x9c', b'x\\xda', b'PK\\x03', b'BZh91AY', b'xfd7zXZ'), _printed),
    b'D6FQQ': _base32,
    **dict.fromkeys((b'begin 6', b'begin 4', b'begin 7', b'begin 06'), _begins_line),
    **dict.fromkeys((b'1f 8b 08', b'1F 8B 08', b'1f, 0x8b', b'1f,0x8b', b'31, 139', b'31,139'), _words),
    **dict.fromkeys(
        (b'70:69:6', b'70-69', b'70,69', b'70, 69', b'70; 69', b'70;69', b'70|69', b'70/69', b'70_69', b'70,\n69', b'70\t69',
         b'70\n69', b'70\r\n69', b'70 00 6', b'70,00,6', b'6970 616', b'6e69 5f', b'064560', b'067151', b'U+0070'), _numbers,
    ),
    **dict.fromkeys((b'70 69', b'6e 61', b'6E 61', b'7069 6', b'6e61 5', b'6e6970', b'5f616e'), _words),
    **dict.fromkeys((b'0111000', b'1110000', b'0070, 0', b'0070,0x'), _words),
    **dict.fromkeys((b'61,5', b'61\t5', b'61-5', b'61:5'), _ends),
    **dict.fromkeys((b'6970  ', b'6970\n'), _before(b'616e')),
    **dict.fromkeys((b'6e69  ', b'6e69\n'), _before(b'5f61')),
    b'26992': _before(b'24942'), b'28265': _before(b'24417'),
    **dict.fromkeys((a for a in ANCHORS if a.startswith(b'112')), _decimal),
    **dict.fromkeys((a for a in ANCHORS if b'160' in a), _octal),
    **dict.fromkeys((a for a in ANCHORS if b'70' in a and len(a) in (4, 5) and not a.strip(b'07&#$"\'HxhX 16,')), _hex_first),
    **dict.fromkeys(MAGICS, _carried),
}
#: None is asked of what has no anchor.
_QUESTIONS: Sequence[Question | None] = (*(_BY_ANCHOR.get(anchor) for anchor in ANCHORS), None, None)

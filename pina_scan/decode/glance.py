"""Is a hit worth a reader? A few bytes around it, looked at without loading anything.

Short anchors turn up by chance, once or twice in a megabyte of source code. Each question here is one that every
real token answers with yes.
"""
from __future__ import annotations

from pina_scan.decode.carried_magics import MAGICS
from pina_scan.decode.counted import Counted
from pina_scan.decode.encodings import ANCHORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    Bytes = bytes | bytearray | memoryview
    Question = Callable[[Bytes, int, int], bool]

_LETTERS = b'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
_BODY = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
_BASE64 = _LETTERS + b'0123456789+/-_'
#: What follows the syllable in words and sentences.
_WORDY = frozenset(_LETTERS + b'0123456789;:.,)-')
#: What may stand between two quoted characters, comments apart.
_JOINS = b' \t\r\n"\'`+.,&<|~^\\()[]#/*>-:;=@$'
#: What may stand before a literal.
_KINDS = b'bBuUL8'
_ESCAPE = b'%\\xXuU0{}25'
_COMMENTS = (b'/*', b'//', b'#', b'--', b';', b'%')
_UNSEEN = (b'\xe2\x80', b'\xe2\x81', b'\xc2\xad', b'\xef\xbb\xbf', b'&', b'\x1b', b'*/', b'//', b'#', b'--')
#: What has letters of its own and can't be seen.
_HIDDEN = (b'\x1b', b'\\u', b'\\x1b', b'\\e[', b'\\033')
#: What `na` has before it in words; `i`, and the letters that the ends of escapes have, are left out.
_NOT_BEFORE_NA = frozenset(b'gjkopqrstuvwyzGILOPQRSTUVWXYZ')
#: The ends of `i`, `n` and `a`, plain and in any escape.
_I = (b'i', b'69', b'151', b'105')
_N = (b'n', b'6e', b'6E', b'156', b'110')
_A = (b'a', b'61', b'141')
_LOWER = tuple(bytes((c,)) for c in b'abcdefghijklmnopqrstuvwxyz0189')
#: The least that `match.rules` takes for a body of another form.
_LOOSE = 39
#: A whole body, each of its characters written in ten, and how many characters of the alphabet that has at least:
#: octal and decimal escapes of a random body have a hundred and more, and 60 is more than 15 deviations away.
_BODY_REACH = 1500
_LEAST = 60


#: From so many hits on their surroundings are counted beforehand.
_MANY = 64
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
    return hits if len(hits) > AT_ONCE else list(worth(data, hits, len(hits) > _MANY))


def _count(data: Bytes, start: int, end: int, alphabet: bytes) -> int:
    if type(data) is Counted:
        return data.most(start, end, alphabet)
    window = bytes(data[start:end])
    return len(window) - len(window.translate(None, alphabet))


def _body(data: Bytes, start: int, end: int) -> bool:
    return _count(data, end, end + _BODY_REACH, _BODY) >= _LEAST


def _pina(data: Bytes, start: int, end: int) -> bool:
    if data[end:end + 1] == b'_':
        behind = bytes(data[end + 1:end + 1 + _LOOSE])
        # a word goes on as one; a body that is not of the exact form is long, and in one piece
        return behind[:1] not in _LOWER or len(behind) == _LOOSE and not behind.translate(None, _BASE64)
    return end < len(data) and data[end] not in _WORDY and _body(data, start, end)


def _follows(data: Bytes, start: int, codes: tuple[bytes, ...]) -> bool:
    """Whether what ends at `start`, joins and the beginning of an escape left out, ends in one of `codes`.

    Behind marks, signs that can't be seen and comments anything may be: then the answer is yes.
    """
    left = bytes(data[max(0, start - 240):start])
    bare = _without_ends(left).rstrip(_JOINS + _ESCAPE)
    if codes is _A and bare.endswith(b'pina'):
        # read from there
        return False
    if bare.endswith(codes):
        # an `a` may also be the last digit of another character's code
        return bare[-1:] != b'a' or bare[-4:-2] != b'\\x'
    return left[-1:] == b'>' or any(s in left[-30:] for s in _UNSEEN)


def _behind_gap(left: bytes) -> bool:
    """Whether `pi` is near, or `p` if `left` ends in `i`, and something that is no letter between."""
    begin, near = (b'p', left[-81:-1]) if left[-1:] == b'i' else (b'pi', left[-80:])
    at = near.rfind(begin)
    return at >= 0 and not near[at + len(begin):at + len(begin) + 1].isalnum()


def _na(data: Bytes, start: int, end: int) -> bool:
    if not start or data[start - 1] in _NOT_BEFORE_NA:
        return False
    left = bytes(data[max(0, start - 240):start])
    if left.endswith(b'pi'):
        # whole, it has an anchor at its beginning
        return False
    bare = left[:-1] if left[-1:] == b'i' else left
    hidden = left.rstrip()[-1:] == b'>' or any(sign in left[-30:] for sign in _HIDDEN) or _behind_gap(left)
    if not hidden and bare[-1:].isalpha() and bare[-2:] not in (b'\\n', b'\\r'):
        return False
    joined = left[-1:] in (b'"', b"'", b'`') and any(cut in left for cut in (b'pi"', b"pi'", b'pi`', b'pi\\'))
    return (hidden or joined or _follows(data, start, _I)) and _body(data, start, end)


def _pinr(data: Bytes, start: int, end: int) -> bool:
    """A dot, or the beginning of anything that may be one or stand before one, and a JWT's worth of characters."""
    if end == len(data) or data[end] < 0x80 and data[end] not in b'."\'`\\%&[=<\n\r \x1b*{':
        return False
    return _count(data, end, end + _BODY_REACH, _BASE64) >= _LEAST


def _pin(data: Bytes, start: int, end: int) -> bool:
    """After a cut, an `a`, plain or in an escape, or something that can't be seen or is a comment."""
    right = _without_ends(bytes(data[end - 1:end + 240]))
    bare = right.lstrip(_JOINS)
    return (
        not bare[:1].isalnum() or bare[:1] in b'afFrRbBuULNexX01=<' or right[:1] == b'<'
        or any(s in right[:40] for s in _COMMENTS) or any(s in right for s in (b'"a', b"'a", b'`a'))
    ) and _body(data, start, end)


def _without_ends(text: bytes) -> bytes:
    return text.replace(b'\\n', b'').replace(b'\\r', b'')


def _alone(data: Bytes, start: int, end: int) -> bool:
    """An underscore in quotes, behind the other characters of the prefix."""
    left = bytes(data[max(0, start - 240):start]).rstrip(_JOINS + _KINDS)
    return left[-1:] == b'a' and left[:-1].rstrip(_JOINS + _KINDS)[-1:] == b'n' and _body(data, start, end)


def _after(before: bytes, codes: tuple[bytes, ...]) -> Question:
    """An escape's code, behind one of the signs that begin one, and before that the character before."""
    def question(data: Bytes, start: int, end: int) -> bool:
        return start > 0 and data[start - 1] in before and _follows(data, start, codes) and _body(data, start, end)
    return question


_in_escape = _after(b'\\0#', _A)


def _x(data: Bytes, start: int, end: int) -> bool:
    """The code of an escape, or a number of its own in an array: no part of a longer one."""
    if data[start - 1:start] != b'0':
        return _in_escape(data, start, end)
    if bytes(data[end:end + 1]) not in b'uUlL' and bytes(data[end:end + 1]).isalnum():
        return False
    return not bytes(data[max(0, start - 2):start - 1]).isalnum() and _digits_behind(data, end)


def _entity(data: Bytes, start: int, end: int) -> bool:
    return bytes(data[max(0, start - 8):start]).rstrip(b'0')[-1:] == b'#' and _body(data, start, end)


def _percent(data: Bytes, start: int, end: int) -> bool:
    return _follows(data, start, _A) and _body(data, start, end)


def _base64(data: Bytes, start: int, end: int) -> bool:
    return _count(data, end, end + 1000, _BASE64) >= 100


def _end_of(begin: bytes) -> Question:
    """The end of the prefix, and before it, on the other side of a cut, its beginning."""
    def question(data: Bytes, start: int, end: int) -> bool:
        left = bytes(data[max(0, start - 240):start])
        # whole, it has an anchor at its beginning
        return not left.endswith(begin) and begin[:1] in left and not left[-1:].isdigit() and _base64(data, start, end)
    return question


_IN_BASE64 = frozenset(_BASE64)
_LEAST_CARRIED = 60


def _carried(data: Bytes, start: int, end: int) -> bool:
    """Whether a run begins where the magic does: behind a sign that is no part of one, or behind an escape."""
    back, magics = MAGICS[bytes(data[start:end])]
    begin = start - back
    if begin < 0 or not bytes(data[begin:begin + 12]).startswith(magics):
        return False
    before = bytes(data[max(0, begin - 3):begin])
    if _count(data, end, end + 1000, _BASE64) < _LEAST_CARRIED:
        return False
    return (
        not before or before[-1] not in _IN_BASE64
        or before[-2:] in (b'\\n', b'\\r', b'\\t', b'\n+', b'\n-') or before[:1] == b'%'
    )


def _hexadecimal(data: Bytes, start: int, end: int) -> bool:
    return data[end:end + 1] in (b'e', b'E') and _count(data, end, end + 800, b'0123456789abcdefABCDEF') >= 120


def _digits(data: Bytes, start: int, end: int) -> bool:
    return _count(data, end, end + 120, b'0123456789abcdefABCDEF') >= 80


_BEFORE_NUMBERS = (b'0x', b'0X', b'\\x', b'\\n', b'\\t', b'\\r', b'&H', b'0o', b'0b', b"'d")


def _numbers(data: Bytes, start: int, end: int) -> bool:
    """No part of a longer number, and a hundred numbers' digits behind it."""
    before = bytes(data[max(0, start - 2):start])
    if before[-1:].isalnum() and bytes(data[start:start + 1]).isalnum() and before not in _BEFORE_NUMBERS:
        # a zero of its own, or that of 0x
        return before[-1:] == b'0' and not before[:-1].isalnum() and _digits_behind(data, end)
    return _digits_behind(data, end)


def _digits_behind(data: Bytes, end: int) -> bool:
    return _count(data, end, end + 1200, b'0123456789abcdefABCDEF') >= 100


def _words(data: Bytes, start: int, end: int) -> bool:
    return _digits_behind(data, end)


def _before(code: bytes) -> Question:
    """The first number of the prefix, and the next one near it."""
    def question(data: Bytes, start: int, end: int) -> bool:
        return code in bytes(data[end - 1:end + 80]) and _numbers(data, start, end)
    return question


_decimal, _octal, _hex_first = _before(b'105'), _before(b'151'), _before(b'69')


_BY_ANCHOR: dict[bytes, Question] = {
    b'pina': _pina,
    b'pinr': _pinr,
    b'na_': _na,
    b'na"': _na,
    b"na'": _na,
    b'"_"': _alone,
    b"'_'": _alone,
    **dict.fromkeys((a for a in ANCHORS if len(a) == 4 and a.startswith(b'pin') and a not in (b'pina', b'pinr')), _pin),
    **dict.fromkeys((b'97;_', b'61;_', b'61}_', b';a_', b'}a_', b'\\141_', b'\\156a_'), _body),
    **dict.fromkeys((b'255f', b'255F'), _after(b'%5', _A)),
    **dict.fromkeys((b'005f', b'005F'), _after(b'u0xX', _A)),
    **dict.fromkeys((b'x5f', b'x5F'), _x),
    b'95;': _entity,
    b'61_': _after(b'%x0=5', _N),
    **dict.fromkeys((b'6ea_', b'6Ea_'), _after(b'%x0=5', _I)),
    **dict.fromkeys((b'%5f', b'%5F', b'=5F', b'\\137'), _percent),
    **dict.fromkeys((b'5f}', b'5F}'), _after(b'{0', _A)),
    **dict.fromkeys((b'cGlu', b'Bpbm', b'waW5'), _base64),
    b'uYV': _end_of(b'cGl'), b'mFf': _end_of(b'Bpb'), b'5hX': _end_of(b'waW'), b'pbm': _end_of(b'B'), b'aW5h': _end_of(b'w'),
    b'70696': _hexadecimal,
    **dict.fromkeys((b'63476', b'42706', b'776157', b'70006900'), _digits),
    **dict.fromkeys(
        (b'70:69:6', b'70-69', b'70,69', b'70, 69', b'70; 69', b'70;69', b'70|69', b'70/69', b'70_69', b'70.69', b'70\t69',
         b'70\n69', b'70\r\n69', b'70 00 6', b'70,00,6', b'6970 616', b'6e69 5f', b'064560', b'067151', b'U+0070'), _numbers,
    ),
    **dict.fromkeys((b'70 69', b'6e 61', b'6E 61', b'7069 6', b'6e61 5', b'6e6970', b'5f616e'), _words),
    **dict.fromkeys((b'0111000', b'1110000', b'0070, 0', b'0070,0x'), _words),
    **dict.fromkeys((b'6970  ', b'6970\n'), _before(b'616e')),
    **dict.fromkeys((b'6e69  ', b'6e69\n'), _before(b'5f61')),
    b'26992': _before(b'24942'), b'28265': _before(b'24417'),
    **dict.fromkeys((a for a in ANCHORS if a.startswith(b'112')), _decimal),
    **dict.fromkeys((a for a in ANCHORS if b'160' in a), _octal),
    **dict.fromkeys((a for a in ANCHORS if b'70' in a and len(a) in (4, 5) and not a.strip(b'07&#$"\'HxhX 16,')), _hex_first),
    **dict.fromkeys(MAGICS, _carried),
}
_QUESTIONS: Sequence[Question | None] = tuple(_BY_ANCHOR.get(anchor) for anchor in ANCHORS)

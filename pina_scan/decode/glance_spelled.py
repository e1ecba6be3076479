"""Questions about what stands around a part of the prefix as it is spelled: whole, cut or in escapes."""
from __future__ import annotations

from pina_scan.decode.counted import BASE64
from pina_scan.decode.counted import LEAST
from pina_scan.decode.counted import LETTERS
from pina_scan.decode.counted import NEAR
from pina_scan.decode.counted import REACH
from pina_scan.decode.counted import body
from pina_scan.decode.counted import count
from pina_scan.decode.counted import digits_behind
from pina_scan.decode.encodings import ANCHORS
from pina_scan.decode.glance_signs import HIDDEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.decode.counted import Bytes
    from pina_scan.decode.counted import Question

_NOT_BEFORE_IN = frozenset(LETTERS) - frozenset(b'p')
#: What follows the syllable in words and sentences.
_WORDY = frozenset(LETTERS + b'0123456789;:.,)-')
#: What may stand between two quoted characters, comments apart.
_JOINS = b' \t\r\n"\'`+.,&<|~^\\()[]#/*>-:;=@$'
#: What may stand before a literal.
_KINDS = b'bBuUL8'
_ESCAPE = b'%\\xXuU0{}25'
_COMMENTS = (b'/*', b'//', b'#', b'--', b';', b'%')
_UNSEEN = (b'\xe2\x80', b'\xe2\x81', b'\xc2\xad', b'\xef\xbb\xbf', b'&', b'\x1b', b'*/', b'//', b'#', b'--')
#: Also where grep puts its own, which clear the rest of the line.
_ENDS_OF_COLOURS = (b'm', b'[K')
#: What begins a code of two digits.
_CODED = (b'=', b'%')
#: What `na` has before it in words; `i`, and the letters that the ends of escapes have, are left out.
_NOT_BEFORE_NA = frozenset(b'gjkopqrstuvwyzGILOPQRSTUVWXYZ')
#: The ends of `i`, `n` and `a`, plain and in any escape.
_I = (b'i', b'69', b'151', b'105')
_N = (b'n', b'6e', b'6E', b'156', b'110')
_A = (b'a', b'61', b'141')
_LOWER = tuple(bytes((c,)) for c in b'abcdefghijklmnopqrstuvwxyz0189')
#: The least that `match.rules` takes for a body of another form.
_LOOSE = 39


def _pina(data: Bytes, start: int, end: int) -> bool:
    if data[end:end + 1] == b'_':
        behind = bytes(data[end + 1:end + 1 + _LOOSE])
        # a word goes on as one; a body that is not of the exact form is long, and in one piece
        if len(behind) == _LOOSE and not behind.translate(None, BASE64):
            return True
        return behind[:1] not in _LOWER and body(data, start, end)
    return end < len(data) and data[end] not in _WORDY and body(data, start, end)


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
    hidden = left.rstrip()[-1:] == b'>' or bare.endswith((b'%3B', b'%3b'))
    hidden = hidden or bare[-3:-2] in _CODED or bare[-1:] >= b'\x80'
    hidden = hidden or any(sign in left[-30:] for sign in HIDDEN) or _behind_gap(left)
    if not hidden and bare[-1:].isalpha() and bare[-2:] not in (b'\\n', b'\\r'):
        return False
    joined = left[-1:] in (b'"', b"'", b'`') and any(cut in left for cut in (b'pi"', b"pi'", b'pi`', b'pi\\'))
    return (hidden or joined or _follows(data, start, _I)) and body(data, start, end)


def _pinr(data: Bytes, start: int, end: int) -> bool:
    """A dot, or the beginning of anything that may be one or stand before one, and a JWT's worth of characters."""
    if end == len(data) or data[end] < 0x80 and data[end] not in b'."\'`\\%&[=<\n\r \x1b*{':
        return False
    return count(data, end, end + REACH, BASE64) >= LEAST


def _pin(data: Bytes, start: int, end: int) -> bool:
    """After a cut, an `a`, plain or in an escape, or something that can't be seen or is a comment."""
    right = _without_ends(bytes(data[end - 1:end + 240]))
    bare = right.lstrip(_JOINS)
    return (
        not bare[:1].isalnum() or bare[:1] in b'afFrRbBuULNexX016=<' or right[:1] in (b'<', b'=')
        or any(s in right[:40] for s in _COMMENTS) or any(s in right for s in (b'"a', b"'a", b'`a'))
    ) and body(data, start, end)


def _without_ends(text: bytes) -> bytes:
    return text.replace(b'\\n', b'').replace(b'\\r', b'')


_QUOTED = ((b'"n"', b'"a"'), (b"'n'", b"'a'"))


def _alone(data: Bytes, start: int, end: int) -> bool:
    """An underscore in quotes, behind the other characters of the prefix."""
    left = bytes(data[max(0, start - 240):start])
    bare = left.rstrip(_JOINS + _KINDS)
    behind = bare[-1:] == b'a' and bare[:-1].rstrip(_JOINS + _KINDS)[-1:] == b'n'
    # a call around each of them, an event for each
    return (behind or any(n in left and a in left for n, a in _QUOTED)) and body(data, start, end)


def _after(before: bytes, codes: tuple[bytes, ...]) -> Question:
    """An escape's code, behind one of the signs that begin one, and before that the character before."""
    def question(data: Bytes, start: int, end: int) -> bool:
        return start > 0 and data[start - 1] in before and _follows(data, start, codes) and body(data, start, end)
    return question


#: A number sign or a backslash that is itself escaped.
_ESCAPED_SIGNS = (b'%23', b'&#92;', b'%5C', b'%5c', b'=5C', b'x5c', b'x5C', b'005c', b'005C')
_in_escape = _after(b'\\0#', _A)


def _x(data: Bytes, start: int, end: int) -> bool:
    """The code of an escape, or a number of its own in an array: no part of a longer one."""
    if data[start - 1:start] != b'0':
        before = bytes(data[max(0, start - 5):start])
        return _in_escape(data, start, end) or before.endswith(_ESCAPED_SIGNS) and body(data, start, end)
    if bytes(data[end:end + 1]) not in b'uUlL' and bytes(data[end:end + 1]).isalnum():
        return False
    if b'61' not in bytes(data[max(0, start - NEAR):start]):
        return False
    return not bytes(data[max(0, start - 2):start - 1]).isalnum() and digits_behind(data, end)


def _entity(data: Bytes, start: int, end: int) -> bool:
    return bytes(data[max(0, start - 8):start]).rstrip(b'0')[-1:] == b'#' and body(data, start, end)


def _percent(data: Bytes, start: int, end: int) -> bool:
    return _follows(data, start, _A) and body(data, start, end)


def _behind_one(*before: bytes) -> Question:
    """A part of an escape, behind the part before it."""
    def question(data: Bytes, start: int, end: int) -> bool:
        return bytes(data[max(0, start - 3):start]).endswith(before) and body(data, start, end)
    return question


def _entity_in_percent(data: Bytes, start: int, end: int) -> bool:
    return bytes(data[end:end + 2]) in (b'3B', b'3b') and body(data, start, end)


def _octal(data: Bytes, start: int, end: int) -> bool:
    """An underscore as `echo -e` takes it."""
    return bytes(data[end:end + 2]) == b'37' and body(data, start, end)


def _zeros(data: Bytes, start: int, end: int) -> bool:
    """An underscore before an escaped zero byte or sign, and an `a` before the one that is before."""
    return b'a\\' in bytes(data[max(0, start - 40):start]) and body(data, start, end)


def _last_two(data: Bytes, start: int, end: int) -> bool:
    """The end of the prefix at the beginning of a literal, and an `n` at the end of the one before, maybe with a comment."""
    left = bytes(data[max(0, start - 240):start])
    if left.rstrip(_JOINS + b'{}')[-1:] == b'n':
        return not left.endswith(b'pin') and body(data, start, end)
    return any(n in left for n in (b'n"', b"n'")) and any(sign in left for sign in _COMMENTS) and body(data, start, end)


def _quotes(behind: bytes) -> bool:
    """Whether an equals sign may be quoted-printable's (RFC 2045, 6.7): before the end of a line, also a written one or an
    escaped one, with blanks in between, or before a byte in hex."""
    line = behind.lstrip(b' \t')
    return line[:1] in (b'', b'\r', b'\n', b'\\', b'%', b'&', b'=', b'<') or not behind[:2].strip(b'0123456789ABCDEFabcdef')


def _ends_in_p(left: bytes) -> bool:
    """Whether there is the first letter of the prefix, as a code or with no letter behind it, and then no mere words: prose
    has `in` too."""
    if any(code in left for code in (b'70', b'160', b'112')):
        return True
    at = left.rfind(b'p')
    while at >= 0 and left[at + 1:at + 2].isalnum():
        at = left.rfind(b'p', 0, at)
    between = left[at + 1:]
    return at >= 0 and (b' ' not in between or any(sign in between for sign in _NO_PROSE))


def _in_tags(data: Bytes, start: int, end: int) -> bool:
    """The last letters before a tag, or a line's end or an escape as quoted-printable has them, and those before them
    behind one."""
    if data[end - 1] == 0x3d and not _quotes(bytes(data[end:end + 80])):
        return False
    if data[start] == 0x69:
        before = bytes(data[max(0, start - 12):start])
        apart = before[-1:] != b'' and before[-1] not in _NOT_BEFORE_IN
        apart = apart or any(sign in before for sign in (*_CODED, b'\\', b'\x1b'))
        return apart and _ends_in_p(bytes(data[max(0, start - 240):start])) and _pin(data, start - 1, end)
    left = bytes(data[max(0, start - 240):start])
    left = left.removesuffix(b'i')
    behind_one = not left[-1:].isalpha() or left.endswith(_ENDS_OF_COLOURS) or left[-3:-2] in _CODED or b'\\u' in left[-8:]
    return behind_one and any(code in left for code in (b'p', b'70', b'160', b'112')) and body(data, start, end)


_NO_PROSE = (b'<', b'"', b"'", b'`', b'+', b'/', b'*', b'#', b'&', b'\\', b'\x1b', b'--', b'%')
#: anchor -> the question
SPELLED: dict[bytes, Question] = {
    b'pina': _pina,
    b'pinr': _pinr,
    **dict.fromkeys((b'na_', b'na"', b"na'"), _na),
    **dict.fromkeys((b'"_"', b"'_'"), _alone),
    **dict.fromkeys((a for a in ANCHORS if a.startswith(b'pin') and a not in (b'pina', b'pinr')), _pin),
    **dict.fromkeys((b'"a_', b"'a_"), _last_two),
    **dict.fromkeys((a for a in ANCHORS if len(a) == 3 and a[:2] == b'na' and a[2] >= 0x80), _na),
    **dict.fromkeys((b'_\\x', b'_\\0', b'_\\u'), _zeros),
    **dict.fromkeys((b'na<', b'in<', b'in=', b'in&', b'in%', b'in\\', b'in\x1b'), _in_tags),
    **dict.fromkeys((b'na=', b'na`', b'na\x1b', b'na&', b'na%', b'na\\'), _in_tags),
    **dict.fromkeys((b'97;_', b'61;_', b'61}_', b';a_', b'}a_'), body),
    **dict.fromkeys((b'141_', b'156a_'), _behind_one(b'\\', b'0')),
    **dict.fromkeys((b'255f', b'255F'), _after(b'%5x0=', _A)),
    **dict.fromkeys((b'005f', b'005F'), _after(b'u0xX\\', _A)),
    **dict.fromkeys((b'x5f', b'x5F'), _x),
    **dict.fromkeys((b'5f}', b'5F}'), _after(b'{0', _A)),
    **dict.fromkeys((b'%5f', b'%5F', b'=5F', b'\\137', b'\\5f'), _percent),
    b'\\01': _octal,
    b'61_': _after(b'%x0=5', _N),
    **dict.fromkeys((b'6ea_', b'6Ea_'), _after(b'%x0=5', _I)),
    b'95;': _entity,
    b'95%': _entity_in_percent,
    b'X5F': _behind_one(b'#', b'%23'),
    b'3B_': _behind_one(b'%'),
}

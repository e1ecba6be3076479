"""Questions about what stands around a part of the prefix between signs that can't be seen, colours and escapes of them."""
from __future__ import annotations

from pina_scan.decode.counted import body
from pina_scan.decode.encodings import ANCHORS
from pina_scan.decode.encodings import BEHIND_SIGNS
from pina_scan.decode.encodings import BETWEEN_SIGNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.decode.counted import Bytes
    from pina_scan.decode.counted import Question

_HIGH = bytes(range(0x80, 0x100))
#: What has letters of its own and can't be seen.
HIDDEN = (b'\x1b', b'\\u', b'\\x1b', b'\\e[', b'\\033')
#: How the codes of what can't be seen go on to their last digit, where that is a letter.
_UNSEEN_CODES = (b'200', b'202', b'206', b'fef', b'FEF', b'fe0', b'FE0', b'00a', b'00A', b'061', b'115', b'034', b'001')
_COLOURS = (b'\x1b', b'1b', b'1B', b'\\e', b'\\E', b'033')


def _strewn(data: Bytes, start: int, end: int) -> bool:
    """Signs alone between the first two letters."""
    behind = bytes(data[start + 1:start + 40])
    return behind.lstrip(_HIGH)[:1] == b'i' and body(data, start, end)


def _behind_sign(data: Bytes, start: int, end: int) -> bool:
    """The end of the prefix behind a sign that can't be seen, and a `p` and an `n` before."""
    left = bytes(data[max(0, start - 240):start])
    if data[start] >= 0x80:
        # another of its bytes is before
        behind_one = left[-1:] >= b'\x80'
    else:
        # what ends a link or a title on a terminal, as it is or as it is written
        behind_one = data[start] not in b'\x07\\' or any(sign in left[-80:] for sign in HIDDEN)
    at = left.find(b'p') if behind_one else -1
    return at >= 0 and left.find(b'n', at) >= 0 and body(data, start, end)


def _ends_a_sign(data: Bytes, start: int) -> bool:
    """Whether the character at `start` may be the end of a sign's code, or of a colour."""
    before = bytes(data[max(0, start - 12):start])
    first = bytes(data[start:start + 1])
    if first in (b';', b'}'):
        return (b'&' if first == b';' else b'{') in before
    if first in b'mK':
        return any(sign in before for sign in _COLOURS)
    if first in b'bcdfBD':
        return before[-2:-1] in (b'%', b'=') or before[-3:-1] == b'\\x' or before.endswith(_UNSEEN_CODES) or b'\\ud' in before
    return True


def _between_signs(data: Bytes, start: int, end: int) -> bool:
    """The middle of the prefix: its first two letters before it, the last one behind."""
    if not _ends_a_sign(data, start):
        return False
    left = bytes(data[max(0, start - 240):start])
    at = left.find(b'p')
    return at >= 0 and left.find(b'i', at) >= 0 and b'a' in bytes(data[end - 1:end + 240]) and body(data, start, end)


def _behind_code(data: Bytes, start: int, end: int) -> bool:
    """The same behind the last byte of a sign in a mail or an address, or behind an escaped character."""
    before = bytes(data[max(0, start - 2):start])
    if before == b'%3':
        return data[start:start + 1] == b'B' and body(data, start, end)
    return before[:1] in b'=%' and before[1:] in (b'8', b'9', b'A', b'B') and _behind_sign(data, start, end)


#: anchor -> the question
SIGNS: dict[bytes, Question] = {
    **dict.fromkeys((a for a in ANCHORS if len(a) == 3 and a[:1] == b'p' and a[1] >= 0x80), _strewn),
    **dict.fromkeys(BETWEEN_SIGNS, _between_signs),
    **dict.fromkeys((b'Ba_', b'Ca_', b'Da_', b'Fa_'), _behind_code),
    **dict.fromkeys(BEHIND_SIGNS, _behind_sign),
}

"""Is a hit worth a reader? A few bytes around it, looked at without loading anything.

Short anchors turn up by chance, once or twice in a megabyte of source code. Each question here is one that every
real token answers with yes.
"""
from __future__ import annotations

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
_WORDY = frozenset(_LETTERS + b'0123456789;:.,)')
#: A whole body, each of its characters written in ten, and how many characters of the alphabet that has at least:
#: octal and decimal escapes of a random body have a hundred and more, and 60 is more than 15 deviations away.
_BODY_REACH = 1500
_LEAST = 60


def worth(data: Bytes, hits: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Those of `hits` that a reader should see."""
    for hit in hits:
        question = _QUESTIONS[hit[0]]
        if question is None or question(data, hit[1], hit[2]):
            yield hit


def _count(data: Bytes, start: int, end: int, alphabet: bytes) -> int:
    window = bytes(data[start:end])
    return len(window) - len(window.translate(None, alphabet))


def _body(data: Bytes, start: int, end: int) -> bool:
    return _count(data, end, end + _BODY_REACH, _BODY) >= _LEAST


def _pina(data: Bytes, start: int, end: int) -> bool:
    if data[end:end + 1] == b'_':
        return True
    return end < len(data) and data[end] not in _WORDY and _body(data, start, end)


def _na_(data: Bytes, start: int, end: int) -> bool:
    """Before it stands an `i` behind no letter, or the end of an escape or of a cut."""
    left = bytes(data[max(0, start - 2):start])
    if left[-1:] == b'i':
        left = left[:-1]
    return bool(left) and left[-1:] not in (b'_', b'.') and not left[-1:].isalpha() and _body(data, start, end)


def _after(before: bytes) -> Question:
    """An escape's code, behind one of the signs that begin one, with the prefix not far before it."""
    def question(data: Bytes, start: int, end: int) -> bool:
        if not start or data[start - 1] not in before:
            return False
        near = bytes(data[max(0, start - 240):start])
        return any(p in near for p in (b'p', b'70', b'160', b'112')) and _body(data, start, end)
    return question


def _base64(data: Bytes, start: int, end: int) -> bool:
    return _count(data, end, end + 1000, _BASE64) >= 100


def _end_of(whole: bytes) -> Question:
    """The end of the prefix, and before it, on the other side of a cut, its beginning."""
    cuts = tuple(whole[:i] for i in range(1, 4))

    def question(data: Bytes, start: int, end: int) -> bool:
        left = bytes(data[max(0, start - 240):start])
        if not _base64(data, start, end):
            return False
        return left[-1:] in b'"\'`\n\r> \t#*+-/;|\\n' or any(left.endswith(cut[:2]) for cut in cuts) or left[-1:] in whole
    return question


def _hexadecimal(data: Bytes, start: int, end: int) -> bool:
    return data[end:end + 1] in (b'e', b'E') and _count(data, end, end + 800, b'0123456789abcdefABCDEF') >= 120


def _decimal(data: Bytes, start: int, end: int) -> bool:
    return b'110' in bytes(data[end:end + 60]) and (not start or not bytes(data[start - 1:start]).isdigit())


_BY_ANCHOR: dict[bytes, Question] = {
    b'pina': _pina,
    b'na_': _na_,
    **dict.fromkeys((b'pin"', b"pin'", b'pin\\', b'pin\n', b'pin\r', b'pin<', b'pin=', b'pin\xe2', b'pin\x1b'), _body),
    **dict.fromkeys((b'%5f', b'%5F', b'=5F', b'\\137', b'95;', b'u{5', b'97;_', b'61;_', b';a_', b'\\141_', b'\\156a_'), _body),
    **dict.fromkeys((b'255f', b'255F'), _after(b'%5')),
    **dict.fromkeys((b'005f', b'005F'), _after(b'u0xX')),
    **dict.fromkeys((b'x5f', b'x5F'), _after(b'\\0#')),
    **dict.fromkeys((b'61_', b'6ea_', b'6Ea_'), _after(b'%x0=5')),
    **dict.fromkeys((b'cGlu', b'Bpbm', b'waW5'), _base64),
    b'uYV': _end_of(b'cGl'), b'mFf': _end_of(b'Bpb'), b'5hX': _end_of(b'waW'),
    b'70696': _hexadecimal,
    b'112, 105': _decimal,
    b'112,105': _decimal,
}
_QUESTIONS: Sequence[Question | None] = tuple(_BY_ANCHOR.get(anchor) for anchor in ANCHORS)

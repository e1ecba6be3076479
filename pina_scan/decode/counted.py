"""How many bytes of an alphabet a stretch has, asked thousands of times of the same bytes."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Bytes = bytes | bytearray | memoryview
    #: of what stands around a hit, which has a start and an end
    Question = Callable[[Bytes, int, int], bool]

BODY = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
LETTERS = b'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
BASE64 = LETTERS + b'0123456789+/-_'
HEX = b'0123456789abcdefABCDEF'
_BLOCK = 64
#: A whole body, each of its characters written in ten, and how many characters of the alphabet that has at least:
#: octal and decimal escapes of a random body have a hundred and more, and 60 is more than 15 deviations away.
REACH = 1500
LEAST = 60
#: How far one number of the prefix is from the next: over the end of a dump's line, too.
NEAR = 120


class Counted(bytes):
    """Bytes that know how many of an alphabet are in any stretch of them, give or take a block at either end."""

    def sums(self, alphabet: bytes) -> list[int]:
        """How many there are before each block, worked out when first asked for."""
        known: dict[bytes, list[int]] = self.__dict__.setdefault('known', {})
        if alphabet not in known:
            marked = self.translate(bytes(byte in alphabet for byte in range(256)))
            total = 0
            sums = [0]
            for at in range(0, len(marked), _BLOCK):
                total += marked.count(1, at, at + _BLOCK)
                sums.append(total)
            known[alphabet] = sums
        return known[alphabet]

    def most(self, start: int, end: int, alphabet: bytes) -> int:
        """No fewer than there are, and at the most two blocks more."""
        sums = self.sums(alphabet)
        last = len(sums) - 1
        return sums[min(-(-end // _BLOCK), last)] - sums[min(start // _BLOCK, last)]


def count(data: Bytes, start: int, end: int, alphabet: bytes) -> int:
    if type(data) is Counted:
        return data.most(start, end, alphabet)
    window = bytes(data[start:end])
    return len(window) - len(window.translate(None, alphabet))


def digits_behind(data: Bytes, end: int) -> bool:
    """Whether there are a hundred numbers' digits."""
    return count(data, end, end + 1200, HEX) >= 100


def body(data: Bytes, start: int, end: int) -> bool:
    return count(data, end, end + REACH, BODY) >= LEAST

"""How many bytes of an alphabet a stretch has, asked thousands of times of the same bytes."""
from __future__ import annotations

_BLOCK = 64


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

"""Numbers as indexes and reftables have them, and packs the distance of a base (gitformat-index(5), gitformat-pack(5))."""
from __future__ import annotations


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The number there, and where it ends: seven bits a byte, the highest first, and one added for each byte more. Raises
    IndexError."""
    byte = data[at]
    at += 1
    value = byte & 0x7F
    while byte & 0x80:
        byte = data[at]
        at += 1
        value = value + 1 << 7 | byte & 0x7F
    return value, at

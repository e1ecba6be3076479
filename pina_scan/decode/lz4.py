"""LZ4 frames, also several one after another. lz4_Frame_format.md 1.6.4."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import behind
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Member
from pina_scan.decode.members import Missing
from pina_scan.decode.members import Readable


class _Frame:
    """What lz4 calls a decompressor, but for `unused_data`, which is None until there is some."""

    def __init__(self, machine: Any) -> None:
        self._machine = machine

    @property
    def eof(self) -> bool:
        return bool(self._machine.eof)

    @property
    def needs_input(self) -> bool:
        return bool(self._machine.needs_input)

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data or b''

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        made: bytes = self._machine.decompress(data, max_length)
        return made


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    """Raises Missing."""
    try:
        from lz4.frame import LZ4FrameDecompressor  # type: ignore[import-untyped]
    except ImportError:
        raise Missing('lz4') from None
    expanded = Expanded(file.read, lambda: _Frame(LZ4FrameDecompressor()), (RuntimeError, ValueError), again)
    yield Member(b'', expanded.read)
    yield from behind(expanded, file)


def again(behind: bytes) -> bool:
    return behind.startswith(b'\x04\x22\x4d\x18')

"""xz, also several streams one after another. The .xz File Format 1.2.1."""
from __future__ import annotations

import lzma
from collections.abc import Iterator

from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import behind
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Member
from pina_scan.decode.members import Readable

#: `xz -9` needs 65 MiB to read; a header may ask for 4 GiB.
_MEMORY = 256 << 20
ERRORS = (lzma.LZMAError, ValueError)


def machine() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)


def alone() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MEMORY)


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    expanded = Expanded(file.read, machine, ERRORS, again)
    yield Member(b'', expanded.read)
    yield from behind(expanded, file)


def again(behind: bytes) -> bool:
    return behind.startswith(b'\xfd7zXZ\0')

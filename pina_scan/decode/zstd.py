"""Zstandard, also several frames one after another. RFC 8878."""
from __future__ import annotations

import sys
from collections.abc import Iterator

from pina_scan.decode.expand import Expanded
from pina_scan.decode.expand import Machine
from pina_scan.decode.expand import behind
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Member
from pina_scan.decode.members import Missing
from pina_scan.decode.members import Readable

#: 128 MiB, what `zstd` itself reads without being told to; a header may ask for terabytes.
_WINDOW_LOG = 27


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    """Raises Missing."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            # the same module for older Pythons
            from backports import zstd
    except ImportError:
        raise Missing('zstd') from None

    def machine() -> Machine:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})
    expanded = Expanded(file.read, machine, (zstd.ZstdError, ValueError), again)
    yield Member(b'', expanded.read)
    yield from behind(expanded, file)


def again(behind: bytes) -> bool:
    return behind.startswith(b'\x28\xb5\x2f\xfd') or 0x50 <= behind[0] < 0x60 and behind[1:4] == b'\x2a\x4d\x18' \
        if behind else False

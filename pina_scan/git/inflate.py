"""zlib streams in one call: by ISA-L where it is installed, which takes two thirds of the time, else by zlib."""
from __future__ import annotations

import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Stream = bytes | memoryview

_decompress: Any
_decompressobj: Any
ERRORS: tuple[type[Exception], ...]
try:
    from isal import isal_zlib
except ImportError:
    ERRORS = (zlib.error,)
    _decompress = zlib.decompress
    _decompressobj = zlib.decompressobj
else:
    # the stub has the class as an instance
    ERRORS = (zlib.error, isal_zlib.error)  # type: ignore[assignment]
    _decompress = isal_zlib.decompress
    _decompressobj = isal_zlib.decompressobj

#: deflate makes no byte into more than 1,032 (RFC 1951: 258 bytes by two codes of one bit), so that a stream of this
#: many bytes can be inflated in one call whatever it claims. Longer ones are held to the size their header gives.
SAFE = 1 << 16
#: `inflate(stream, 15, size + 1)`: what is behind the stream's end is ignored. Raises one of ERRORS. With room for a byte
#: more than there is, the end is seen at once; in just enough room both make more of it first, to find that nothing comes.
inflate: Callable[[Stream, int, int], bytes] = _decompress
#: Below so many bytes zlib takes less time than ISA-L, whose state is larger.
SHORT = 96
inflate_short: Callable[[Stream, int, int], bytes] = zlib.decompress


def bounded(stream: Stream, size: int) -> tuple[bytes, bytes]:
    """What the stream holds, and no more than a byte beyond `size` of it; and what is behind the stream. Raises one of
    ERRORS."""
    decompressor = _decompressobj()
    data: bytes = decompressor.decompress(stream, size + 1)
    if not decompressor.eof and len(data) <= size:
        raise zlib.error('the stream ends before its end')
    return data, decompressor.unused_data


def beginning(stream: Stream, size: int) -> bytes:
    """The first `size` bytes of what the stream holds, fewer where it ends before. Raises zlib.error."""
    # for `decompress` 0 is no bound
    return zlib.decompressobj().decompress(stream, size) if size else b''

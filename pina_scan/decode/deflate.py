"""zlib's decompressor with the manners of bz2's and lzma's. RFC 1950, 1951 and 1952."""
from __future__ import annotations

import zlib

#: What zlib calls the three ways in which deflated data may be wrapped.
RAW = -zlib.MAX_WBITS
ZLIB = zlib.MAX_WBITS
GZIP = zlib.MAX_WBITS | 16
ERRORS = (zlib.error,)


class Inflate:
    def __init__(self, wrapping: int) -> None:
        self._machine = zlib.decompressobj(wrapping)

    @property
    def eof(self) -> bool:
        return self._machine.eof

    @property
    def needs_input(self) -> bool:
        return not self._machine.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._machine.decompress(self._machine.unconsumed_tail + data, max(max_length, 0))

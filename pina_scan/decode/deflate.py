"""Deflated data, with the manners of bz2's and lzma's decompressors. RFC 1950, 1951 and 1952.

By ISA-L where it has wheels, which is twice as fast, else by zlib.
"""
from __future__ import annotations

import zlib
from typing import Any

ERRORS: tuple[type[BaseException], ...]
_decompressobj: Any
try:
    from isal import isal_zlib
except ImportError:
    ERRORS = (zlib.error,)
    _decompressobj = zlib.decompressobj
else:
    # the stub has the class as an instance
    ERRORS = (zlib.error, isal_zlib.error)  # type: ignore[assignment]
    _decompressobj = isal_zlib.decompressobj

#: What zlib calls the three ways in which deflated data may be wrapped.
RAW = -zlib.MAX_WBITS
ZLIB = zlib.MAX_WBITS
GZIP = zlib.MAX_WBITS | 16
#: Bytes of damaged input that are given at once when it is read again.
_STEP = 256


class Inflate:
    """What breaks in the first piece of its input is given up to where it breaks, and only then raises."""

    def __init__(self, wrapping: int) -> None:
        self._machine = _decompressobj(wrapping)
        self._wrapping = wrapping
        self._fresh = True
        self._full = False
        self._broken: BaseException | None = None

    @property
    def eof(self) -> bool:
        return bool(self._machine.eof)

    @property
    def needs_input(self) -> bool:
        # ISA-L may have taken all of its input and not have given all that it makes of it
        return not self._full and self._broken is None and not self._machine.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        unused: bytes = self._machine.unused_data
        return unused

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        if self._broken is not None:
            raise self._broken
        tail = self._machine.unconsumed_tail
        try:
            made: bytes = self._machine.decompress(tail + data if tail else data, max(max_length, 0))
        except ERRORS as error:
            made = _until_it_breaks(data, self._wrapping, max_length) if self._fresh else b''
            if not made:
                raise
            self._broken = error
        self._fresh = False
        self._full = len(made) == max_length
        return made


def _until_it_breaks(data: bytes, wrapping: int, most: int) -> bytes:
    # zlib can be copied, ISA-L can not
    machine = zlib.decompressobj(wrapping)
    made = bytearray()
    step = _STEP
    at = 0
    while at < len(data) and 0 <= len(made) < most:
        ahead = machine.copy() if step > 1 else None
        try:
            made += machine.decompress(data[at:at + step], most - len(made))
        except zlib.error:
            if ahead is None:
                break
            # again, byte by byte
            machine, step = ahead, 1
            continue
        at += step
    return bytes(made)

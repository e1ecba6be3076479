"""Deflate without a header, as zip and gzip hold it: `zlib.compress` itself makes it from Python 3.11 on."""
from __future__ import annotations

import zlib


def deflated(data: bytes, level: int = -1) -> bytes:
    made = zlib.compressobj(level, wbits=-15)
    return made.compress(data) + made.flush()

"""What holds for any bytes: no crash, no more work than their length allows, and no token in anything that is told."""
from __future__ import annotations

import random
import re
import sys
from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.records import Limits
from pina_scan.token import sha256

#: Made at run time, the same in every run: what a fuzzer finds can be repeated.
TOKEN = b'pina_' + b32encode(random.Random(1).randbytes(60))
HASH = sha256(TOKEN)
#: Small, so that the work that is allowed is small too.
LIMITS = Limits(depth=4, members=300, bytes=1 << 20, ratio=200, memory=1 << 20)
#: Calls of Python's and of C's functions: once, for what is loaded and compiled; for each byte of input. A file of anchors
#: that lead nowhere takes some forty for each of its bytes.
_CALLS = 1_500_000
_CALLS_A_BYTE = 1_000
_SHOWN = re.compile(r'(?:pina_|pinr\.).{0,4}…\(\d+\)')


class TooMuchWork(AssertionError):
    pass


@contextmanager
def bounded(size: int) -> Iterator[None]:
    """Raises TooMuchWork in the middle of whatever runs inside. Calls are counted, not seconds: a slow machine is no bug."""
    left = _CALLS + _CALLS_A_BYTE * size

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            sys.setprofile(None)
            raise TooMuchWork(f'more than {_CALLS} and {_CALLS_A_BYTE} calls a byte for {size} bytes')
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


def scanned(data: bytes, name: bytes = b'f') -> list[Finding | Unread]:
    """All that a scan tells of some bytes, checked for what holds of any."""
    with bounded(len(data)):
        told = list(scan([Blob(name, data)], Totals(), LIMITS))
    for one in told:
        if isinstance(one, Finding):
            assert _SHOWN.fullmatch(one.redacted), 'more of a token is shown than may be'
            assert one.line is None or one.line >= 1 and one.column is not None and one.column >= 1
    if holds_token(data.decode('latin-1') + name.decode('latin-1')) and TOKEN not in data:
        # the fuzzer has seen it compared, and written a part of it by itself: that is a name's or a word's own
        return told
    # the words, names and hashes of all of it
    words = repr([one if isinstance(one, Finding) else (one.path, one.reason) for one in told])
    assert not holds_token(words), 'a token is told'
    return told


def holds_token(text: str) -> bool:
    """Whether `text` has a part of the token that is longer than what may be shown."""
    body = TOKEN[5:].decode()
    return any(body[at:at + 12] in text for at in range(0, len(body) - 12, 4))


def found(data: bytes) -> None:
    """The token is in `data`, somehow."""
    told = scanned(data)
    hashes = [(one.token_sha256, one.confidence) for one in told if isinstance(one, Finding)]
    assert (HASH, 'high') in hashes, f'the token is not found: {[one.reason for one in told if isinstance(one, Unread)]}'

"""OLE compound files, by olefile: doc, xls, ppt, msg, msi. MS-CFB; MS-XLS 2.4; MS-DOC 2.5; MS-OFFCRYPTO 2.3.

A stream's sectors may lie anywhere in the file, so that a token may be cut in two as the file stands.
"""
from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any
from typing import BinaryIO

from pina_scan.decode.deadline import deadline
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Member
from pina_scan.decode.members import Missing
from pina_scan.decode.members import reason
from pina_scan.decode.members import text

_ENCRYPTED = 'encrypted'
#: Streams that are there where all others are encrypted.
_LOCKED = frozenset(('encryptedpackage', 'encryptedsummary'))
_RECORD = struct.Struct('<HH')
_FILEPASS, _CONTINUE = 0x2f, 0x3c
_WORD = b'\xec\xa5'
_WORD_ENCRYPTED = 1
#: MS-OVBA 2.4.1: a container's first byte, a chunk's header, a flag for eight literals, the first word of every module.
_MACRO = re.compile(rb'\x01(?=.[\xb0-\xbf]\0Attribut)', re.DOTALL)
_CHUNK = 4096


def members(file: BinaryIO, budget: Budget) -> Iterator[Member | Flaw]:
    """Each stream. Raises Missing."""
    try:
        import olefile  # type: ignore[import-untyped]
    except ImportError:
        raise Missing('ole') from None
    budget.hold(file.seek(0, 2))
    file.seek(0)
    try:
        with deadline(budget):
            ole = olefile.OleFileIO(file)
            names = ole.listdir()
    except Exception as error:  # noqa: BLE001 - a third party's parser on hostile bytes, whose errors are of any type
        raise Damaged(reason(error)) from None
    if any(name[-1].lower() in _LOCKED for name in names):
        yield Flaw(None, _ENCRYPTED)
        return
    for name in names:
        yield from _stream(ole, name, budget)


def _stream(ole: Any, name: list[str], budget: Budget) -> Iterator[Member | Flaw]:
    path = '/'.join(name).encode('utf-8', 'surrogatepass')
    try:
        with deadline(budget):
            data: bytes = ole.openstream(name).read()
    except Exception as error:  # noqa: BLE001 - as above
        yield Flaw(path, reason(error))
        return
    if name[-1] in ('Workbook', 'Book'):
        locked, joined = _workbook(data)
        if locked:
            yield Flaw(path, _ENCRYPTED)
            return
        yield text(path + b'/text', joined)
    elif data[:2] == _WORD and data[11:12] and data[11] & _WORD_ENCRYPTED:
        yield Flaw(path, _ENCRYPTED)
        return
    for found in _MACRO.finditer(data):
        yield text(path + b'/macro', _macro(data, found.end(), budget))
    yield text(path, data, again=True)


def _workbook(data: bytes) -> tuple[bool, bytes]:
    """Whether it is encrypted, and its records with each that goes on in another one joined to that."""
    pieces = []
    at = 0
    while at + _RECORD.size <= len(data):
        kind, size = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        if kind == _FILEPASS:
            return True, b''
        # a string that goes on has one byte before it that says of how many bytes its characters are
        pieces.append(data[at + (kind == _CONTINUE):at + size])
        at += size
    return False, b''.join(pieces)


def _macro(data: bytes, at: int, budget: Budget) -> bytes:
    """MS-OVBA 2.4.1.3: chunks of up to 4,096 bytes, in which flags tell literals from copies of what came before."""
    made = bytearray()
    while at + 2 <= len(data):
        header = data[at] | data[at + 1] << 8
        if header >> 12 & 7 != 3:
            break
        end = min(at + (header & 0xfff) + 3, len(data))
        at += 2
        start = len(made)
        if not header >> 15:
            made += data[at:end]
            at = end
        while at < end and len(made) - start < _CHUNK:
            flags = data[at]
            at += 1
            for bit in range(8):
                if at >= end:
                    break
                if not flags >> bit & 1:
                    made.append(data[at])
                    at += 1
                    continue
                token = data[at] | (data[at + 1] << 8 if at + 1 < end else 0)
                at += 2
                back = max((len(made) - start - 1).bit_length(), 4)
                offset, length = (token >> (16 - back)) + 1, (token & (0xffff >> back)) + 3
                if offset > len(made) - start:
                    return bytes(made)
                for _ in range(length):
                    made.append(made[-offset])
        at = end
        budget.check()
    return bytes(made)

"""Bytes written as numbers: arrays in source code, and what dump tools print: hexadecimal, decimal, octal, binary.

A number, then what may stand between two, then the next. At the end of a dump's line the text column is left out, at
the beginning of the next the address: od (POSIX), hexdump, xxd, Format-Hex, gdb.
"""
from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.decode import columns
from pina_scan.decode import hex_runs
from pina_scan.decode import spelled
from pina_scan.decode.leads import line_start
from pina_scan.decode.number_forms import DECIMAL
from pina_scan.decode.number_forms import HEX
from pina_scan.decode.number_forms import KINDS
from pina_scan.decode.number_forms import SEPARATOR
from pina_scan.decode.number_forms import Kind
from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded
from pina_scan.token import ACCESS
from pina_scan.token import REFRESH

#: The text beside a dump's numbers, or what a row's end says about it, up to the next line.
_BESIDE = compiled(rb'[ \t,;+|"\')]{1,80}+[^\r\n]{0,160}+(?:\r\n?|\n)[ \t]{0,80}+(?=[^\s])')
#: The same where it is in a column of its own, and cells of numbers, which it isn't.
_COLUMN = compiled(rb'(?P<beside>[ \t]{2}[^\r\n]{2,120}+)(?:\r\n?|\n)[ \t]{0,80}+')
_CELLS = compiled(rb'(?:[ \t,]{1,8}+[0-9A-Fa-f]{1,6}+){1,64}+[ \t,]{0,80}+')
#: Behind it gdb has the name of what is there.
_ADDRESS = compiled(
    rb'(?:0[xX])?(?P<digits>[0-9A-Fa-f`]{4,17})(?:[ ]?<[^<>\r\n]{1,80}+>)?+(?P<mark>(?:[ ]?[:>|]|[ ]-)?+)[ \t]{1,8}+'
    rb'(?P<next>(?:0[xX])?+[0-9A-Fa-f]{2,24})',
)
_BEGINS = compiled(rb'(?<![0-9A-Za-z])(?=[0-9A-Fa-f$#%&\\])|(?<=[^0-9A-Za-z][xXu])(?=[0-9])')
_LINE_END = compiled(rb'\r\n?|\n')
_BACK = 240
_LEAST = 80
#: How far before a hit its number may begin, and so many have to be there at least from it on.
_NEAR = 24
_SOME = 40
#: A prefix in UTF-32; and from as far back as is looked to its end: a byte takes two characters or more.
_PREFIX = 4 * len(ACCESS)
_AROUND = _BACK // 2 + _PREFIX
_MOST = 1 << 12
#: Anchors of which these digits are the first character of the prefix: a reading begins there.
_FIRST = compiled(rb'(?:[&0#$ "\']|16#)?[xXHho$]?(?P<digits>112|0?160|70)(?=[^0-9A-Fa-f]|$)(?![:-])')
#: What stands before a first number that is its own.
_SIGNS = (b'16#', b'16r', b'#x', b'#$', b'0x', b'0X', b'&H', b'&h', b'\\x', b'0o', b'0O', b'$', b'0')
#: What a compressed stream begins with: in which numbers, and how far before the anchor.
_PACKED = {
    b'1f 8b 08': (HEX, 0), b'1F 8B 08': (HEX, 0), b'1f, 0x8b': (HEX, 2), b'1f,0x8b': (HEX, 2), b'31, 139': (DECIMAL, 0),
    b'31,139': (DECIMAL, 0),
}
#: In full (RFC 1952): the anchors are two of its bytes.
_GZIP = b'\x1f\x8b\x08'
_MOST_PACKED = 1 << 22
#: Contiguous digits, read as a run.
_RUNS = (
    b'789c', b'78da', b'789C', b'78DA',
    b'70696', b'63476', b'42706', b'776157', b'70006900', b'1f8b08', b'1F8B08', b'6e615f', b'6E615F', b'6970616', b'37303',
)
#: What escapes of any text have: it may be in another encoding.
_IN_ESCAPES = (b'112;', b'112\\', b'#x70')
#: Read as a run, if not only.
_RUNS_TOO = (*_RUNS, b'70 69', b'70:69')


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    anchor = data[start:end]
    if anchor[1:4] == b'   ':
        yield from columns.read(data, start, end)
        return
    if anchor in _PACKED:
        kind, back = _PACKED[anchor]
        if _numbers(data, start - back, kind, len(_GZIP)).text.startswith(_GZIP):
            numbers = _numbers(data, start - back, kind, _MOST_PACKED)
            yield Decoded(numbers.text, [*numbers.places, numbers.end], (kind.name,))
        return
    if anchor[:1] == b'x':
        yield from spelled.read(data, start, end)
    if anchor.startswith(_RUNS_TOO):
        yield from hex_runs.read(data, start, end)
        if anchor in _RUNS:
            return
    kind = _kind(anchor)
    first = _FIRST.match(data, start, end)
    if first is None:
        yield from _array(data, start, end, kind)
    else:
        yield from _from_first(data, first.start('digits'), kind)


def begins(data: bytes, start: int, end: int) -> bool:
    """Whether a prefix's numbers begin at an anchor; of one that may be in their middle the answer is yes."""
    anchor = data[start:end]
    if anchor in hex_runs.BEGINS:
        return hex_runs.begins(data, start, end)
    if anchor in _PACKED or anchor in _IN_ESCAPES or anchor.startswith(_RUNS_TOO) or anchor[:1] == b'x':
        return True
    first = _FIRST.match(data, start, end)
    kind = _kind(anchor)
    return first is None or _is_prefix(data, _signed(data, first.start('digits'), kind), kind)


def _kind(anchor: bytes) -> Kind:
    return next((kind for begins, kind in KINDS if anchor.startswith(begins)), HEX)


def _from_first(data: bytes, digits: int, kind: Kind) -> Iterator[Decoded]:
    """The numbers from the prefix's first on."""
    start = _signed(data, digits, kind)
    if _is_prefix(data, start, kind):
        numbers = _numbers(data, start, kind)
        if len(numbers.text) >= _LEAST:
            yield Decoded(numbers.text, [*numbers.places, numbers.end], (kind.name,))


def _signed(data: bytes, digits: int, kind: Kind) -> int:
    """Where the number begins whose digits are there."""
    before = data[max(0, digits - 3):digits]
    sign = next((sign for sign in _SIGNS if before.endswith(sign)), b'')
    if sign == b'0' and before[-2:-1].isalnum():
        # the byte before, in a dump's words
        sign = b''
    return digits if kind is DECIMAL else digits - len(sign)


def _is_prefix(data: bytes, start: int, kind: Kind) -> bool:
    """Whether a prefix's numbers are there."""
    return _without_zeros(_numbers(data, start, kind, _PREFIX).text).startswith((ACCESS, REFRESH))


def _without_zeros(text: bytes) -> bytes:
    """Of UTF-16 each second byte is one, of UTF-32 three of four."""
    return text.replace(b'\0', b'')


def _array(data: bytes, start: int, end: int, kind: Kind) -> Iterator[Decoded]:
    """The numbers around a hit: the beginning of the prefix may be in the line before."""
    low = max(0, start - _BACK)
    # what a line has first is an address; in the middle of it might be anything
    if not _goes_on(data, start, kind):
        return
    line = _LINE_END.search(data, low, max(low, start - _BACK // 2))
    low = low if line is None else line.end()
    while low < end:
        first = _BEGINS.search(data, low, start + 16)
        if first is None:
            return
        at = _behind_address(data, first.end())
        numbers = _numbers(data, at, kind, _AROUND)
        if numbers.end > start:
            text = _without_zeros(numbers.text)
            if ACCESS in text or REFRESH in text:
                numbers = _numbers(data, at, kind)
                if len(numbers.text) >= _LEAST:
                    yield Decoded(numbers.text, [*numbers.places, numbers.end], (kind.name,))
            return
        low = max(numbers.end, first.end() + 1)


def _goes_on(data: bytes, start: int, kind: Kind) -> bool:
    """Whether what stands at a hit is the first of some numbers, or one of them: a body follows the prefix."""
    begins = [found.end() for found in _BEGINS.finditer(data, max(0, start - _NEAR), start + 1)]
    return not begins or len(_numbers(data, begins[-1], kind, _SOME).text) >= _SOME


class _Numbers(NamedTuple):
    text: bytes
    places: list[int]
    end: int


def _numbers(data: bytes, at: int, kind: Kind, most: int = _MOST) -> _Numbers:
    text = bytearray()
    places: list[int] = []
    end = at
    row = -_cells_before(data, at) if kind.width == 2 else 0
    while len(text) < most:
        found = kind.number.match(data, at)
        if found is None and at > end > 0:
            found = kind.number.match(data, _next(data, end, kind))
        if found is None:
            break
        digits = found['digits']
        if kind.width:
            count = -(-len(digits) // kind.width)
            value = int(digits, kind.base).to_bytes(count, 'big')
            # a prefix such as 0x is the first byte's own
            begin = found.start('digits')
            where = [found.start(), *range(begin + kind.width, begin + count * kind.width, kind.width)]
        else:
            # what is no byte is no part of a token either
            value = min(int(digits, kind.base), 256 ** kind.size - 1).to_bytes(kind.size, 'big')
            where = [found.start()] * kind.size
        text += value[::-1] if kind.swapped else value
        places += where[::-1] if kind.swapped else where
        end = found.end() if found['rest'] is None else found.start('rest')
        if end < found.end():
            at = found.end()
            continue
        at = _text_column(data, end, len(text) - row) or _next(data, end, kind)
        if _LINE_END.search(data, end, at):
            row = len(text)
    return _Numbers(bytes(text), places, end)


def _cells_before(data: bytes, at: int) -> int:
    """How many bytes a dump's row has before the one at `at`."""
    begin = line_start(data, at)
    # tcpdump has a tab before its addresses
    begin = at - len(data[begin:at].lstrip(b' \t'))
    before = data[_behind_address(data, begin):at]
    return 0 if before.translate(None, b'0123456789abcdefABCDEF \t') else sum(map(len, before.split())) // 2


def _text_column(data: bytes, at: int, count: int) -> int:
    """The next row, if all that is left of this one is as many characters as it has bytes; 0: it isn't.

    Of those the first may look like numbers.
    """
    beside = _COLUMN.match(data, at)
    if beside is None:
        return 0
    left = beside['beside']
    lead = len(left) - count - left.endswith((b'|', b'<'))
    if lead < 2 or left[:lead].strip(b' \t|>') or _CELLS.fullmatch(left):
        return 0
    return _behind_address(data, beside.end())


def _next(data: bytes, at: int, kind: Kind) -> int:
    """Where the next number begins, if one does."""
    gap = SEPARATOR.match(data, at)
    behind = gap.end() if gap is not None else at
    if data.find(b'\n', at, behind) >= 0 or data.find(b'\r', at, behind) >= 0:
        return _behind_address(data, behind)
    if behind > at and kind.number.match(data, behind) is not None:
        return behind
    beside = _BESIDE.match(data, at)
    if beside is None:
        return at
    address = _behind_address(data, beside.end())
    if address == beside.end() and kind.number.match(data, address) is None:
        gap = SEPARATOR.match(data, address)
        return gap.end() if gap is not None else address
    return address


def _behind_address(data: bytes, at: int) -> int:
    """At the beginning of a line, behind the address, if there is one: it has a mark, or more digits than the numbers."""
    found = _ADDRESS.match(data, at)
    if found is None or not found['mark'] and len(found['digits']) == len(found['next']):
        return at
    return found.start('next')

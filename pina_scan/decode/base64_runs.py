"""base64 (RFC 4648 sections 4 and 5), from an anchor on.

An anchor says which of a group's four characters it begins with, so the beginning of the run need not be found.
"""
from __future__ import annotations

import binascii
from collections.abc import Iterator

from pina_scan.decode import leads
from pina_scan.decode.encodings import ENCODINGS
from pina_scan.decode.gaps import CONCAT
from pina_scan.decode.gaps import EOL
from pina_scan.decode.gaps import INVISIBLE
from pina_scan.decode.gaps import MARKED_WRAP
from pina_scan.decode.gaps import PLAIN_WRAP
from pina_scan.decode.offsets import Grouped
from pina_scan.decode.offsets import Stretches
from pina_scan.decode.patterns import compiled
from pina_scan.decode.runs import STRETCH
from pina_scan.decode.runs import gather
from pina_scan.decode.runs import pattern
from pina_scan.records import Decoded

#: By the number of bytes before the text, modulo three: which character of a group of four an anchor begins with.
_PHASES = (0, 2, 3)
_PREFIXES = (b'cGluYV', b'BpbmFf', b'waW5hX')


def _cuts() -> Iterator[tuple[bytes, tuple[bytes, bytes]]]:
    """What is left of the prefix behind a cut: the anchor it would have without one, and how far it goes then."""
    for anchor in {anchor for name, anchors, _ in ENCODINGS if name == 'base64' for anchor in anchors}:
        letters = anchor.translate(None, b'\r\n')
        for prefix in _PREFIXES:
            if prefix.find(letters) > 0:
                yield anchor, (prefix[:4], prefix[:prefix.index(letters) + len(letters)])


_CUT = dict(_cuts())
#: What begins in the characters before an anchor, by the rows of three: its first byte's high bits are there, and have to
#: be made up.
_FIRST = (b'p', b'p', b'c', b'B', b'w', b'Y', b'N', b'j', b'Q', b'J', b'C', b'd', b'd', b'3', b'7')


def _beginnings() -> Iterator[tuple[bytes, bytes]]:
    rows = [anchors for name, anchors, _ in ENCODINGS if name == 'base64' and len(anchors) == 3]
    for first, anchors in zip(_FIRST, rows):
        for before, anchor in enumerate(anchors):
            made_up = binascii.b2a_base64(b'\0' * before + first)
            yield anchor, made_up[:_PHASES[before]]
    yield b'BpbnI', b'AH'


#: The made-up characters, as many as the group has before the anchor.
_BEGINNING = dict(_beginnings())
_RUN_CHARACTERS = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_'
_CHARACTERS = frozenset(_RUN_CHARACTERS)
_ALPHABET = rb'[A-Za-z0-9+/_-]'
_URL_SAFE = bytes.maketrans(b'-_', b'+/')
_ESCAPES = rb'\\/|%2[BbFf]|\\{1,8}u002[bBfF]|&#[xX]2[bBfF];|&#4[37];'
_RUN = pattern(_ALPHABET, _ESCAPES)
_SPACED = pattern(_ALPHABET, _ESCAPES, between=rb'[ \t]{1,8}+')
_BLANK = compiled(rb'[A-Za-z0-9+/_-][ \t][A-Za-z0-9+/_-]')
_MARKED = pattern(_ALPHABET, _ESCAPES, marked=True)
_MARKED_LINE = compiled(MARKED_WRAP)
_GAP = compiled(b'|'.join((CONCAT, MARKED_WRAP, PLAIN_WRAP, b'(?:' + INVISIBLE + b'){1,8}+(?:' + PLAIN_WRAP + b')?+', rb'[ \t]')))
_EOL = compiled(EOL)
#: What stands before the letters of a line's end that is written out.
_WRITES = (b'\\', b'%', b'#')
#: What there is of it, or of a real one, wherever it is.
_MAY_END = compiled(rb'[\r\n\\&]|%0|#0')
#: What else than a character of the alphabet a run may go on with.
_GOES_ON = frozenset(b'=\x1b\\\xe2\xc2\xef\xcd&<[ \t\r\n%#"\'`')
#: The end of a line, written out, or with a mark.
_WRITTEN = compiled(rb'(?:\\{1,64}+(?=[\r\n]))?+(?:' + EOL + rb')++[ \t]{0,20}+(?:(?://|--|\+|-)[ \t]{0,8}+)?+\Z')
#: How much may be between two characters that stand in different lines.
_WIDE = 48
_BACK = 240
_BACK_IN_LINE = 64
#: UTF-16 says by where it begins which of two bytes comes first: anchor -> how many bytes are before it, modulo three.
_WIDE_ANCHORS = {anchor: before for before, anchor in enumerate((b'cABpAG4A', b'AAaQBuA', b'wAGkAbg'))}
_BACK_IN_WIDE = 1 << 13
_TRIES = 8
#: A token is longer than this in any encoding; the beginning of a line, with all its marks, is not.
_LEAST = _LINE = 100


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    anchor = data[start:end]
    beginning = _BEGINNING[_CUT[anchor][0] if anchor in _CUT else anchor]
    if anchor in _CUT:
        found = beginning_of(data, _CUT[anchor][1], start, start + len(anchor.rstrip(b'\r\n')))
        if found is None:
            return
        start = found
    if anchor in _WIDE_ANCHORS:
        before = _before_wide(data, start, len(beginning), _WIDE_ANCHORS[anchor])
    else:
        before = _before(data, start, len(beginning))
    yield from decoded(data, start - before, b'' if before else beginning)
    yield from _in_words(data, start, beginning)


def begins(data: bytes, start: int, end: int) -> bool:
    """Whether what is left of the prefix at an anchor has the rest of it before it."""
    cut = _CUT.get(data[start:end])
    return cut is None or beginning_of(data, cut[1], start, start + len(data[start:end].rstrip(b'\r\n'))) is not None


def _before(data: bytes, start: int, least: int) -> int:
    """How many characters before `start` are read too, in whole groups: then nothing has to be made up, and a layer below
    knows where it begins."""
    left = data[max(0, start - _BACK_IN_LINE):start]
    count = len(left) - len(left.rstrip(_RUN_CHARACTERS))
    if data[max(0, start - count - 1):start - count] in _WRITES:
        for written in _EOL.finditer(data, max(0, start - count - _BACK_IN_LINE), start):
            # in letters of the alphabet
            count = min(count, start - written.end())
    return 0 if count < least else (count - least) // 4 * 4 + least


def _before_wide(data: bytes, start: int, least: int, odd: int) -> int:
    """All of the run, if it begins where it seems to; else so many groups that the low byte comes first, as nearly always."""
    run = data[max(0, start - _BACK_IN_WIDE):start]
    count = len(run) - len(run.rstrip(_RUN_CHARACTERS))
    begin = start - count
    begins = count < len(run) and data[begin - 1] not in b'\r\nnr' or begin == 0
    if begins and (count - least) % 4 == 0:
        return max(count, 0)
    groups = (min(count, _BACK_IN_LINE) - least) // 4
    return least + 4 * (groups - (groups + odd) % 2) if groups > 0 else 0


def _in_words(data: bytes, start: int, beginning: bytes) -> Iterator[Decoded]:
    """base64 with blanks between words of it."""
    if data.find(b' ', start, start + _LEAST) < 0 > data.find(b'\t', start, start + _LEAST):
        return
    if _BLANK.search(data, start, start + _LEAST) is None:
        return
    found, places = gather(data, start, _SPACED)
    if len(found) >= _LEAST:
        yield _decoded(data, found, places, beginning)


def decoded(data: bytes, start: int, beginning: bytes = b'', most: int = STRETCH) -> Iterator[Decoded]:
    """Up to `most` characters of the run that goes on at `start`, `beginning` made up before them."""
    if _ends(data, start):
        return
    found, places = gather(data, start, _RUN, most)
    if len(found) >= _LEAST:
        yield _decoded(data, found, places, beginning)
    lead = leads.of_run(data, start, _RUN_CHARACTERS)
    if lead:
        yield _decoded(data, *gather(data, start, _RUN, most, lead), beginning)
    elif _MAY_END.search(data, start, places[-1] + _LINE) and _MARKED_LINE.search(data, start, places[-1] + _LINE):
        yield _decoded(data, *gather(data, start, _MARKED, most), beginning)


def _ends(data: bytes, start: int) -> bool:
    """Whether a run ends too soon, and so that it surely doesn't go on."""
    head = data[start:start + _LEAST]
    size = len(head) - len(head.lstrip(_RUN_CHARACTERS))
    return size < _LEAST and (
        size == len(head) or head[size] not in _GOES_ON or _RUN.match(data, start + size, start + STRETCH) is None
    )


def beginning_of(data: bytes, whole: bytes, start: int, end: int) -> int | None:
    """Where the prefix begins whose last characters are at `start`: the nearest place that leads here."""
    first = whole[:1]
    at = start
    for _ in range(_TRIES):
        at = data.rfind(first, max(0, start - _BACK), at)
        if at < 0:
            return None
        if _leads(data, at, end, whole):
            return at
    return None


def character_before(data: bytes, at: int, alphabet: frozenset[int]) -> int:
    """Where the character stands that comes before the one at `at`, maybe in the line before; `at` if there is none."""
    written = _WRITTEN.search(data, max(0, at - _WIDE), at)
    if written is not None:
        # in letters of the alphabet
        at = written.start()
    for place in range(at - 1, max(-1, at - _WIDE), -1):
        if data[place] in alphabet:
            gap = _GAP.match(data, place + 1, at)
            if place + 1 == at or gap is not None and gap.end() == at:
                return place
    return at


def _leads(data: bytes, at: int, end: int, whole: bytes) -> bool:
    """Whether `data[at:end]` is the prefix with gaps between its characters."""
    for character in whole:
        if at < end and data[at] != character:
            gap = _GAP.match(data, at, end)
            at = gap.end() if gap is not None else at
        if at >= end or data[at] != character:
            return False
        at += 1
    return at == end


def marked(data: bytes, start: int, end: int) -> int:
    """How many lines begin with a mark that may be part of a run as well."""
    return sum(1 for _ in _MARKED_LINE.finditer(data, start, end))


def characters(data: bytes) -> tuple[bytes, int]:
    """All characters of the run that `data` begins with or goes on with, and where it ends."""
    found, places = gather(data, 0, _RUN, len(data) + 1)
    return found, places[-1]


def bytes_of(found: bytes) -> bytes:
    """What characters of either alphabet say; what is missing of the last group is made up."""
    padded = found.translate(_URL_SAFE)
    return binascii.a2b_base64(padded[:len(padded) // 4 * 4] if len(padded) % 4 < 2 else padded + b'A' * (-len(padded) % 4))


def _decoded(data: bytes, found: bytes, places: Stretches, beginning: bytes) -> Decoded:
    text = bytes_of(beginning + found)
    offsets = Grouped(places, len(text), 4, 3, len(beginning), lambda at: character_before(data, at, _CHARACTERS))
    return Decoded(text, offsets, ('base64',))

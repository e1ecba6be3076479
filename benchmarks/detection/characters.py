"""Class 1: the token in its own characters, in every encoding of Unicode, and in files that mix them."""
from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.detection import surroundings
from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

_BOMS = {
    'utf-8': b'\xef\xbb\xbf', 'utf-16-le': b'\xff\xfe', 'utf-16-be': b'\xfe\xff', 'utf-32-le': b'\xff\xfe\0\0',
    'utf-32-be': b'\0\0\xfe\xff',
}
_SINGLE = ('latin-1', 'cp1252', 'cp437', 'koi8-r', 'mac-roman')
_MULTI = ('shift-jis', 'gb18030', 'euc-kr', 'big5')


def plain(draw: random.Random, token: bytes) -> Text:
    return surroundings.beside(draw, Text(MARK + token), glued=True)


def _encoded(encoding: str, bom: bool) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        text = surroundings.among(draw, surroundings.beside(draw, Text(MARK + token), glued=True))
        data = (_BOMS[encoding] if bom else b'') + recode(text.data.removeprefix(_BOMS['utf-8']), encoding)
        return Text(data, text.suffix, alone=True, encoding=encoding)
    return write


def recode(data: bytes, encoding: str) -> bytes:
    """UTF-8 in another encoding; the mark stays as it is. What can't be written becomes a question mark."""
    before, mark, after = data.partition(MARK)
    return mark.join(part.decode().encode(encoding, 'replace') for part in (before, after))


def _legacy(encodings: tuple[str, ...]) -> Writer:
    words = {'shift-jis': '値段の表', 'gb18030': '价格表', 'euc-kr': '가격표', 'big5': '價格表', 'koi8-r': 'цена',
        'cp437': 'größe'}

    def write(draw: random.Random, token: bytes) -> Text:
        encoding = draw.choice(encodings)
        word = words.get(encoding, 'clé').encode(encoding)
        data = word + b' = 1\n# ' + word + b'\ntoken: ' + MARK + token + b' ' + word + b'\n'
        # it isn't said what the file's encoding is, and each byte is a character where it isn't UTF-8
        return Text(data, alone=True)
    return write


def _mixed(outer: str, inner: str, odd: bool = False) -> Callable[[random.Random, bytes], Text]:
    """A line in one encoding in a file of another, as `>>` of another shell appends it. Bytes in front of it are counted
    as the outer encoding has them."""
    def write(draw: random.Random, token: bytes) -> Text:
        above = ''.join(f'{line}\n' for line in surroundings.lines(draw, 2, 6) if line.isascii())
        below = ''.join(f'{line}\n' for line in surroundings.lines(draw, 0, 4) if line.isascii())
        line = 'PINTEREST_TOKEN="'
        data = (
            (_BOMS[outer] if outer != 'utf-8' else b'') + above.encode(outer) + (b'#' if odd else b'')
            + line.encode(inner) + MARK + token.decode().encode(inner) + '"\n'.encode(inner) + below.encode(outer)
        )
        return Text(data, alone=True, encoding='mixed')
    return write


CHARACTERS: dict[str, Writer] = {
    'utf-8': plain,
    'utf-8 again': plain,
    'utf-8 once more': plain,
    **{f'{name}{" with BOM" if bom else ""}': _encoded(name, bom) for name in _BOMS for bom in (False, True)},
    'one byte a character': _legacy(_SINGLE),
    'two bytes a character': _legacy(_MULTI),
    **{
        f'{inner} appended to {outer}': _mixed(outer, inner)
        for outer in ('utf-8', 'utf-16-le', 'utf-16-be') for inner in ('utf-8', 'utf-16-le', 'utf-16-be',
            'utf-32-le') if inner != outer
    },
    'utf-16-le at an odd byte': _mixed('utf-8', 'utf-16-le', odd=True),
    'utf-16-be at an odd byte': _mixed('utf-8', 'utf-16-be', odd=True),
}

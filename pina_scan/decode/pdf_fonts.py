"""What the codes of a PDF's fonts mean, where they are not ASCII's. ISO 32000-1, 9.6.6 and 9.10; Adobe TN 5014, CMaps."""
from __future__ import annotations

import re
from typing import Any

_SECTION = re.compile(rb'begin(bfchar|bfrange)(.*?)end\1', re.DOTALL)
_PART = re.compile(rb'<([0-9A-Fa-f\s]*)>|([\[\]])')
#: A range longer than all codes of two bytes is nobody's.
_MOST = 1 << 16
_SHORT = 4
#: The glyphs' names that a token needs; letters are called as they look.
_NAMES = {
    '/underscore': '_', '/zero': '0', '/one': '1', '/two': '2', '/three': '3', '/four': '4', '/five': '5', '/six': '6',
    '/seven': '7', '/eight': '8', '/nine': '9', '/period': '.', '/hyphen': '-', '/space': ' ', '/equal': '=', '/colon': ':',
}


class _Meanings(dict[int, str]):
    def __missing__(self, code: int) -> str:
        return '\ufffd'


class Font:
    """`meanings` of codes that are `width` bytes long each."""

    def __init__(self, meanings: dict[int, str], width: int) -> None:
        self.meanings = _Meanings(meanings)
        self.width = width
        #: what short strings say: many writers show each letter by itself
        self._read: dict[bytes, bytes] = {}

    def read(self, codes: bytes) -> bytes:
        known = self._read.get(codes)
        if known is not None:
            return known
        width = self.width
        if width == 1:
            shown = codes.decode('latin-1').translate(self.meanings)
        else:
            found = (int.from_bytes(codes[at:at + width], 'big') for at in range(0, len(codes), width))
            shown = ''.join([self.meanings[code] for code in found])
        says = shown.encode('utf-8', 'surrogatepass')
        if len(codes) <= _SHORT and len(self._read) < _MOST:
            self._read[codes] = says
        return says


def font(found: dict[str, Any]) -> Font | None:
    """The font of that dictionary, if its codes have meanings of their own."""
    table = _at(found, '/ToUnicode')
    if table is not None and hasattr(table, 'get_data'):
        meanings = cmap(bytes(table.get_data()))
        if meanings:
            return Font(meanings, 2 if _at(found, '/Subtype') == '/Type0' else 1)
    encoding = _at(found, '/Encoding')
    if isinstance(encoding, dict) and isinstance(differences := _at(encoding, '/Differences'), list):
        return Font(_named(differences), 1)
    return None


def _at(found: dict[str, Any], key: str) -> Any:
    value = found.get(key)
    return getattr(value, 'get_object', lambda: value)()


def _named(differences: list[Any]) -> dict[int, str]:
    meanings = {code: chr(code) for code in range(128)}
    code = 0
    for item in differences:
        if isinstance(item, int):
            code = item
            continue
        name = str(item)
        meanings[code] = _NAMES.get(name, name[1:] if len(name) == 2 else '\ufffd')
        code += 1
    return meanings


def cmap(data: bytes) -> dict[int, str]:
    """code -> what it means, of a ToUnicode CMap."""
    meanings: dict[int, str] = {}
    for section in _SECTION.finditer(data):
        parts = [found[2] or b''.join(found[1].split()) for found in _PART.finditer(section[2])]
        if section[1] == b'bfchar':
            for code, meaning in zip(parts[::2], parts[1::2]):
                meanings[_number(code)] = _text(meaning)
        else:
            _ranges(parts, meanings)
    return meanings


def _ranges(parts: list[bytes], meanings: dict[int, str]) -> None:
    at = 0
    while at + 2 < len(parts):
        first, last, meaning = _number(parts[at]), _number(parts[at + 1]), parts[at + 2]
        at += 3
        if meaning == b'[':
            while at < len(parts) and parts[at] != b']':
                meanings[first] = _text(parts[at])
                first += 1
                at += 1
            at += 1
            continue
        text = _text(meaning)
        for step in range(min(last - first + 1, _MOST)) if text else ():
            meanings[first + step] = text[:-1] + chr(min(ord(text[-1]) + step, 0x10ffff))
        if len(meanings) > 2 * _MOST:
            return


def _number(digits: bytes) -> int:
    return int(digits[:8] or b'0', 16) if digits not in (b'[', b']') else 0


def _text(digits: bytes) -> str:
    if digits in (b'[', b']'):
        return ''
    return bytes.fromhex(digits.decode() + '0' * (len(digits) % 2)).decode('utf-16-be', 'replace')

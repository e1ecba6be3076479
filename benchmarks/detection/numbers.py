"""Class 3, second part: the token as numbers - hexadecimal, decimal arrays, dumps - and base32."""
from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable

from benchmarks.detection import surroundings
from benchmarks.detection.base64_texts import surrounded
from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

#: one byte, written, and what stands between two
_HEX: dict[str, tuple[str, str]] = {
    'hex': ('{:02x}', ''),
    'hex, capitals': ('{:02X}', ''),
    'spaces': ('{:02x}', ' '),
    'spaces, capitals': ('{:02X}', ' '),
    'colons': ('{:02x}', ':'),
    'colons, capitals': ('{:02X}', ':'),
    'dashes': ('{:02X}', '-'),
    'x': ('\\x{:02x}', ''),
    'x, capitals': ('\\x{:02X}', ''),
    '0x': ('0x{:02x}', ', '),
    '0x, capitals': ('0x{:02X}', ', '),
    '0X': ('0X{:02X}', ', '),
    '0x without blanks': ('0x{:02x}', ','),
    '0x and blanks': ('0x{:02x}', ' '),
    '0x with semicolons': ('0x{:02x}', '; '),
    'casts': ('(byte)0x{:02x}', ', '),
    'suffixes': ('0x{:02X}u', ', '),
    'suffixes of Rust': ('0x{:02x}u8', ', '),
    'VB': ('&H{:02X}', ', '),
    'tabs': ('{:02x}', '\t'),
    'quoted': ("'{:02x}'", ', '),
    'quoted 0x': ('"0x{:02x}"', ', '),
    'commas': ('{:02x}', ','),
}
_DECIMAL: dict[str, tuple[str, str]] = {
    'decimal': ('{}', ', '),
    'decimal without blanks': ('{}', ','),
    'decimal and blanks': ('{}', ' '),
    'decimal in columns': ('{:3}', ', '),
    'decimal with zeros': ('{:03}', ' '),
    'decimal with semicolons': ('{}', '; '),
    'decimal, quoted': ('"{}"', ', '),
    'decimal, one a line': ('{}', ',\n  '),
    'decimal, suffixes': ('{}u8', ', '),
    'chr': ('chr({})', '.'),
    'Chr': ('Chr({})', ' & '),
    'CHAR': ('CHAR({})', '||'),
    'chr and plus': ('chr({})', ' + '),
    'casts, decimal': ('(byte) {}', ', '),
    'char': ('[char]{}', '+'),
}
#: a number in one of the ways above: its sign and its digits
_NUMBER = re.compile(r'(?:0[xX]|&H|\\x)?\{')
_AROUND = (
    ('.c', 'static const uint8_t t[] = { ', ' };'), ('.go', 'var t = []byte{', '}'), ('.java', 'byte[] t = {', '};'),
    ('.py', 't = bytes([', '])'),
    ('.js', 'const t = Buffer.from([', ']);'), ('.js', 'String.fromCharCode(', ')'), ('.json', '{"type":"Buffer","data":[', ']}'),
    ('.rs', 'let t = [', '];'), ('.erl', '<<', '>>'), ('.txt', '<Buffer ', '>'), ('.txt', '', ''),
    ('.php', '$t = ', ';'), ('.ps1', '$t = @(', ')'),
)
_TEXTUAL = (
    ('.sql', "SELECT X'", "';"), ('.sql', "E'\\\\x", "'::bytea"), ('.sql', 'VALUES (0x', ')'),
    ('.py', "bytes.fromhex('", "')"), ('.php', "hex2bin('", "')"),
    ('.js', 'Buffer.from("', '", "hex")'), ('.txt', '', ''), ('.log', 'body=', ' len=101'), ('.yaml', 'token: ', ''),
    ('.json', '"', '"'), ('.txt', '<', '>'),
    ('.sql', "unhex('", "')"), ('.txt', '0x', ''), ('.sh', 'echo ', ' | xxd -r -p'),
)


def _listed(way: str, between: str) -> Writer:
    """As an array; in one line or in rows of some numbers."""
    def write(draw: random.Random, token: bytes) -> Text:
        lead = draw.choice((b'', b'', b'a=', b'Bearer ', b'\0\1\2'))
        cells = [way.format(c) for c in lead + token + draw.choice((b'', b'\0', b'\n'))]
        first = len(lead)
        # it starts where its number does, inside quotes and brackets
        cells[first] = _NUMBER.sub(lambda m: MARK.decode('latin-1') + m[0], way, count=1).format(token[0])
        suffix, before, after = draw.choice(_TEXTUAL if not between else _AROUND)
        rows = draw.choice((0, 0, 8, 10, 12, 16, 20))
        if not rows or '\n' in between:
            text = between.join(cells)
        else:
            joint = between.rstrip() + '\n' + draw.choice(('', '  ', '    ', '\t'))
            text = joint.join(between.join(cells[at:at + rows]) for at in range(0, len(cells), rows))
        return Text((before + text + after).encode('latin-1'), suffix, block=True)
    return write


def commented(draw: random.Random, token: bytes) -> Text:
    """An array whose rows say what they are."""
    rows = [token[at:at + 8] for at in range(0, len(token), 8)]
    lines = [f'    {", ".join(f"0x{c:02x}" for c in row)},  /* {at * 8:04x} */' for at, row in enumerate(rows)]
    lines[0] = lines[0].replace('0x70', MARK.decode('latin-1') + '0x70', 1)
    return Text(b'static const char t[] = {\n' + '\n'.join(lines).encode('latin-1') + b'\n};\n', '.c', block=True)


def words(draw: random.Random, token: bytes) -> Text:
    """As xxd -p or a debugger has it: in groups of two or four bytes."""
    size = draw.choice((2, 4))
    lead = b'x' * draw.randint(0, 3)
    text = (lead + token).hex()
    at = len(lead) * 2
    groups = []
    for start in range(0, len(text), size * 2):
        group = text[start:start + size * 2]
        if start <= at < start + size * 2:
            group = group[:at - start] + MARK.decode('latin-1') + group[at - start:]
        groups.append(group)
    return Text(' '.join(groups).encode('latin-1'), block=True)


def _dump(form: Callable[[int, bytes], tuple[str, int]], suffix: str = '.txt') -> Writer:
    """Lines with an address in front and the characters behind: in both the token is cut every sixteen bytes."""
    def write(draw: random.Random, token: bytes) -> Text:
        lead = ('\n'.join(surroundings.lines(draw, 0, 3)) + draw.choice(('', ' ', '\n', 'T='))).encode()
        data = lead + token + b'\nend\n'
        lines = []
        for at in range(0, len(data), 16):
            line, first = form(at, data[at:at + 16])
            if at <= len(lead) < at + 16:
                here = _cell(line, first, len(lead) - at, form)
                line = line[:here] + MARK.decode('latin-1') + line[here:]
            lines.append(line)
        return Text('\n'.join(lines).encode('latin-1') + b'\n', suffix, block=True)
    return write


def _cell(line: str, first: int, number: int, form: object) -> int:
    """Where the number-th byte of a dump's line is written."""
    seen = at = 0
    at = first
    while True:
        if line[at] == ' ':
            at += 1
            continue
        if seen == number:
            return at
        seen += 1
        at += 2


def _shown(row: bytes) -> str:
    return ''.join(chr(c) if 32 <= c < 127 else '.' for c in row)


def _xxd(at: int, row: bytes) -> tuple[str, int]:
    text = row.hex()
    groups = ' '.join(text[n:n + 4] for n in range(0, len(text), 4))
    return f'{at:08x}: {groups:39}  {_shown(row)}', 10


def _canonical(at: int, row: bytes) -> tuple[str, int]:
    """hexdump -C"""
    halves = '  '.join(' '.join(f'{c:02x}' for c in row[n:n + 8]) for n in (0, 8))
    return f'{at:08x}  {halves:48}  |{_shown(row)}|', 10


def _format_hex(at: int, row: bytes) -> tuple[str, int]:
    """PowerShell's Format-Hex"""
    return f'{at:08X}   {" ".join(f"{c:02X}" for c in row):47}  {_shown(row)}', 11


def _tcpdump(at: int, row: bytes) -> tuple[str, int]:
    text = row.hex()
    groups = ' '.join(text[n:n + 4] for n in range(0, len(text), 4))
    return f'\t0x{at:04x}:  {groups:39}  {_shown(row)}', 10


def hex_of(draw: random.Random, token: bytes) -> Text:
    """hex of hex, of base64, of UTF-16."""
    inner = draw.choice((token.hex().encode(), base64.b64encode(token), token.decode().encode('utf-16-le'),
        token.decode().encode('utf-16-be')))
    return Text(MARK + inner.hex().encode())


def base32(draw: random.Random, token: bytes) -> Text:
    text, at = surrounded(draw, token)
    made = base64.b32encode(text)
    here = at * 8 // 5
    if draw.random() < 0.4:
        made = made.rstrip(b'=')
    if draw.random() < 0.25:
        made = made.lower()
    return Text(made[:here] + MARK + made[here:])


def base32_wrapped(draw: random.Random, token: bytes) -> Text:
    text, at = surrounded(draw, token)
    made, here = base64.b32encode(text), at * 8 // 5
    width = draw.choice((64, 76, draw.randint(16, 100)))
    between = draw.choice((b'\n', b'\r\n', b'\n  ', b'\\n', b'\n# '))
    lines = [made[n:n + width] for n in range(0, len(made), width)]
    row, column = divmod(here, width)
    lines[row] = lines[row][:column] + MARK + lines[row][column:]
    return Text(between.join(lines), block=True)


NUMBERS: dict[str, Writer] = {
    **{name: _listed(*way) for name, way in _HEX.items()},
    **{f'{name}, again': _listed(*way) for name, way in _HEX.items()},
    **{name: _listed(*way) for name, way in _DECIMAL.items()},
    **{f'{name}, again': _listed(*way) for name, way in _DECIMAL.items()},
    'with comments': commented,
    'in words': words,
    'in words again': words,
    'xxd': _dump(_xxd),
    'hexdump': _dump(_canonical),
    'Format-Hex': _dump(_format_hex),
    'tcpdump': _dump(_tcpdump),
    'of other encodings': hex_of,
    'of other encodings again': hex_of,
}
BASE32: dict[str, Writer] = {
    **{f'one line, {number}': base32 for number in range(1, 13)},
    **{f'wrapped, {number}': base32_wrapped for number in range(1, 9)},
}

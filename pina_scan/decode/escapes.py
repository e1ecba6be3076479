"""The ways to write one character as another few: a table of families.

Each family gives a pattern for a character whose code is known in hexadecimal, octal and decimal, and a way back.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pina_scan.decode.patterns import compiled


class Codes(NamedTuple):
    """Patterns for one character's code, or for those of a class of characters."""

    plain: bytes
    hexadecimal: bytes
    octal: bytes
    decimal: bytes


class Family(NamedTuple):
    """`pattern` has %(hex)s, %(oct)s or %(dec)s where the code stands; `value` reads the code in group 1."""

    name: str
    pattern: bytes
    base: int


#: A backslash is doubled by each literal around it.
_B = rb'\\{1,64}+'
_AND = rb'&(?:amp;){0,4}'
FAMILIES = (
    # RFC 3986 section 2.1, and again: the percent sign is itself escaped as %25; %u is JavaScript's escape()
    Family('percent', rb'%%(?:25){0,4}(%(hex)s)', 16),
    Family('percent', rb'%%u00(%(hex)s)', 16),
    Family('backslash', _B + rb'x(%(hex)s)', 16),
    Family('backslash', _B + rb'x\{0{0,6}(%(hex)s)\}', 16),
    # RFC 8259 section 7; \u{…} is ECMAScript's, Rust's, Ruby's and PHP's, \U Python's and C's
    Family('backslash', _B + rb'u00(%(hex)s)', 16),
    Family('backslash', _B + rb'u\{0{0,6}(%(hex)s)\}', 16),
    Family('backslash', _B + rb'U000000(%(hex)s)', 16),
    # CSS Syntax, section 4.3.7: a blank ends it and is a part of it
    Family('backslash', _B + rb'0000(%(hex)s)[ ]?', 16),
    Family('backslash', _B + rb'0{0,3}(%(hex)s)[ ]', 16),
    # a zero before it is of `echo -e`; before a code of two it is of SQL's U&'…'
    Family('backslash', _B + rb'(%(oct)s)', 8),
    Family('backslash', _B + rb'0(?!0[0-5])(%(oct)s)', 8),
    Family('backslash', _B + rb'00(%(hex)s)(?![0-9A-Fa-f])', 16),
    # WebAssembly's text format, LDAP (RFC 4514 section 2.4)
    Family('backslash', _B + rb'(%(hex)s)(?=\\|["\')]|$)', 16),
    # HTML, section 13.5; the semicolon may be left out
    Family('entities', _AND + rb'#0{0,6}(%(dec)s)(?![0-9]);?', 10),
    Family('entities', _AND + rb'#[xX]0{0,6}(%(hex)s)(?![0-9A-Fa-f]);?', 16),
    # RFC 2045 section 6.7
    Family('quoted-printable', rb'=(%(hex)s)', 16),
)
_CODE = rb'(?:(?:chr\$?|char|chrw|string\.fromcharcode|\[char\])\(?(?:95|0x5f)\)?|\#95|\#\$5f)'
_SIGN = rb'[ \t]{0,4}+(?:\+|\.\.?|&|\|\||<>)[ \t]{0,4}+'
#: Spellings of the underscore alone: HTML's names, Markdown's and TeX's, UTF-7's (RFC 2152), CSS's, Python's and Perl's
#: names, Excel's in XML (ECMA-376 part 1, 22.9.2.19), RTF's, DNS's (RFC 1035 section 5.1), and its code between two literals.
NAMED = (
    ('entities', _AND + rb'(?:lowbar|UnderBar);'),
    ('markup', _B + rb'_|\{\\{1,8}_\}|\\textunderscore(?:\{\}|[ ]?)|\[_\]'),
    ('utf-7', rb'\+AF8-'),
    ('backslash', _B + rb'(?:00005[fF][ ]?|0{0,3}5[fF][ ]|N\{(?:LOW LINE|U\+005[fF])\}|o\{137\}|\'5[fF]|u95\??|095|005[fF])'),
    ('percent', rb'%U005[fF]|%5[cC](?:u005[fF]|x5[fF]|_)|%26(?:%23(?:95|[xX]5[fF])|lowbar)%3[bB]'),
    ('markup', rb'\+_\+|\{_\}|\{\\textunderscore\}|\\char(?:95|`\\_)[ ]?|\\string_|\$\\_\$|_x005[fF]_|\xef\xbc\xbf'),
    ('code', rb'(?i:["\']' + _SIGN + _CODE + _SIGN + rb'["\']|\'#95\'|["\']?\$\(' + _CODE + rb'\)["\']?)'),
)


def codes(character: bytes) -> Codes:
    code = character[0]
    digits = b'%02x' % code
    both = digits[:1] + b'[' + digits[1:] + digits[1:].upper() + b']'
    return Codes(re.escape(character), both, b'%03o' % code, b'%d' % code)


#: The characters of a body: A-Z and 2-7.
BODY = Codes(
    rb'[A-Z2-7]', rb'4[1-9A-Fa-f]|5[0-9Aa]|3[2-7]', rb'1[0-2][0-7]|13[0-2]|06[2-7]|6[2-7](?![0-7])',
    rb'6[5-9]|[78][0-9]|90|5[0-5]',
)


def escaped(wanted: Codes) -> bytes:
    """A pattern for the escapes of a character, all families together."""
    fields = {b'hex': wanted.hexadecimal, b'oct': wanted.octal, b'dec': wanted.decimal}
    ways = [re.sub(rb'(?<!\\)\((?!\?)', b'(?:', family.pattern % fields) for family in FAMILIES]
    if wanted.plain in (b'_', rb'\_'):
        ways.extend(pattern for _, pattern in NAMED)
    # most of what is asked is no escape at all: one look at the first byte says so
    return rb'(?=[%\\&=+{\["\'$_\xef])(?:' + b'|'.join(ways) + b')'


_ANY = {b'hex': rb'[0-9A-Fa-f]{2}', b'oct': rb'[0-7]{3}|6[2-7]', b'dec': rb'[0-9]{2,3}'}


def _reader(family: Family) -> Callable[[bytes], bytes | None]:
    pattern = compiled(family.pattern % _ANY)

    def read(unit: bytes) -> bytes | None:
        found = pattern.fullmatch(unit)
        return bytes((int(found[1], family.base) & 0xFF,)) if found is not None else None
    return read


_READERS = tuple((family.name, _reader(family)) for family in FAMILIES)
_NAMES = tuple((name, compiled(pattern)) for name, pattern in NAMED)


def unescape(unit: bytes) -> tuple[bytes, str]:
    """What is written, and the name of the way; text that stands as it is has none."""
    if unit[:1].isalnum() or unit == b'_':
        return unit, ''
    for name, read in _READERS:
        character = read(unit)
        if character is not None:
            return character, name
    return next(((b'_', name) for name, pattern in _NAMES if pattern.fullmatch(unit)), (unit, ''))

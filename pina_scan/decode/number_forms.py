"""How a byte is written as a number, and what stands between two numbers."""
from __future__ import annotations

import re
from typing import NamedTuple

from pina_scan.decode.gaps import EOL
from pina_scan.decode.gaps import QUOTE
from pina_scan.decode.patterns import compiled

_TYPE = (
    rb'(?:const[ ])?(?:std::)?(?:(?:un)?signed[ ])?'
    rb'(?:byte|Byte|BYTE|char|Char|int|Integer|long|short|rune|[iu](?:8|16|32|64)|u?int(?:8|16|32)?(?:_t)?)'
)
#: What stands between two numbers: signs, a cast or a call, a comment, a directive, a key, the end of a line and what the
#: next begins with.
SEPARATOR = compiled(
    # the sign of a number is none
    rb'(?:(?!(?:\\x|#x|#?\$|&[hHbBoO])[0-9A-Fa-f])(?:[ \t]{1,8}+(?![ \t|>])'
    rb'|</?[A-Za-z][\w:]{0,16}>|[xX](?=")'
    # keys: "0": 112, [0] => 112, 0 => 112, t[0] = 112
    rb'|\\{0,4}"[0-9]{1,4}\\{0,4}"[ ]?:|(?:[A-Za-z_$][\w.$]{0,24}+)?\[[0-9]{1,4}\][ ]{0,4}=>?|[0-9]{1,4}[ ]=>'
    rb'|\'(?:[^\'\\\n]|\\.)\'|/\*[^*]{0,80}+\*/|[,;:|&+.\-(){}\[\]<>\\/=@~^#*]|_(?=[0-9A-Fa-f])|' + QUOTE + rb'|'
    + EOL + rb'[ \t]{0,80}+(?:(?:[>#*+-]|//)[ \t]{0,4}){0,3}+(?:[0-9]{1,5}[ ](?=DATA\b|data\b)|\[[0-9]{1,6}\][ ])?+|_(?=\r?\n)'
    rb'|\[?' + _TYPE + rb'(?=[)\]>*])|[A-Za-z_$][\w.$:]{0,24}+!?(?=[({]|<' + _TYPE + rb'>\()'
    rb'|(?:Char\.)?chr(?=[ ])|as[ ]' + _TYPE + rb'\b|\.?(?:byte|BYTE|db|DB|dc\.b|DC\.B|DATA|data|defb|DEFB|char|fcb|FCB)\b)'
    rb'){0,24}+',
)


class Kind(NamedTuple):
    """`number` has the groups `digits` and `rest`, a separator taken with it. `swapped`: in words, the lowest byte first.

    `width`: so many digits are a byte; 0: a number is `size` bytes, however many digits it has.
    """

    name: str
    number: re.Pattern[bytes]
    base: int
    width: int = 0
    swapped: bool = False
    size: int = 1


#: The commonest separators by the way: to ask for all of them takes five times as long.
_END = rb'(?![0-9A-Za-z])(?P<rest>,[ ]?+(?=[0-9A-Fa-f])|[ \t;:](?=[0-9A-Fa-f]))?+'
#: What a language adds to a number to say of which type it is.
_SUFFIX = rb'(?:_?[iu](?:8|16|32|64)|[uU]?[yY]|[uUlLhHdDoOqQ]{1,3}|U?S|\.0{1,6}|(?<=[0-9])[bB])?+'
_HEX_SUFFIX = rb'(?:_?[iu](?:8|16|32|64)|u?y|[uUlLhH]{1,3}|U?S)?+'
HEX = Kind('hex', compiled(
    rb'(?:0[xX]|[uU]\+|\\x|16[#r]|#x|[0-9]\'h|#?\$|[#%]|&[hH]|0(?=[0-9A-Fa-f]{2}[hH]))?+'
    rb'(?P<digits>(?:[0-9A-Fa-f]{2}){1,8}+)' + _HEX_SUFFIX + _END,
), 16, width=2)
_WORDS = HEX._replace(number=compiled(rb'(?:0[xX])?+(?P<digits>(?:[0-9A-Fa-f]{2}){1,8}+)' + _END), swapped=True)
DECIMAL = Kind('decimal', compiled(rb'(?:[0-9]\'d)?(?P<digits>[0-9]{1,3})' + _SUFFIX + _END), 10)
_OCTAL = Kind('octal', compiled(rb'(?:0[oO]|8#|[\\&][oO]?)?(?P<digits>0{0,2}[0-7]{1,3})' + _SUFFIX + _END), 8)
_OCTAL_WORDS = Kind('octal', compiled(rb'(?P<digits>[01][0-7]{5})' + _END), 8, swapped=True, size=2)
_BINARY = Kind('binary', compiled(rb'(?:0[bB]|2#|&[bB])?(?P<digits>(?:[01]{8}){1,256}+|[01]{6,7})' + _END), 2, width=8)
_DECIMAL_WORDS = Kind('decimal', compiled(rb'(?P<digits>[0-9]{1,5})' + _END), 10, swapped=True, size=2)
#: What an anchor begins with, and what its numbers are; all others are hexadecimal.
KINDS = (
    (b'112', DECIMAL), (b'160', _OCTAL), (b'0160', _OCTAL), (b'o160', _OCTAL), (b'"160', _OCTAL), (b'011100', _BINARY),
    (b'111000', _BINARY), (b'6970', _WORDS), (b'6e69', _WORDS), (b'26992', _DECIMAL_WORDS), (b'28265', _DECIMAL_WORDS),
    (b'6e6970', _WORDS), (b'5f616e', _WORDS), (b'0645', _OCTAL_WORDS), (b'0671', _OCTAL_WORDS),
)

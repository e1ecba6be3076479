"""Fragments that are no part of a random body: words in capitals, padding, tables, digits.

A body's characters are drawn from 32 that are equally likely. What is asked here of some of them in a row is what less
than one in a hundred thousand such draws fails, and what text and data in the same alphabet fails nearly always.
"""
from __future__ import annotations

import re
from binascii import a2b_base64
from collections.abc import Callable
from functools import lru_cache

from pina_scan.fragments import NARROW
from pina_scan.fragments import PLAIN
from pina_scan.fragments import patterns

#: Of 27 drawn there are fewer different ones, or one more often than that, for less than three in a million.
_DIFFERENT, _SAME = 11, 8
#: Of 15 drawn: in base64 it takes 20 characters to have these.
_DIFFERENT_IN_FEW, _SAME_IN_FEW = 6, 6
#: Rare in words, and 14 of the 32: of 27 drawn fewer are among them for four in a million.
_RARE = b'JKQVWXYZ234567'
_LEAST_RARE = 2
_DIGITS = b'234567'
#: Of digits alone, which hexadecimal of escapes is for long.
_DIGITS_AT_LEAST = 4
_ORDER = bytes.maketrans(_DIGITS, b'[\\]^_`')
#: A dummy of a token, such as one character over and over, has so many characters at the least.
DUMMY = 80
#: So many places of a run are looked at: a longer one that has only what looks like that is meant to take long.
_MOST = 1 << 12
#: The same words and padding stand in many objects: a megabyte and a half of answers.
_KNOWN = 1 << 13


@lru_cache(_KNOWN)
def drawn(part: bytes) -> bool:
    """Whether 27 characters in a row may be a random body's, or hexadecimal of what is one in another encoding."""
    return (
        not part.strip(_DIGITS) and len(set(part)) >= _DIGITS_AT_LEAST or
        len(set(part)) >= _DIFFERENT and len(part) - len(part.translate(None, _RARE)) >= _LEAST_RARE
        and max(map(part.count, set(part))) <= _SAME and not _in_order(part)
    )


def _in_order(part: bytes) -> bool:
    """Half of the steps go to the next character or to the one before: by chance it is a tenth."""
    places = part.translate(_ORDER)
    return sum(-1 <= b - a <= 1 for a, b in zip(places, places[1:])) * 2 >= len(part) - 1


def drawn_in_base64(part: bytes) -> bool:
    """The same of 20 characters of base64."""
    text = a2b_base64(part)
    return (
        len(set(text)) >= _DIFFERENT_IN_FEW and max(map(text.count, set(text))) <= _SAME_IN_FEW
        and text.translate(None, _DIGITS) != b''
    )


def build() -> Callable[[bytes | bytearray], bool]:
    """Says of a run that has a fragment of NARROW whether any in it may be a random body's, or a dummy's that is long
    enough to be one."""
    plain, *others, in_base64, wide_in_base64 = patterns(NARROW)
    # at whichever place of it the one that counts begins
    plain_at = re.compile(b'(?=(%b))' % plain)
    base64_at = re.compile(b'(?=(%b))' % in_base64)
    surely = [re.compile(pattern) for pattern in (*others, wide_in_base64, plain.replace(b'{%d}' % PLAIN, b'{%d}' % DUMMY))]

    def tells(run: bytes | bytearray) -> bool:
        if len(run) > _MOST or any(pattern.search(run) is not None for pattern in surely):
            return True
        return (
            any(drawn(found[1]) for found in plain_at.finditer(run))
            or any(drawn_in_base64(found[1]) for found in base64_at.finditer(run))
        )
    return tells

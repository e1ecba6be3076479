"""Are these the pieces of one token, or words of a list that happen to follow a prefix?

A token is cut by a column's width, by hand into a few parts, or into its characters. A list of words, of codes of
countries or of constants has many short pieces of different lengths, or of two or three characters each.
"""
from __future__ import annotations

from collections.abc import Sequence

PREFIX = 5
BODY = 96
LEAST = 80
#: Pieces this long on average are no words.
_LONG = 16
#: Lines of equal length are a column's only from here on: codes of countries, currencies and airports are shorter,
#: and never as long as the line with the prefix.
_COLUMN = 8
#: A list of words that is as long as a body to the letter, and has digits as well, is none: of random bodies one in a
#: million has fewer.
_DIGITS = 3


def whole(lengths: Sequence[int], first: int, digits: int) -> bool:
    """`lengths` are those of a body's pieces, in characters, the token's end included; `digits` is how many it has.

    `first` is that of the first line of all, which has the prefix or the beginning of it.
    """
    inner = lengths[1:-1]
    return (
        sum(lengths) >= _LONG * len(lengths)
        or all(length == 1 for length in (*inner, lengths[-1]))
        or min(inner) == max(inner) >= _COLUMN
        or sum(lengths) == BODY and (min(inner) == max(inner) == first >= lengths[-1] or digits >= _DIGITS)
    )


def length(total: int, first: int) -> int:
    """How many of `total` joined characters are the token's; 0: none are, or those of its first piece are enough.

    A first piece of 80 or more is a token by itself, cut short: only the exact form says that the rest belongs to it.
    """
    if total == BODY:
        return BODY
    if first >= LEAST or total < LEAST:
        return 0
    return min(total, BODY)

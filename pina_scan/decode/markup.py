"""XML and HTML in office documents and books, without their tags: a word may be spread over several elements.

ECMA-376 part 1, 17.3.2 (runs); ODF 1.3 part 3, 6.1; EPUB 3.3.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from pina_scan.decode.offsets import Lazy
from pina_scan.records import Decoded

_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,64}(?:<\?xml|<!DOCTYPE html|<html)', re.IGNORECASE)
_FIRST = frozenset((b'<', b'\xef', b' ', b'\t', b'\r', b'\n'))
#: Where these begin or end, a line ends: paragraphs, cells, list items. All else is within one.
_BREAKS = (
    rb'p|si|tr|tc|td|th|row|c|br|cr|tab|h|h[1-6]|li|ul|ol|dl|dt|dd|div|pre|title|table|table-cell|table-row|list-item'
    rb'|line-break|text|comment|section|body|item|string'
)
#: White space between two tags is the writer's indentation.
_TAG = re.compile(
    rb'<(?:/?(?:[A-Za-z][\w.-]*:)?(?P<break>' + _BREAKS + rb')(?=[\s/>])[^<>]*|[/!?A-Za-z][^<>]*)>(?:[ \t\r\n]{1,256}(?=<))?',
)


def is_markup(head: bytes) -> bool:
    return head[:1] in _FIRST and _HEAD.match(head) is not None


class _Offsets(Lazy):
    """Where each byte of the text stands in the markup, kept by stretches of text without a tag."""

    def __init__(self, starts: list[int], sources: list[int], length: int) -> None:
        super().__init__(length)
        self._starts = starts
        self._sources = sources

    def place(self, index: int) -> int:
        stretch = bisect_right(self._starts, index) - 1
        return self._sources[stretch] + index - self._starts[stretch]


def text(data: bytes) -> Decoded:
    """The text between the tags."""
    pieces = []
    sources = []
    at = 0
    for tag in _TAG.finditer(data):
        if tag.start() > at:
            pieces.append(data[at:tag.start()])
            sources.append(at)
        if tag['break']:
            pieces.append(b'\n')
            sources.append(tag.start())
        at = tag.end()
    pieces.append(data[at:])
    sources.append(at)
    joined = b''.join(pieces)
    starts = [0, *accumulate(map(len, pieces[:-1]))]
    return Decoded(joined, _Offsets(starts, sources, len(joined) + 1), ('xml',))

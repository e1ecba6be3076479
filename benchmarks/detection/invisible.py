"""Class 4, third part: a token with something inside it that a reader doesn't see."""
from __future__ import annotations

import random

from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

#: by their names in Unicode
_SIGNS = {
    'zero width space': '\u200b', 'zero width non-joiner': '\u200c', 'zero width joiner': '\u200d', 'word joiner': '\u2060',
    'byte order mark': '\ufeff', 'soft hyphen': '\u00ad', 'left-to-right mark': '\u200e', 'right-to-left mark': '\u200f',
    'left-to-right embedding': '\u202a', 'pop directional': '\u202c', 'right-to-left override': '\u202e',
    'isolate': '\u2066', 'pop isolate': '\u2069',
    'combining grapheme joiner': '\u034f', 'Mongolian vowel separator': '\u180e', 'function application': '\u2061',
    'invisible times': '\u2062',
    'invisible separator': '\u2063', 'invisible plus': '\u2064', 'variation selector': '\ufe0f',
    'variation selector 1': '\ufe00', 'Hangul filler': '\u3164',
    'Arabic letter mark': '\u061c', 'tag': '\U000e0041', 'interlinear anchor': '\ufff9', 'deprecated format': '\u206a',
}
_WRITTEN = {
    'zero width space, escaped': '\\u200b', 'zero width space, entity': '&#8203;',
    'zero width space, hex entity': '&#x200B;', 'zero width space, named': '&ZeroWidthSpace;',
    'zero width joiner, named': '&zwj;', 'zero width non-joiner, named': '&zwnj;', 'soft hyphen, named': '&shy;',
    'soft hyphen, entity': '&#173;', 'soft hyphen, hex entity': '&#xAD;',
    'soft hyphen, escaped': '\\u00ad', 'soft hyphen, x': '\\xad', 'soft hyphen, percent': '%C2%AD',
    'zero width space, percent': '%E2%80%8B', 'no break, named': '&NoBreak;',
    'byte order mark, escaped': '\\ufeff', 'soft hyphen, UTF-8 as x': '\\xc2\\xad', 'word joiner, entity': '&#8288;',
    'zero width space, quoted-printable': '=E2=80=8B',
    'wbr': '<wbr>', 'wbr, XHTML': '<wbr/>', 'wbr, XHTML with a blank': '<wbr />', 'WBR': '<WBR>',
    'wbr, escaped': '&lt;wbr&gt;', 'wbr in JSON': '\\u003cwbr\\u003e',
    'colour': '\x1b[31m', 'colour off': '\x1b[0m', 'colour, short off': '\x1b[m', 'colours': '\x1b[1;38;5;208m',
    'true colour': '\x1b[38;2;10;20;30m', 'bold off': '\x1b[22m',
    'true colour with colons': '\x1b[38:2::10:20:30m', 'erase line': '\x1b[K',
    'colour of grep': '\x1b[m\x1b[K\x1b[01;31m\x1b[K', 'colour by C1': '\u009b31m',
    'colour, escaped': '\\u001b[31m', 'colour, x': '\\x1b[0m', 'colour, octal': '\\033[1m', 'colour, e': '\\e[0m',
    'colour without ESC': '^[[0m', 'cursor': '\x1b[1C\x1b[1D',
    'link of a terminal': '\x1b]8;;https://example.org\x1b\\', 'link of a terminal, BEL': '\x1b]8;;\x07',
    'title of a terminal': '\x1b]0;x\x07', 'charset': '\x1b(B',
    'colour, U': '\\u{1b}[0m', 'colour, U capitals': '\\u001B[0m', 'private mode': '\x1b[?25l',
    'b': '<b>', 'b off': '</b>', 'em': '<em>', 'span': '<span>', 'span off': '</span>',
    'span with a class': '<span class="hljs-string">',
    'span off and on': '</span><span class="o">', 'span with a style': "<span style='color: #c00'>", 'mark': '<mark>',
    'font': '<font color="#ff0000">', 'a': '<a href="https://example.org/?a=1&amp;b=2">',
    'a name': '<a id="L12"></a>', 'comment': '<!-- -->', 'comment with words': '<!-- wrap here -->',
    'comment of React': '<!-- -->', 'code off and on': '</code><code>', 'empty span': '<span></span>',
    'span on lines': '<span\n  class="x">', 'span, escaped': '&lt;/span&gt;&lt;span&gt;',
    'span in JSON': '<span class=\\"x\\">', 'em in JSON': '\\u003cem\\u003e', 'processing': '<?x y?>', 'em of a search': '<em>',
    'custom element': '<x-token data-a="1">', 'namespace': '<w:proofErr w:type="spellStart"/>',
    'runs of Word': '</w:t></w:r><w:r><w:t>',
    'runs of Word with properties': '</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">',
    'runs of PowerPoint': '</a:t></a:r><a:r><a:t>',
    'spans of OpenDocument': '</text:span><text:span text:style-name="T1">', 'tspan': '</tspan><tspan x="10" y="20">',
}
_LATIN = {'soft hyphen, one byte': b'\xad'}


def _with(sign: bytes) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        kind = draw.randrange(5)
        if kind == 0:
            places = {5}
        elif kind == 1:
            places = {draw.randint(1, 4)}
        elif kind == 2:
            places = set(draw.sample(range(1, len(token)), draw.randint(2, 10)))
        elif kind == 3:
            width = draw.randint(4, 30)
            places = set(range(width, len(token), width))
        else:
            places = {draw.randint(6, len(token) - 1)}
        text = b''.join((sign if at in places else b'') + token[at:at + 1] for at in range(len(token)))
        return Text(MARK + text)
    return write


def every(draw: random.Random, token: bytes) -> Text:
    """Between all characters, any of them."""
    signs = [sign.encode() for sign in list(_SIGNS.values())[:8]]
    return Text(MARK + b''.join(token[at:at + 1] + draw.choice(signs) for at in range(len(token))))


def highlighted(draw: random.Random, token: bytes) -> Text:
    """As a page of a code viewer has it: each word in a tag of its own."""
    at = draw.choice((5, 4, draw.randint(6, 90)))
    text = b'<span class="sa">' + MARK + token[:at] + b'</span><span class="si">' + token[at:]
    return Text(b'<tr><td data-line="1"></td><td>' + text + b'</span></td></tr>', '.html', block=True)


INVISIBLE: dict[str, Writer] = {
    **{name: _with(sign.encode()) for name, sign in _SIGNS.items()},
    **{f'{name}, again': _with(sign.encode()) for name, sign in _SIGNS.items()},
    **{name: _with(sign.encode()) for name, sign in _WRITTEN.items()},
    **{f'{name}, again': _with(sign.encode()) for name, sign in _WRITTEN.items()},
    **{name: _with(sign) for name, sign in _LATIN.items()},
    'all over': every,
    'highlighted': highlighted,
}

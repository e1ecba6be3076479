"""Class 3, first part: base64 at any alignment, in either alphabet, wrapped in any way, and of what it is made."""
from __future__ import annotations

import base64
import random

from benchmarks.detection import surroundings
from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

LEADS = (
    b'', b'a', b'ab', b'token=', b'{"access_token":"', b'user:', b'PINTEREST_TOKEN=', b'Bearer ', b'---\ntoken: ',
    b'\xe5\x80\xa4=', b'x\0',
    b'export T="', b'<t>', b'a:b:', b'\n', b'Authorization: Bearer ', b"t = '",
)
_TAILS = (b'', b'\n', b'"', b'"}', b':', b'\0', b' x', b'; more=1\n', b'</t>', b"'", b'\xff\xfe')


def surrounded(draw: random.Random, token: bytes) -> tuple[bytes, int]:
    """Plain text with the token in it, and where that starts."""
    lead = draw.choice(LEADS)
    if draw.random() < 0.3:
        lead = '\n'.join(surroundings.lines(draw, 1, 5)).encode() + b'\n' + lead
    return lead + token + draw.choice(_TAILS), len(lead)


def encode(draw: random.Random, text: bytes, at: int) -> tuple[bytes, int]:
    """base64 in one alphabet or the other, padded or not, and the character that has the first bit of byte `at`."""
    made = base64.b64encode(text) if draw.random() < 0.6 else base64.urlsafe_b64encode(text)
    return made if draw.random() < 0.6 else made.rstrip(b'='), at * 4 // 3


def marked(text: bytes, at: int) -> bytes:
    return text[:at] + MARK + text[at:]


def one_line(draw: random.Random, token: bytes) -> Text:
    return Text(marked(*encode(draw, *surrounded(draw, token))))


def twice(draw: random.Random, token: bytes) -> Text:
    return Text(marked(*encode(draw, *encode(draw, *surrounded(draw, token)))))


def three_times(draw: random.Random, token: bytes) -> Text:
    return Text(marked(*encode(draw, *encode(draw, *encode(draw, *surrounded(draw, token))))))


def twice_with_text(draw: random.Random, token: bytes) -> Text:
    """What is inside is a document that has base64 in it."""
    inner, at = encode(draw, *surrounded(draw, token))
    before = draw.choice((b'data:\n  token: ', b'{"auth": "', b'password=', b'<v>'))
    return Text(marked(*encode(draw, before + inner + b'\n', len(before) + at)))


#: what may stand between two lines of wrapped base64: the line end and what the next line begins with
_BETWEEN = (
    b'\n', b'\r\n', b'\n  ', b'\n    ', b'\n\t', b'\\n', b'\\r\\n', b'\\n    ', b'\\\\n', b'\n> ', b'\n# ', b'\n// ',
    b'\n * ', b'\n+', b'\n-',
    b'"\n    "', b'\\n"\n    "', b'" +\n  "', b"' .\n    '", b'",\n  "', b'&#10;', b'&#xA;', b'&#13;&#10;', b'\\\n',
    b'\\\n  ', b' ', b'\n\n',
    b'\r', b'%0A', b'%0D%0A', b'<br>\n', b'\\u000a', b' \\\n', b'\n;; ', b'\n    # ', b"'\n  '",
)


def wrapped(draw: random.Random, token: bytes, between: bytes | None = None, least: int = 6) -> Text:
    """Lines of one width, the first of them maybe shorter: the end of a line may fall anywhere."""
    text, at = encode(draw, *surrounded(draw, token))
    width = draw.choice((draw.randint(least, 20), draw.randint(20, 120), 64, 76))
    first = draw.randint(1, width)
    if between is None:
        between = draw.choice(_BETWEEN)
    ends = [0, *range(first, len(text), width), len(text)]
    lines = [text[a:b] for a, b in zip(ends, ends[1:])]
    parts = []
    for start, line in zip(ends, lines):
        inside = at - start
        parts.append(marked(line, inside) if 0 <= inside < len(line) else line)
    head = between.removeprefix(b'\n').removeprefix(b'\r\n') if between.startswith((b'\n', b'\r\n')) else b''
    quote = b'"' if b'"' in between else b"'" if b"'" in between else b''
    return Text(b'cert: |\n' + head + quote + between.join(parts) + quote + b'\n', block=True)


def _wrapped(between: bytes) -> Writer:
    return lambda draw, token: wrapped(draw, token, between)


def narrow(draw: random.Random, token: bytes) -> Text:
    """Widths below a word of base64."""
    return wrapped(draw, token, draw.choice((b'\n', b'\r\n', b'\n  ')), least=2)


def anchor_cut(draw: random.Random, token: bytes) -> Text:
    """The end of a line at each place in `pina_`."""
    text, at = encode(draw, *surrounded(draw, token))
    cut = min(at + draw.randint(1, 7), len(text))
    width = draw.choice((64, 76))
    lines = [*(text[a:a + width] for a in range(cut % width, cut, width)),
        *(text[a:a + width] for a in range(cut, len(text), width))]
    lines = [line for line in (text[:cut % width], *lines) if line]
    whole, seen, parts = at, 0, []
    for line in lines:
        parts.append(marked(line, whole - seen) if seen <= whole < seen + len(line) else line)
        seen += len(line)
    return Text(draw.choice((b'\n', b'\r\n', b'\n    ', b'\\n')).join(parts), block=True)


BASE64: dict[str, Writer] = {
    **{f'one line, {number}': one_line for number in range(1, 7)},
    **{f'twice, {number}': twice for number in range(1, 5)},
    'three times': three_times,
    'three times again': three_times,
    'of a document with base64': twice_with_text,
    **{f'wrapped by {between.decode()!r}': _wrapped(between) for between in _BETWEEN},
    **{f'wrapped anyhow, {number}': wrapped for number in range(1, 9)},
    'narrow': narrow,
    'narrow again': narrow,
    'the prefix cut': anchor_cut,
    'the prefix cut again': anchor_cut,
    'the prefix cut once more': anchor_cut,
}

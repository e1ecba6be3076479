"""Targets for the readers of encodings. Each takes a fuzzer's bytes, and either scans them, or writes the token by them and
wants it found."""
from __future__ import annotations

import base64
import binascii
import gzip
from collections.abc import Callable
from collections.abc import Sequence

from tests.fuzz import checks
from tests.fuzz.draw import Draw

#: Neither a letter nor a digit nor a sign of any encoding's, nor one that leads from a literal to the next.
_APART = (b'\n\n(', b' ; (\n', b'\n\n{ ')

#: writes the token, by some choices
Way = Callable[[Draw], bytes]
#: encodes a text
Encoder = Callable[[bytes], bytes]


def target(way: Way) -> Callable[[bytes], None]:
    """Half of all inputs are scanned as they are."""
    def run(data: bytes) -> None:
        draw = Draw(data)
        if draw.number(2):
            checks.scanned(draw.rest())
            return
        text = way(draw)
        apart = draw.one_of(_APART)
        before = draw.taken(64)
        checks.found(before + apart + text + b')\n\n' + draw.rest())
    return run


def _per_character(ways: Sequence[str]) -> Way:
    """The underscore in one way, and as many of the other characters as a mask says."""
    def write(draw: Draw) -> bytes:
        form = draw.one_of(ways)
        mask = draw.number(65536)
        # a rotated mask reaches every character, and the underscore is always written that way
        written = (form.format(c) if at == 4 or mask >> at % 16 & 1 else chr(c) for at, c in enumerate(checks.TOKEN))
        return ''.join(written).encode()
    return write


escapes = _per_character((
    '%{:02X}', '%{:02x}', '%25{:02X}',
    '\\x{:02x}', '\\u{:04x}', '\\u{:04X}', '\\u{{{:x}}}', '\\U{:08x}', '\\{:03o}', '&#{};', '&#x{:x};',
    '&amp;#{};', '\\\\u{:04x}', '={:02X}',
))


def joins(draw: Draw) -> bytes:
    """Literals of one kind, in two or three pieces."""
    quote = draw.one_of((b'"', b"'"))
    sign = draw.one_of((b' + ', b'+', b' . ', b' .. ', b' & ', b' || ', b' ', b'\n    ', b' \\\n  ', b' +\n  ', b' /* x */ + '))
    cuts = sorted({5 + draw.number(90) for _ in range(1 + draw.number(2))})
    ends = [0, *cuts, len(checks.TOKEN)]
    return (quote + sign + quote).join(checks.TOKEN[a:b] for a, b in zip(ends, ends[1:])).join((quote, quote))


def wraps(draw: Draw) -> bytes:
    """Lines of one width behind one prefix."""
    prefix = draw.one_of((b'', b'> ', b'# ', b'// ', b' * ', b'+', b'    ', b'> > '))
    width = 20 + draw.number(80)
    end = draw.one_of((b'\n', b'\r\n'))
    lines = [checks.TOKEN[at:at + width] for at in range(0, len(checks.TOKEN), width)]
    return end + end.join(prefix + line for line in lines) + end + end


def invisible(draw: Draw) -> bytes:
    sign = draw.one_of((
        b'\xe2\x80\x8b', b'\xc2\xad', b'\xef\xbb\xbf', b'<wbr>', b'\x1b[31m', b'\x1b[0m', b'<b>', b'</span>', b'&shy;',
    ))
    at = 1 + draw.number(99)
    return checks.TOKEN[:at] + sign + checks.TOKEN[at:]


def base64_text(draw: Draw) -> bytes:
    """Any text before it, so any alignment; either alphabet; wrapped or not; up to two times."""
    text = draw.taken(40) + b' ' + checks.TOKEN + b'\n' + draw.taken(20)
    for _ in range(1 + draw.number(2)):
        text = draw.one_of((base64.b64encode, base64.urlsafe_b64encode))(text)
    width = draw.one_of((0, 0, 0, 64, 76, 20 + draw.number(100)))
    if not width:
        return text
    end = draw.one_of((b'\n', b'\r\n', b'\\n', b'\n  '))
    return end.join(text[at:at + width] for at in range(0, len(text), width))


def packed_base64(draw: Draw) -> bytes:
    text = base64.b64encode(gzip.compress(draw.taken(200) + b'\n' + checks.TOKEN + b'\n' + draw.taken(100), mtime=0))
    return base64.b64encode(text) if draw.number(2) else text


def base32_text(draw: Draw) -> bytes:
    text = base64.b32encode(draw.taken(20) + b' ' + checks.TOKEN + b'\n')
    return text.rstrip(b'=') if draw.number(2) else text


def numbers(draw: Draw) -> bytes:
    form, between = draw.one_of((
        ('{:02x}', ''), ('{:02X}', ''), ('{:02x}', ' '),
        ('{:02x}', ':'), ('\\x{:02x}', ''), ('0x{:02x}', ', '), ('0x{:02X}', ','),
        ('{}', ', '), ('{}', ','),
    ))
    rows = draw.one_of((0, 8, 16))
    cells = [form.format(c) for c in checks.TOKEN]
    if not rows or not between.startswith((',', ' ')):
        return between.join(cells).encode()
    joint = between.rstrip() + '\n  '
    return joint.join(between.join(cells[at:at + rows]) for at in range(0, len(cells), rows)).encode()


def armor(draw: Draw) -> bytes:
    """Bytes in letters, other than base64 and its like, in lines of their own."""
    text = draw.taken(30) + b' ' + checks.TOKEN + b'\n'
    kind = draw.number(4)
    if kind == 0:
        rows = b''.join(binascii.b2a_uu(text[at:at + 45]) for at in range(0, len(text), 45))
        return b'\nbegin 644 t\n' + rows + b'`\nend\n'
    aligned = b' ' * (-text.index(checks.TOKEN) % 4) + text
    return (base64.b85encode(aligned), base64.a85encode(aligned), checks.TOKEN.decode().encode('cp037'))[kind - 1]


_LAYERS: tuple[Encoder, ...] = (
    base64.b64encode, base64.b32encode, lambda text: text.hex().encode(), lambda text: b''.join(b'%%%02x' % c for c in text),
    lambda text: b''.join(b'\\x%02x' % c for c in text), lambda text: b''.join(b'&#%d;' % c for c in text),
)


def layers(draw: Draw) -> bytes:
    """Two encodings of all that there is."""
    text = b'a: ' + checks.TOKEN + b'\n'
    for _ in range(2):
        text = draw.one_of(_LAYERS)(text)
    return text


def wide(data: bytes) -> None:
    """The token in UTF-16 or UTF-32, with any bytes before it and behind."""
    draw = Draw(data)
    if draw.number(2):
        checks.scanned(draw.rest())
        return
    encoding = draw.one_of(('utf-16-le', 'utf-16-be', 'utf-32-le', 'utf-32-be'))
    before = draw.taken(64)
    checks.found(before + ('\n (' + checks.TOKEN.decode() + ')\n ').encode(encoding) + draw.rest())

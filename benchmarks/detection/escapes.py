"""Class 2: the underscore escaped, or every character, or some of them, once or more than once."""
from __future__ import annotations

import json
import random
from collections.abc import Callable

from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

#: one character, escaped
Escape = Callable[[int], str]

WAYS: dict[str, Escape] = {
    'percent': '%{:02X}'.format,
    'percent, small': '%{:02x}'.format,
    'percent twice': '%25{:02X}'.format,
    'percent twice, small': '%25{:02x}'.format,
    'percent three times': '%2525{:02X}'.format,
    'x': '\\x{:02x}'.format,
    'x, capitals': '\\x{:02X}'.format,
    'u': '\\u{:04x}'.format,
    'u, capitals': '\\u{:04X}'.format,
    'u in braces': '\\u{{{:x}}}'.format,
    'u in braces, long': '\\u{{{:06X}}}'.format,
    'x in braces': '\\x{{{:x}}}'.format,
    'U': '\\U{:08x}'.format,
    'U, capitals': '\\U{:08X}'.format,
    'octal': '\\{:03o}'.format,
    'octal with a zero': '\\0{:03o}'.format,
    'entity': '&#{};'.format,
    'entity with zeros': '&#{:05};'.format,
    'entity, hex': '&#x{:x};'.format,
    'entity, hex capitals': '&#X{:X};'.format,
    'entity, hex with zeros': '&#x{:04X};'.format,
    'entity twice': '&amp;#{};'.format,
    'entity, hex, twice': '&amp;#x{:X};'.format,
    'entity three times': '&amp;amp;#{};'.format,
    'u twice': '\\\\u{:04x}'.format,
    'u three times': '\\\\\\\\u{:04x}'.format,
    'x twice': '\\\\x{:02x}'.format,
    'x of percent': '\\x25{:02x}'.format,
    'percent of entity': '%26%23{}%3B'.format,
    'quoted-printable': '={:02X}'.format,
    'entity in JSON': '\\u0026#{};'.format,
    'percent in JSON': '\\u0025{:02X}'.format,
    'octal twice': '\\\\{:03o}'.format,
}
_UNDERSCORE = {
    'entity by name': '&lowbar;',
    'entity by its other name': '&UnderBar;',
    'entity by name, twice': '&amp;lowbar;',
    'Markdown': '\\_',
    'Markdown in JSON': '\\\\_',
    'Markdown in JSON in JSON': '\\\\\\\\_',
    'Markdown in HTML': '&#92;_',
}


def one(way: Escape, chosen: Callable[[random.Random, bytes], set[int]]) -> Writer:
    """Some of the token's characters in a way, the others as they are."""
    def write(draw: random.Random, token: bytes) -> Text:
        places = chosen(draw, token)
        text = ''.join(way(c) if at in places else chr(c) for at, c in enumerate(token))
        return Text(MARK + text.encode())
    return write


def _underscore(draw: random.Random, token: bytes) -> set[int]:
    return {4}


def _every(draw: random.Random, token: bytes) -> set[int]:
    return set(range(len(token)))


def _some(draw: random.Random, token: bytes) -> set[int]:
    share = draw.random()
    return {at for at in range(len(token)) if draw.random() < share} | {4}


def _prefix(draw: random.Random, token: bytes) -> set[int]:
    return {at for at in range(5) if draw.random() < 0.5} | {draw.randrange(5)}


def _named(text: str) -> Writer:
    return lambda draw, token: Text(MARK + token.replace(b'_', text.encode()))


def several(draw: random.Random, token: bytes) -> Text:
    """Each character in a way of its own, of those that one reader would undo."""
    family = draw.choice((('x', 'u', 'octal', 'u in braces', 'U'), ('entity', 'entity, hex', 'entity, hex capitals'),
        ('percent', 'percent, small')))
    return Text(MARK + ''.join(
        chr(c) if draw.random() < 0.3 else WAYS[draw.choice(family)](c) for c in token
    ).encode())


def soft_breaks(draw: random.Random, token: bytes) -> Text:
    """RFC 2045 section 6.7: a soft break may stand anywhere, and blanks before the end of a line don't count."""
    end = draw.choice((b'=\n', b'=\r\n', b'= \n', b'=\t\r\n'))
    width = draw.randint(2, 75)
    first = draw.randint(1, 6)
    text = token.replace(b'_', b'=5F') if draw.random() < 0.5 else token
    pieces = [text[:first], *(text[at:at + width] for at in range(first, len(text), width))]
    # an escape is never cut in two
    joined = end.join(pieces)
    for at in range(1, 3):
        for one in (b'=5F',):
            joined = joined.replace(one[:at] + end + one[at:], one + end)
    return Text(b'Content-Transfer-Encoding: quoted-printable\n\ntoken: ' + MARK + joined + b'\n', '.eml', block=True)


def quoted_all(draw: random.Random, token: bytes) -> Text:
    """Every character escaped, in lines of at most 76."""
    pieces = [f'={c:02X}' for c in token]
    lines = [''.join(pieces[at:at + 25]) for at in range(0, len(pieces), 25)]
    return Text(MARK + '=\n'.join(lines).encode() + b'\n', '.eml', block=True)


def json_in_json(draw: random.Random, token: bytes) -> Text:
    value: object = {'token': token.decode(), 'n': draw.randrange(100)}
    for _ in range(draw.randint(1, 4)):
        value = json.dumps({'body': json.dumps(value, indent=draw.choice((None, 2)))})
    text = str(value).encode()
    return Text(text.replace(token, MARK + token), '.json', block=True)


def _html_of_code(draw: random.Random, token: bytes) -> Text:
    return Text(b'token = &quot;' + MARK + token.replace(b'_',
        draw.choice((b'&#95;', b'&#x5f;', b'&lowbar;'))) + b'&quot;', '.html')


def shell(draw: random.Random, token: bytes) -> Text:
    """`$'…'` and printf undo these."""
    text = ''.join(draw.choice((chr(c), f'\\x{c:x}', f'\\{c:o}', f'\\u{c:04x}')) for c in token[:5]).encode() + token[5:]
    return Text(draw.choice((b"TOKEN=$'%s'", b"printf '%s\\n'", b"echo -e '%s'")).replace(b'%s', MARK + text), '.sh')


ESCAPES: dict[str, Writer] = {
    **{f'{name}: the underscore': one(way, _underscore) for name, way in WAYS.items()},
    **{f'{name}: every character': one(way, _every) for name, way in WAYS.items()},
    **{f'{name}: some': one(way, _some) for name, way in WAYS.items()},
    **{f'{name}: in the prefix': one(way, _prefix) for name, way in WAYS.items()},
    **{name: _named(text) for name, text in _UNDERSCORE.items()},
    'several ways': several,
    'several ways again': several,
    'soft breaks': soft_breaks,
    'soft breaks again': soft_breaks,
    'soft breaks once more': soft_breaks,
    'quoted-printable in lines': quoted_all,
    'JSON in JSON': json_in_json,
    'code in HTML': _html_of_code,
    'shell': shell,
}

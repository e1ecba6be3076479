"""base64 in every alignment, wrapping and surrounding."""
from __future__ import annotations

import base64
import gzip
import json
import os
import textwrap
import zlib

import pytest

from pina_scan.decode.encodings import ENCODINGS
from tests.decode.found import HASH
from tests.decode.found import TOKEN
from tests.decode.found import found
from tests.decode.found import is_found
from tests.helpers.pack import places

BEFORE = (b'', b'x', b'xy', b'user:', b'\xff\xfe\xfb\xff')
BREAKS = (
    b'\n', b'\r\n', b'\\n', b'\\r\\n', b'\n    ', b'\n> ', b'\n> > ', b'\n# ', b'\n * ', b'\\n",\n  "', b'"\n  "', b'" +\n  "',
    b"' \\\n  '", b'\\\n', b'%0A', b'&#10;', b'\\n" +\n "',
)
MARKED = (b'\n+', b'\n-', b'\n// ', b'\n-- ', b'\n+ ')
NEAR_MISSES = (
    b'cGluYV', b'cGluYV' * 100, base64.b64encode(b'pina_colada_' * 30), base64.b64encode(b'pina_<token> ' * 30),
    base64.b64encode(b'H4sI' * 40), b'H4sI' + b'A' * 200, base64.b64encode(gzip.compress(b'pina_colada ' * 40)),
    base64.b64encode(base64.b64encode(b'opina_usted_que ' * 30)), base64.b64encode(TOKEN.replace(b'_', b'-')),
    base64.b64encode(TOKEN[:60]), base64.b64encode(b'pina_' + TOKEN[5:].lower()),
)


def wrapped(text: bytes, width: int, by: bytes) -> bytes:
    return by.join(text[i:i + width] for i in range(0, len(text), width))


@pytest.mark.parametrize('text', NEAR_MISSES)
def test_near_misses(text: bytes) -> None:
    assert found(b'"' + text + b'"') == []


@pytest.mark.parametrize('encode', (base64.b64encode, base64.urlsafe_b64encode))
@pytest.mark.parametrize('before', BEFORE)
@pytest.mark.parametrize('after', (b'', b'1', b'12', b'\xff\xfe\xff'))
def test_any_alignment(encode: object, before: bytes, after: bytes) -> None:
    assert callable(encode)
    shape = encode(before + TOKEN + after)
    is_found(shape)
    is_found(shape.rstrip(b'='))


@pytest.mark.parametrize('by', BREAKS)
@pytest.mark.parametrize('before', BEFORE[:3])
def test_wrapped_at_any_width(by: bytes, before: bytes) -> None:
    text = base64.b64encode(before + TOKEN + b' and more')
    for width in (6, 7, 8, 9, 10, 11, 19, 60, 64, 76):
        assert [f.sha256 for f in found(b'k: "' + wrapped(text, width, by) + b'"')] == [HASH], width


@pytest.mark.parametrize('before', BEFORE[:3])
@pytest.mark.parametrize('at', range(1, 12))
def test_a_break_inside_the_anchor(before: bytes, at: int) -> None:
    text = base64.b64encode(before + TOKEN)
    is_found(text[:at] + b'\n' + text[at:])


@pytest.mark.parametrize('by', MARKED)
@pytest.mark.parametrize('before', BEFORE[:3])
def test_behind_marks_that_look_like_base64(by: bytes, before: bytes) -> None:
    text = base64.b64encode(b'0123456789' * 9 + before + TOKEN + b'0123456789' * 9)
    assert [f.sha256 for f in found(by + wrapped(text, 64, by) + b'\n')] == [HASH]


CONTAINED = {
    'jwt': b'eyJhbGciOiJIUzI1NiJ9.%s.c2ln' % base64.urlsafe_b64encode(b'{"sub":"1","t":"%s"}' % TOKEN).rstrip(b'='),
    'basic': b'Authorization: Basic ' + base64.b64encode(b'user:' + TOKEN),
    'data uri': b'data:text/plain;base64,' + base64.b64encode(TOKEN),
    'data uri in a url': b'data:text/plain;base64,' + base64.b64encode(b'?>' + TOKEN).replace(b'+', b'%2B').replace(b'/', b'%2F'),
    'secret': b'data:\n  token: ' + base64.b64encode(TOKEN + b'\n') + b'\n',
    'docker': base64.b64encode(json.dumps({'auths': {'r': {'auth': base64.b64encode(b'u:' + TOKEN).decode()}}}).encode()),
    'powershell': b'powershell -EncodedCommand ' + base64.b64encode(f'$t = "{TOKEN.decode()}"'.encode('utf-16-le')),
    'utf-16': base64.b64encode(('ab' + TOKEN.decode()).encode('utf-16-le')),
    'helm': base64.b64encode(gzip.compress(b'{"name": "x"}' + TOKEN)),
    'helm in a secret': base64.b64encode(base64.b64encode(gzip.compress(b'{"name": "x"}' + TOKEN))),
    'wrapped gzip': base64.encodebytes(gzip.compress(TOKEN + os.urandom(200))),
    'escaped inside': base64.b64encode(TOKEN.replace(b'_', b'\\u005f')),
    'split inside': base64.b64encode(b'"pina_" +\n "' + TOKEN[5:] + b'"'),
    'hex inside': base64.b64encode(TOKEN.hex().encode()),
    'in utf-16': base64.b64encode(TOKEN).decode().encode('utf-16-le'),
    'json slashes': base64.b64encode(b'???>>>' + TOKEN + b'???>>>').replace(b'/', b'\\/'),
}


@pytest.mark.parametrize('name', CONTAINED)
def test_contained(name: str) -> None:
    assert [(f.sha256, f.confidence) for f in found(b'\n' + CONTAINED[name] + b'\n')] == [(HASH, 'high')]


@pytest.mark.parametrize('outer', range(3))
@pytest.mark.parametrize('inner', range(3))
def test_twice(outer: int, inner: int) -> None:
    is_found(base64.b64encode(b'xyz'[:outer] + base64.b64encode(b'uvw'[:inner] + TOKEN) + b'  '))


@pytest.mark.parametrize('length', range(8))
def test_several_runs_one_after_the_other(length: int) -> None:
    text = b'\n'.join((base64.b64encode(TOKEN), b'A' * length, base64.b64encode(TOKEN), b'B', base64.b64encode(TOKEN)))
    assert [f.sha256 for f in found(text.replace(b'=', b''))] == [HASH] * 3


def test_gzip_of_too_much_is_unread() -> None:
    assert places(base64.b64encode(gzip.compress(b'\0' * (60 << 20)))) == [
        (b'x!content', 'expands to more than 1000 times its size: the rest was not opened (limits.ratio)'),
    ]


def test_zlib_that_is_cut_short() -> None:
    assert found(base64.b64encode(b'xx' + zlib.compress(TOKEN)[:-9])) == []


def test_the_layers_are_named_and_the_place_is_the_outer_one() -> None:
    [finding] = found(b'a\nauth: ' + base64.b64encode(base64.b64encode(b'me:' + TOKEN)))
    # `bWU6` in base64 is eight bytes' beginning: the token's first character stands behind them
    assert finding.via == ('base64', 'base64')
    assert (finding.line, finding.column) == (2, 7 + 5)


def _fixed(text: bytes, before: int) -> bytes:
    """The characters of base64 that `text` alone decides, behind so many bytes."""
    return base64.b64encode(b'\0' * before + text)[(before * 8 + 5) // 6:(before + len(text)) * 8 // 6]


def test_the_anchors_are_those_of_the_prefix() -> None:
    rows = [anchors for name, anchors, _ in ENCODINGS if name == 'base64' and len(anchors) <= 3]
    ends = [anchor for name, anchors, _ in ENCODINGS if name == 'base64' and len(anchors) > 3 for anchor in anchors]
    whole = [_fixed(b'pina_', before) for before in range(3)]
    inside = [[_fixed(text[:5], before) for before in range(3)] for text in (b'cGlu', b'Bpbm', b'waW5')]
    assert all(w.startswith(a) for w, a in zip(whole, rows[0]))
    assert all(any(anchor.translate(None, b'\r\n') in w[1:] for w in whole) for anchor in ends)
    assert rows[1] == tuple(_fixed(b'p\0i\0n\0', before) for before in range(3))
    assert list(map(list, rows[2:5])) == inside
    twice = [_fixed(w, before) for w in whole for before in range(3)]
    assert list(map(list, rows[5:14])) == [[_fixed(text, before)[:5] for before in range(3)] for text in twice]
    assert rows[14] == tuple(_fixed(b'70696', before) for before in range(3))


def test_textwrap_at_every_width_from_twelve() -> None:
    text = base64.b64encode(b'x' + TOKEN).decode()
    for width in range(12, 80):
        assert [f.sha256 for f in found('\n'.join(textwrap.wrap(text, width)).encode())] == [HASH], width


@pytest.mark.parametrize('end', ('\n', '\r\n'))
def test_lines_of_a_few_characters(end: str) -> None:
    for width in range(len(end), 12):
        for before in (b'', b'x', b'xy'):
            text = base64.b64encode(before + TOKEN).decode()
            for first in range(width):
                lines = [text[:first]] * bool(first) + [text[at:at + width] for at in range(first, len(text), width)]
                assert [f.sha256 for f in found(f'k: |\n{end.join(lines)}\n\n'.encode())] == [HASH], (width, before, first)


@pytest.mark.parametrize('encoding', ('utf-16-le', 'utf-16-be', 'utf-16'))
@pytest.mark.parametrize('before', ('', 'a', 'token: ', 'x' * 200))
def test_utf_16_stands_where_its_first_byte_does(encoding: str, before: str) -> None:
    whole = (before + TOKEN.decode()).encode(encoding)
    [finding] = found(b'k: "' + base64.b64encode(whole) + b'"')
    at = len(whole) - len(TOKEN) * 2
    assert (finding.sha256, finding.column) == (HASH, 5 + at * 4 // 3)

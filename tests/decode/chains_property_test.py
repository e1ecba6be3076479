"""Any chain of layers in any surroundings leads back to the token; any bytes at all do no harm."""
from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import quopri
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pina_scan.decode.encodings import ANCHORS
from pina_scan.token import sha256
from tests.decode.found import TOKEN
from tests.decode.found import findings
from tests.helpers.pack import scanned

Layer = Callable[[bytes], bytes]


def _each(way: bytes, between: bytes = b'') -> Layer:
    return lambda text: between.join(way % c for c in text)


def _cut(by: bytes, at: int) -> Layer:
    return lambda text: text[:at] + by + text[at:]


def _zip(text: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as made:
        made.writestr('a.txt', text)
    return file.getvalue()


def _text(way: Callable[[str], str]) -> Layer:
    return lambda text: way(text.decode('latin-1')).encode('latin-1')


#: What can be done to the token itself.
SPELLINGS: dict[str, Layer] = {
    'as it is': lambda text: text,
    'percent': lambda text: text.replace(b'_', b'%5F'),
    'unicode': lambda text: text.replace(b'_', b'\\u005f'),
    'entity': lambda text: text.replace(b'_', b'&#95;'),
    'markdown': lambda text: text.replace(b'_', b'\\_'),
    'concatenated': _cut(b'" +\n  "', 40),
    'prefix and body': _cut(b'" + "', 5),
    'wrapped': _cut(b'\n> ', 33),
    'soft hyphen': _cut(b'\xc2\xad', 60),
}
#: Text in letters and digits, or in escapes of every character: goes around anything.
CODES: dict[str, Layer] = {
    'base64': base64.b64encode,
    'base64, url': lambda text: base64.urlsafe_b64encode(text).rstrip(b'='),
    'base64, wrapped': base64.encodebytes,
    'base32': base64.b32encode,
    'base32, small': lambda text: base64.b32encode(text).lower().rstrip(b'='),
    'hex': lambda text: text.hex().encode(),
    'hex, capitals': lambda text: text.hex().upper().encode(),
    'percent': _each(b'%%%02X'),
    'x': _each(b'\\x%02x'),
    'unicode': _each(b'\\u%04x'),
    'octal': _each(b'\\%03o'),
    'entities': _each(b'&#%d;'),
    'entities, hex': _each(b'&#x%x;'),
    'quoted-printable': _each(b'=%02X'),
}
#: Numbers with something between: around the token only.
NUMBERS: dict[str, Layer] = {
    'hex, apart': lambda text: text.hex(' ').encode(), 'array': _each(b'0x%02x', b', '), 'decimals': _each(b'%d', b', '),
    'decimals, tight': _each(b'%d', b','),
}
#: What only writes some characters in another way: around text.
CONTEXTS: dict[str, Layer] = {
    'json': _text(json.dumps), 'html': _text(html.escape), 'url': lambda text: quote(text, safe='').encode(),
    'repr': lambda text: repr(text).encode(), 'mail': quopri.encodestring,
    'utf-16': lambda text: text.decode('latin-1').encode('utf-16'),
    'utf-16, big endian': lambda text: text.decode('latin-1').encode('utf-16-be'),
}
PACKED: dict[str, Layer] = {'gzip': gzip.compress, 'zlib': zlib.compress, 'bzip2': bz2.compress, 'xz': lzma.compress, 'zip': _zip}
LAYERS = {**CODES, **NUMBERS, **CONTEXTS, **PACKED}
_BYTES = {*PACKED, 'utf-16', 'utf-16, big endian'}
_LONG = {*NUMBERS, 'x', 'unicode', 'octal', 'entities', 'entities, hex'}


def _is_read(inner: str, outer: str) -> bool:
    """What is left out: numbers around anything else, bytes as if they were text, a mail's line that ends in an escape, and
    what is so short once it is packed that it is no long run."""
    return (
        outer not in NUMBERS and not (inner in _BYTES and outer in CONTEXTS) and not (inner in _LONG and outer == 'mail')
        and not (inner in PACKED and outer.startswith('base32'))
    )


_PAIRS = [(inner, outer) for inner in LAYERS for outer in LAYERS if _is_read(inner, outer)]


def _leads_back(text: bytes) -> None:
    got = findings(text)
    assert [(f.token_sha256, f.confidence) for f in got] == [(sha256(TOKEN), 'high')]


@pytest.mark.parametrize('outer', LAYERS)
def test_every_pair_leads_back(outer: str) -> None:
    for inner in (inner for inner, other in _PAIRS if other == outer):
        for before, after in ((b'', b''), (b'token: ', b'\n'), (b'a b\n{"t": "', b'", "x": 1}')):
            _leads_back(LAYERS[outer](LAYERS[inner](before + TOKEN + after)))


#: Text that is no part of an encoding's alphabet, and no mark that leads from one piece to another.
_BEFORE = st.sampled_from((
    b'', b'a b\n', b'key: ', b'{', b'(', b'x = [', b'\xc3\xa9 ', b'1, ', b'\r\n', b'\0', b'<p>', b'# x\n\n',
))
_AFTER = st.sampled_from((b'', b' b', b'\n', b')', b'}', b'; x\n', b'</p>'))


@settings(max_examples=600, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    spelling=st.sampled_from(sorted(SPELLINGS)), layers=st.lists(st.sampled_from(sorted(LAYERS)), max_size=3),
    before=_BEFORE, after=_AFTER, pad=st.integers(0, 7),
)
def test_any_chain_leads_back(spelling: str, layers: list[str], before: bytes, after: bytes, pad: int) -> None:
    assume(all(pair in _PAIRS for pair in zip(layers, layers[1:])))
    # a mail's line that ends in a mail's line is not
    assume(layers.count('mail') <= 1)
    # numbers are read for what begins with the prefix as it is, and pieces only where nothing is between them and the text
    assume(spelling == 'as it is' or not layers or layers[0] not in (*NUMBERS, 'mail'))
    text = b' ' * pad + SPELLINGS[spelling](TOKEN)
    for layer in layers:
        text = LAYERS[layer](text)
    _leads_back(text if layers and layers[-1] in _BYTES else before + text + after)


_NOISE = st.one_of(
    st.binary(max_size=60), st.sampled_from(ANCHORS), st.sampled_from((TOKEN, TOKEN[:60], TOKEN[5:], base64.b64encode(TOKEN))),
    st.sampled_from((b'"', b' + ', b'\n', b'\\n', b'\\', b'%', b'&#', b'<a ', b'\x1b[', b'=', b'\0', b'0x', b', ', b'{')),
)


@settings(max_examples=600, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(_NOISE, max_size=12).map(b''.join))
def test_any_bytes_do_no_harm(data: bytes) -> None:
    # what begins as a container does may be unread
    for finding in scanned(data)[0]:
        assert TOKEN[10:40] not in repr(finding).encode()
        assert len(finding.redacted) < 20
        assert finding.line is not None and finding.line >= 1
        assert finding.column is not None and finding.column >= 1
        assert (finding.end_line or 0, finding.end_column or 0) >= (finding.line, finding.column)

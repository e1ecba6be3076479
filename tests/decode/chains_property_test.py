"""Any chain of layers in any surroundings leads back to the token; any bytes at all do no harm."""
from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from urllib.parse import quote

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pina_scan.decode.encodings import ANCHORS
from pina_scan.token import sha256
from tests.decode.found import TOKEN
from tests.decode.found import findings
from tests.helpers.pack import scanned

Layer = Callable[[bytes], bytes]


def _each(way: bytes) -> Layer:
    return lambda text: b''.join(way % c for c in text)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cut(by: bytes, at: int) -> Layer:
    return lambda text: text[:at] + by + text[at:]


#: What can be done to the token itself.
SPELLINGS: dict[str, Layer] = {
    'as it is': lambda text: text,
    'percent': lambda text: text.replace(b'_', b'%5F'),
    'every percent': _each(b'%%%02x'),
    'unicode': lambda text: text.replace(b'_', b'\\u005f'),
    'every entity': _each(b'&#%d;'),
    'markdown': lambda text: text.replace(b'_', b'\\_'),
    'hex': lambda text: text.hex().encode(),
    'concatenated': _cut(b'" +\n  "', 40),
    'prefix and body': _cut(b'" + "', 5),
    'wrapped': _cut(b'\n> ', 33),
    'soft hyphen': _cut(b'\xc2\xad', 60),
    'utf-16': lambda text: text.decode().encode('utf-16-le'),
}
#: The spellings that leave `pin` for the anchors of base64 in base64.
TWICE = ('as it is', 'percent', 'unicode', 'markdown', 'soft hyphen', 'concatenated')
#: Those that leave the whole prefix, for base64 three times over.
THRICE = ('as it is', 'soft hyphen', 'concatenated')
#: What it may then be put into; base64 goes around only what begins with the prefix or base64 of it.
ROUND: dict[str, Layer] = {
    'base64': base64.b64encode,
    'base64, url': base64.urlsafe_b64encode,
    'base64, wrapped': base64.encodebytes,
    'base64 of gzip': lambda text: base64.b64encode(gzip.compress(text)),
}
#: What may be around all of it.
OUTER: dict[str, Layer] = {
    'nothing': lambda text: text,
    'json': lambda text: _json({'k': text.decode('latin-1')}).encode('latin-1'),
    'json in json': lambda text: _json(_json([text.decode('latin-1')])).encode('latin-1'),
    'url': lambda text: b'https://x/?q=' + quote(text, safe='').encode(),
    'indented': lambda text: b'  - ' + text.replace(b'\n', b'\n    '),
    'quoted': lambda text: b'> ' + text.replace(b'\n', b'\n> '),
}
#: Layers that leave nothing of a spelling for an anchor to be found by.
HIDDEN = {
    ('base64', 'every percent'), ('base64', 'every entity'), ('url', 'every percent'), ('url', 'every entity'),
    ('url', 'utf-16'), ('json', 'utf-16'), ('json in json', 'utf-16'), ('url', 'concatenated'), ('url', 'prefix and body'),
    ('url', 'wrapped'), ('url', 'soft hyphen'), ('quoted', 'utf-16'), ('url', 'unicode'), ('url', 'markdown'),
}
#: Text that is no part of an encoding's alphabet, and no mark that leads from one piece to another.
_BEFORE = st.sampled_from((
    b'', b'a b\n', b'key: ', b'{', b'(', b'x = [', b'\xc3\xa9 ', b'1, ', b'\r\n', b'\0', b'<p>', b'# x\n\n',
))
_AFTER = st.sampled_from((b'', b' b', b'\n', b')', b'}', b'; x\n', b'</p>'))


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    spelling=st.sampled_from(sorted(SPELLINGS)), round_=st.lists(st.sampled_from(sorted(ROUND)), max_size=3),
    outer=st.sampled_from(sorted(OUTER)), before=_BEFORE, after=_AFTER,
    pad=st.binary(max_size=40),
)
def test_any_chain_leads_back(
        spelling: str, round_: list[str], outer: str, before: bytes, after: bytes, pad: bytes,
) -> None:
    kinds = [name.split(',')[0] for name in round_]
    if kinds and ('base64', spelling) in HIDDEN and kinds[0] == 'base64' or not kinds and (outer, spelling) in HIDDEN:
        return
    if kinds == ['base64', 'base64'] and spelling not in TWICE:
        return
    if kinds[1:] == ['base64 of gzip'] and kinds[0] == 'base64 of gzip':
        return
    if len(kinds) == 3 and (set(kinds) != {'base64'} or spelling not in THRICE):
        return
    if 'base64, wrapped' in round_[:-1] or outer == 'quoted' and 'wrapped' in spelling:
        return
    text = SPELLINGS[spelling](TOKEN)
    if round_ and spelling != 'utf-16':
        text = b' ' * (len(pad) % 7) + text
    for name in round_:
        text = ROUND[name](text)
    got = findings(before + OUTER[outer](text) + after)
    assert [(f.token_sha256, f.confidence) for f in got] == [(sha256(TOKEN), 'high')]


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

"""Ways to write a token, by class: each is found as the token that it is, where it begins, and nothing else is."""
from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from pina_scan.token import make_refresh
from pina_scan.token import sha256
from tests.decode.found import BODY
from tests.decode.found import HASH
from tests.decode.found import TOKEN
from tests.decode.found import found

REFRESH = make_refresh()
A, B = TOKEN[:40], TOKEN[40:]

#: What may be before each line of a token that is cut by lines: a comment, a border, a prompt, a number, a name.
LEADS = (
    b'> ', b'>> ', b'| ', b'# ', b'/// ', b' * ', b'-- ', b';; ', b'%% ', b'! ', b'REM ', b'dnl ', b'+', b'- ', b'+// ', b'//! ',
    b'C ', b'c     ', b'@ ', b'.\\" ', b':: ', b'$ ', b'... ', '│ '.encode(), '  ┃  '.encode(), b'/* ', b'(* ', b'<!-- ',
    b'\\ ', b'. ', b'\xc2\xa0', '　'.encode(), b'#: ', b'=> ', '• '.encode(), b'1. ', b'&gt; ', b'web_1  | ', b'John> ',
    b'f.txt:12:', b'  12  ', b'2026-01-01T00:00:00Z ',
)


@pytest.mark.parametrize('lead', LEADS)
@pytest.mark.parametrize('end', (b'\r', b'\r\n'))
def test_lines_with_other_ends_that_begin_alike(lead: bytes, end: bytes) -> None:
    text = b''.join(lead + TOKEN[i:i + 40] + end for i in range(0, 101, 40))
    assert [f.sha256 for f in found(b'x' + end + text)] == [HASH]


@pytest.mark.parametrize('lead', LEADS)
@pytest.mark.parametrize('width', (20, 40, 60))
def test_lines_that_begin_alike(lead: bytes, width: int) -> None:
    text = b''.join(lead + TOKEN[i:i + width] + b'\n' for i in range(0, 101, width))
    [finding] = found(b'x\n' + text)
    assert (finding.sha256, finding.confidence, finding.line, finding.column) == (HASH, 'high', 2, len(lead.decode()) + 1)


@pytest.mark.parametrize('lead', LEADS)
def test_base64_in_lines_that_begin_alike(lead: bytes) -> None:
    encoded = base64.b64encode(b'x' + TOKEN)
    text = b''.join(lead + encoded[i:i + 40] + b'\n' for i in range(0, len(encoded), 40))
    assert [f.sha256 for f in found(text)] == [HASH]


#: Borders and marks at both ends of a line, and how a terminal says that one goes on.
CUT = (
    b'| %b |\r| %b |', '│ T="%b │\r│ %b │'.encode(), b'<!-- %b -->\r<!-- %b -->', b'%b$\\\n\t%b', b'%b%%\r%b',
    b'%b \n%b', b'%b\n    \\%b',
    b"src/a.py:9:T = ('%b'\nsrc/a.py:10:     '%b')", b"f12 (A 2024-01-01 1) T='%b' \\\nf12 (A 2024-01-01 2)   '%b'",
    b'1 | t = "%b"\n2 |     "%b"', b'a.c:1:#define T "%b" \\\na.c:2:          "%b"',
    b'| %b |\n| %b |', '│ %b │\n│ %b │'.encode(), '║ token ║ %b ║\n║       ║ %b ║'.encode(), b'  1 | %b\n  2 | %b',
    b' token | %b+\n       | %b', b'%b>\n%b', '%b\n↪ %b'.encode(), b'%b#012%b', b'IN TXT "%b" "%b"', b'token: %b\n %b',
    b'%b\\\n  \\%b', b'%b\\c\n%b', b"t = '%b&\n     &%b'", b'%b%%\n%b', b'<p>%b</p>\n<p>%b</p>', b'<![CDATA[%b]]><![CDATA[%b]]>',
    b'%b<br/>%b', b'%b<?x y?>%b', b'%b<span\n  class="x">%b', b'%b**%b', b'%b[b]%b', b'%b{}%b', b'%b\\-%b', b'%b\\allowbreak %b',
)


@pytest.mark.parametrize('way', CUT)
def test_cut_in_two(way: bytes) -> None:
    assert [(f.sha256, f.confidence) for f in found(b'a\n' + way % (A, B) + b'\nb\n')] == [(HASH, 'high')]


#: A prefix and a body that stand near each other, each with a name of its own, or that something puts together.
APART = (
    b"'_'.join(['pina', '%b'])", b"'%%s_%%s' %% ('pina', '%b')", b'String.join("_", "pina", "%b")',
    b"implode('_', array('pina', '%b'))",
    b"CONCAT_WS('_', 'pina', '%b')", b'P = "pina_"\nB = "%b"\n', b"const P = 'pina_';\nconst B = '%b';",
    b'P=pina_\nB=%b\nT=$P$B\n',
    b'prefix: pina_\nbody: %b\n', b'{"prefix": "pina_", "body": "%b"}', b'strcpy(t, "pina_");\nstrcat(t, "%b");',
    b"define('P', 'pina_');\ndefine('B', '%b');", b'sb.append("pina_").append("%b")', b'T="pina_"\nT="${T}%b"\n',
    b'T=pina_\nT+=%b\n',
    b'\t.ascii "pina_"\n\t.ascii "%b"\n', b"t db 'pina_'\n  db '%b',0", b'%%w[pina_ %b].join', b'pina_{{ "%b" }}',
    b"pina_<%%= '%b' %%>",
    b'printf pina_%%s %b', b'T=pina_$(echo %b)', b'"pina_"s + "%b"s', b"'pina_'::text || '%b'::text", b"'pina' . chr(95) . '%b'",
    b'"pina" & Chr(95) & "%b"', b'<prefix>pina_</prefix>\n<body>%b</body>', b"`${'pina_'}${'%b'}`", b'=CONCATENATE("pina_";"%b")',
    b'pina_ %b', b'pina_{+%b+}', b'T := pina_\nT := $(T)%b\n', b'(str "pina_" "%b")', b'q{pina_} . q{%b}', b'[[pina_]] .. [[%b]]',
)


@pytest.mark.parametrize('way', APART)
def test_put_together(way: bytes) -> None:
    assert [(f.sha256, f.confidence) for f in found(b'x = 1\n' + way % BODY + b'\n')] == [(HASH, 'high')]


NO_TOKENS = (
    b'"pina_" + name + "%b"', b'pina_ + %b', b"['pina', '%b'].join('-')", b'pina: %b', b'"pina", "%b"',
)


@pytest.mark.parametrize('way', NO_TOKENS)
def test_what_is_not_put_together(way: bytes) -> None:
    assert found(way % BODY) == []


WORDS = (
    b'pina_\nRTYUIOP\n' * 12, b'# pina_\n# CONFIGURATION\n# AUTHENTICATION\n# INTERNATIONALIZATION\n# ADMINISTRATION\n' * 3,
    b'PREFIX = "pina_"\nALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"\n', b'"pina_", "USD", "EUR", "GBP", "JPY"' * 40,
    b'| pina_ |\n| COLADA |\n' * 20, 'opina_\n│ ESPAÑA │\n'.encode() * 30, b'pinr.value = "' + b'a' * 80 + b'"',
    b'7069 6e61 5f20 ' * 40,
)


@pytest.mark.parametrize('text', WORDS)
def test_words_are_not_put_together(text: bytes) -> None:
    assert found(text) == []


@pytest.mark.parametrize('one', range(3))
@pytest.mark.parametrize('two', range(3))
@pytest.mark.parametrize('three', range(3))
@pytest.mark.parametrize('encode', (base64.b64encode, base64.encodebytes))
def test_base64_three_times(one: int, two: int, three: int, encode: Callable[[bytes], bytes]) -> None:
    text = b'xyz'[:one] + base64.b64encode(b'uvw'[:two] + base64.b64encode(b'rst'[:three] + TOKEN))
    [finding] = found(b'k: ' + encode(text) + b'\n')
    assert finding[:3] == (HASH, 'high', ('base64', 'base64', 'base64'))


@pytest.mark.parametrize('before', range(5))
@pytest.mark.parametrize('end', (b'\n', b'\r\n    ', b'\n> '))
def test_base32_that_is_cut_anywhere(before: int, end: bytes) -> None:
    text = base64.b32encode(b'vwxyz'[:before] + TOKEN)
    for cut in range(1, before * 2 + 12):
        assert [f.sha256 for f in found(text[:cut] + end + text[cut:])] == [HASH], cut


@pytest.mark.parametrize('between', (b'\n', b'\r\n', b'\n    ', b'\\n', b'<br>\n', b' '))
def test_base64_that_is_cut_in_the_prefix_stands_where_it_begins(between: bytes) -> None:
    for before in range(3):
        text = base64.b64encode(b'xyz'[:before] + TOKEN)
        for cut in range(before + before // 2 + 1, before + 7):
            [finding] = found(text[:cut] + between + text[cut:])
            assert (finding.sha256, finding.line, finding.column) == (HASH, 1, before * 4 // 3 + 1), (before, cut)


@pytest.mark.parametrize('width', range(3, 12))
def test_base64_in_narrow_columns(width: int) -> None:
    for before in range(3):
        text = base64.b64encode(b'xyz'[:before] + TOKEN)
        assert [f.sha256 for f in found(b'\n'.join(text[i:i + width] for i in range(0, len(text), width)))] == [HASH]


@pytest.mark.parametrize('width', range(3, 101))
def test_in_columns_of_any_width(width: int) -> None:
    assert [f.sha256 for f in found(b'\n'.join(TOKEN[i:i + width] for i in range(0, 101, width)) + b'\n')] == [HASH]


def _rows(data: bytes, address: str, numbers: Callable[[bytes], str], beside: str) -> bytes:
    rows = []
    for at in range(0, len(data), 16):
        row = data[at:at + 16]
        text = ''.join(chr(c) if 32 <= c < 127 else '.' for c in row)
        rows.append(address % at + numbers(row) + beside % text)
    return '\n'.join(rows).encode() + b'\n'


DUMPS: dict[str, Callable[[bytes], bytes]] = {
    'hexdump -C': lambda data: _rows(data, '%08x  ', lambda row: f'{row[:8].hex(" ")}  {row[8:].hex(" ")}'.ljust(50), '|%s|'),
    'xxd': lambda data: _rows(data, '%08x: ', lambda row: row.hex(' ', -2).ljust(39), '  %s'),
    'tcpdump': lambda data: _rows(data, '\t0x%04x:  ', lambda row: row.hex(' ', -2).ljust(39), '  %s'),
    'xxd -g1': lambda data: _rows(data, '%08x: ', lambda row: row.hex(' ').ljust(47), '  %s'),
    'od -t x1': lambda data: _rows(data, '%07o ', lambda row: row.hex(' '), '%.0s'),
    'od -t u1': lambda data: _rows(data, '%07o ', lambda row: ' '.join(f'{c:3d}' for c in row), '%.0s'),
    'Format-Hex': lambda data: _rows(data, '%08X   ', lambda row: row.hex(' ').upper().ljust(48), '  %s'),
    'gdb': lambda data: _rows(data, '0x7ffe%04x:\t', lambda row: '\t'.join(f'0x{c:02x}' for c in row), '%.0s'),
    'Go': lambda data: b'[' + b' '.join(b'%d' % c for c in data) + b']',
    'PowerShell': lambda data: b'\r\n'.join(b'%d' % c for c in data),
    'reg': lambda data: b'"T"=hex:' + data.hex(',').encode(), 'dashes': lambda data: data.hex('-').encode(),
}


@pytest.mark.parametrize('before', range(16))
@pytest.mark.parametrize('name', DUMPS)
def test_dumps(name: str, before: int) -> None:
    data = b' 123456789abcde '[-before or 16:] + TOKEN + b'\nand more\n'
    assert {(f.sha256, f.confidence) for f in found(DUMPS[name](data))} == {(HASH, 'high')}


REFRESHES: dict[str, bytes] = {
    'prefix and body': REFRESH[:5] + b'" + "' + REFRESH[5:], 'cut': REFRESH[:20] + b'" + "' + REFRESH[20:],
    'percent': REFRESH.replace(b'.', b'%2E'), 'unicode': REFRESH.replace(b'.', b'\\u002e'), 'entity': REFRESH.replace(b'.',
    b'&#46;'),
    'markdown': REFRESH.replace(b'.', b'\\.'), 'wrapped': b'\n'.join(REFRESH[i:i + 60] for i in range(0, len(REFRESH), 60)),
    'quoted': b'\n> '.join(REFRESH[i:i + 70] for i in range(0, len(REFRESH), 70)),
    'continued': REFRESH[:60] + b'\\\n' + REFRESH[60:],
    'zero width': REFRESH[:50] + b'\xe2\x80\x8b' + REFRESH[50:],
    'spans': b'<b>' + REFRESH[:30] + b'</b><b>' + REFRESH[30:] + b'</b>',
    'format': b'"pinr.%s" % "' + REFRESH[5:], 'base64': base64.b64encode(b'x' + REFRESH), 'hex': REFRESH.hex().encode(),
}


@pytest.mark.parametrize('name', REFRESHES)
def test_refresh_tokens(name: str) -> None:
    got = found(b't = "' + REFRESHES[name] + b'"\nnext = "ABC"\n')
    assert [(f.sha256, f.confidence) for f in got] == [(sha256(REFRESH), 'high')]


LAYERS: dict[str, Callable[[bytes], bytes]] = {
    'percent in JSON': lambda text: text.replace(b'_', b'\\u00255f'), 'entity in a URL': lambda text: text.replace(b'_',
    b'%26%2395%3B'),
    'percent in x': lambda text: text.replace(b'_', b'\\x255F'),
    'tags in JSON': lambda text: text[:30] + b'\\u003cb\\u003e' + text[30:],
    'tags in HTML': lambda text: text[:30] + b'&lt;b&gt;' + text[30:],
    'base32, lower case': lambda text: base64.b32encode(text).lower(),
    'hexadecimal words': lambda text: binascii.hexlify(text, ' ', -2), 'JSON, six times': lambda text: _nested(text, 6),
}


def _nested(text: bytes, times: int) -> bytes:
    found = json.dumps({'t': text.decode()}).replace('_', '\\u005f')
    for _ in range(times):
        found = json.dumps({'x': found})
    return found.encode()


def _diagram(text: bytes) -> bytes:
    """As draw.io writes one: percent-encoded, deflated without a header, in base64."""
    cells = '<mxGraphModel><root><mxCell id="0" value="' + text.decode() + '"/></root></mxGraphModel>'
    machine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(machine.compress(quote(cells, safe="~()*!.'").encode()) + machine.flush())


@pytest.mark.parametrize('cut', (0, 20))
@pytest.mark.parametrize('lead', (b'', b'<mxfile>\n  <diagram name="Page-1" id="a">', b'SAMLRequest='))
def test_deflated_without_a_header(lead: bytes, cut: int) -> None:
    diagram = _diagram(TOKEN + b' ' + bytes(range(33, 60)))
    [finding] = found(lead + diagram[:len(diagram) - cut] + b'</diagram>\n</mxfile>\n')
    assert finding[:3] == (HASH, 'high', ('base64', 'deflate'))
    assert (finding.line, finding.column) == (lead.count(b'\n') + 1, len(lead.split(b'\n')[-1]) + 1)


@pytest.mark.parametrize('name', LAYERS)
def test_layers(name: str) -> None:
    assert [(f.sha256, f.confidence) for f in found(b'x "' + LAYERS[name](TOKEN) + b'"\n')] == [(HASH, 'high')]


@pytest.mark.parametrize('mark', (b'', b'> ', b'-'))
@pytest.mark.parametrize('signs', (b'-', b'_', b'--', b'__', b'-_'))
def test_a_line_of_a_refresh_token_may_begin_with_signs(mark: bytes, signs: bytes) -> None:
    text = REFRESH[:-31] + b'A' + signs + REFRESH[-30 + len(signs):]
    wrapped = mark + text[:-30] + b'\n' + mark + text[-30:] + b'\n'
    assert [f.sha256 for f in found(wrapped)] == [sha256(text)]


@pytest.mark.parametrize('algorithm, signed', (('HS256', 32), ('HS512', 64), ('RS256', 256), ('ES512', 132)))
def test_the_header_of_a_refresh_token_says_where_it_ends(algorithm: str, signed: int) -> None:
    head = b'{"alg":"%b"}' % algorithm.encode()
    parts = (head, b'{"sub":"123456789"}', bytes(range(signed % 251)) + b'x' * (signed - signed % 251))
    token = b'pinr.' + b'.'.join(base64.urlsafe_b64encode(part).rstrip(b'=') for part in parts)
    for text in (
            token + b"\r\n'source' => 'region'", token + b'x', base64.b64encode(token) + b'\t\rdef config(self):',
            b't = "' + token[:90] + b'"\n  "' + token[90:] + b'"\n    query.value = 1',
            token.replace(b'.', b'%2E', 1) + b"\r\n'source' => 'region'",
    ):
        assert [one.sha256 for one in found(text)] == [sha256(token)], text

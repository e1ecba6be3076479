"""Tokens in pieces: joined where the result is a whole token, never where words would be made into one."""
from __future__ import annotations

import pytest

from pina_scan.token import sha256
from tests.decode.found import BODY
from tests.decode.found import HASH
from tests.decode.found import TOKEN
from tests.decode.found import found
from tests.decode.found import is_found

CONCATENATIONS = (
    b'" "', b'" + "', b'"+"', b'" +\n    "', b'"\n    + "', b"' + '", b'" . "', b'"."', b'" .. "', b'" & "', b'" & _\n  "',
    b'" << "', b"' || '", b'" ~ "', b'" ++ "', b'", "', b'",\n  "', b'"" "', b'"\'', b'"', b'` + `',
    b'" + // first half\n  "', b'" /* and */ "', b'"\n  # and then\n  "', b'" +  # one\n    "', b'" -- it\'s two\n || "',
    b'" \\\n   "', b'"\n    "', b'"\r\n    "', b'"\ntoken += "', b'";\n  $token .= "', b'"\ntoken = token + "', b'".concat("',
    b'" + str("', b'\\" + \\"', b'&quot; + &quot;', b'&quot;</span> + <span class="s">&quot;', b'" f"', b'""" + """',
    b'" +\r\n\t"', b'\\u0022 + \\u0022', b'"\n+    "', b'"\n#    "',
)
WRAPS = (
    b'\n', b'\r\n', b'\n        ', b'\n\t', b'\\\n', b'\\\r\n', b'\\\n    ', b'\\\n   \n', b'=\n', b'\n> ', b'\n>> ',
    b'\n> > ', b'\n# ',
    b'\n// ', b'\n * ', b'\n-- ', b'\n; ', b'\n;; ', b'\n+', b'\n-', b'\n+# ', b'\n+ ', b'\n  | ', b'\n%% ', b'\\n',
    b'\\r\\n', b'\\n    ',
    b'\\n",\n    "', b'\\n",\n    "# ', b'\\"\\n",\n    "  \\"', b' \n', b'&\n&',
)
INVISIBLES = (
    b'\xe2\x80\x8b', b'\xe2\x80\x8c', b'\xe2\x80\x8d', b'\xe2\x81\xa0', b'\xc2\xad', b'\xef\xbb\xbf', b'<wbr>',
    b'<wbr/>', b'<br>\n',
    b'\x1b[0m', b'\x1b[0m\x1b[1;31m', b'</span><span class="x">', b'&shy;', b'&#8203;', b'&zwnj;', b'\\u200b', b'<b>',
    b'\\x1b[31m',
    b'</em>\n  ',
)
#: Between all characters of the prefix, or between those that have a cut in common.
CODED = (
    b'%E2%80%8B', b'=E2=80=8B', b'&#8203;', b'\\u00ad', b'\\u{200b}', b'\x1b]0;x\x07',
    b'\x1b]8;;https://example.org\x1b\\', b'\xd8\x9c', b'\x1b[m\x1b[K\x1b[01;31m\x1b[K',
)
CUTS = (1, 2, 3, 4, 5, 6, 30, 60, 84, 100)
#: Of what stands between the third character and the fourth only the commonest beginnings are anchors.
RARE = (b'\xef\xbb\xbf', b'` + `', b'&\n&', b' \n')
FORMATS = (
    b'"pina_%%s" %% "%b"', b'"pina_{}".format("%b")', b"f\"pina_{'%b'}\"", b'printf "pina_%%s\\n" "%b"', b"printf 'pina_%%s' %b",
    b'String.format("pina_%%s", "%b")', b'`pina_${"%b"}`', b'"pina_#{\'%b\'}"', b'$"pina_{0}", "%b"', b'"pina_{0}" -f "%b"',
    b'["pina_", "%b"].join("")', b'fmt.Sprintf("Bearer pina_%%s", "%b")', b'"pina_" + "%b"', b"'pina' + '_' + '%b'",
    b'concat("pina_", "%b")',
    b"'pina%%s' %% '_%b'", b"'pina_%%s' %% ('%b',)", b"f'{\"pina\"}{\"_%b\"}'",
    b"`${'pina_'}%b`", b"`${'pina'}_%b`", b'printf "%%s%%s" pina _%b',
    b't = "pina_" + // the rest\n  "%b"',
    b'"pi" + "na" + "_%b"', b"('pina_'\n '%b')", b'"pina" "_" "%b"', b"'p' + 'ina_%b'", b'"pina_" . "%b"',
)
NEAR_MISSES = (
    b'["pina_", "ALPHA", "BRAVO", "CHARLIE", "DELTA", "ECHO", "FOXTROT", "GOLF", "HOTEL", "INDIA", "JULIET", "KILO", "LIMA",'
    b' "MIKE", "NOVEMBER", "OSCAR", "PAPA", "QUEBEC"]',
    b'"pina_", ' + b', '.join(b'"%c%c"' % (65 + i % 26, 65 + i * 7 % 26) for i in range(60)),
    b'pina_\n' + b'\n'.join(b'%c%c%c' % (65 + i % 26, 65 + i * 7 % 26, 65 + i * 5 % 26) for i in range(60)),
    b'pina_\nTHE\nQUICK\nBROWN\nFOX\nJUMPS\nOVER\nTHE\nLAZY\nDOG\n' * 10,
    b'pina_ ' + BODY[1:], b'pina_ ' + BODY + b'A', b'pina_ ' + BODY[:60] + b' ' + BODY[60:] + b'A',
    b'pina_ + ' + BODY, b'pina_: ' + BODY, b'pina_colada" + "' + BODY, b'pina_" + token + "' + BODY,
    b'"pina_" + name + "' + BODY + b'"', b'pina\n\n\n\n_' + BODY,
    b'"pina_" + "' + BODY[:60] + b'"', b'spin\na_' + BODY[:40], b'pina_\n' + BODY[:70] + b'\n',
    b'pina_${' + BODY[:20] + b'}', b'"pina_%s" % token\n', b'f"pina_{TOKEN}"', b'pina_<TOKEN>' + BODY[:40],
    b"['pina_', '%b', '%b']\n['pina_', '%b', '%b']\n" % (BODY[:32], BODY[32:45], BODY[45:77], BODY[77:]),
    b'# pina_\n# ' + b' '.join(BODY[i:i + 6] for i in range(0, 96, 6)),
)


@pytest.mark.parametrize('text', NEAR_MISSES)
def test_near_misses(text: bytes) -> None:
    assert found(text) == []


@pytest.mark.parametrize('by', CONCATENATIONS)
def test_concatenated(by: bytes) -> None:
    for cut in CUTS:
        if (by, cut) != (RARE[1], 3):
            is_found(b'"' + TOKEN[:cut] + by + TOKEN[cut:] + b'"')


@pytest.mark.parametrize('by', WRAPS)
def test_wrapped(by: bytes) -> None:
    for cut in CUTS:
        if cut != 3 or by not in RARE:
            is_found(b'x = "' + TOKEN[:cut] + by + TOKEN[cut:] + b'"')


@pytest.mark.parametrize('by', INVISIBLES)
def test_what_can_not_be_seen(by: bytes) -> None:
    for cut in CUTS:
        if cut != 3 or by not in RARE:
            is_found(TOKEN[:cut] + by + TOKEN[cut:])


SIGNS = ('\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200f', '\ufe0f')


@pytest.mark.parametrize('sign', SIGNS)
def test_a_sign_that_can_not_be_seen_after_every_character(sign: str) -> None:
    is_found(sign.join(TOKEN.decode()).encode())


@pytest.mark.parametrize('tag', (b'<b>', b'<span>', b'<span class="x">', b'<i>'))
def test_each_character_in_a_tag(tag: bytes) -> None:
    is_found(b''.join(tag + bytes((c,)) + b'</' + tag[1:].split()[0].rstrip(b'>') + b'>' for c in TOKEN))


def test_what_is_written_before_is_read_on_its_own() -> None:
    text = b'alpina: 1\n%41\n' + TOKEN[:4] + b'\x1b]8;;https://example.org\x1b\\' + TOKEN[4:]
    assert [f.sha256 for f in found(text)] == [HASH]


def test_a_form_like_a_token_around_one_goes() -> None:
    assert [(f.sha256, f.confidence) for f in found(b'x pina_' + TOKEN + b' y')] == [(HASH, 'high')]


@pytest.mark.parametrize('by', CONCATENATIONS + WRAPS)
@pytest.mark.parametrize('width', (20, 33, 40, 64, 76))
def test_in_several_pieces(by: bytes, width: int) -> None:
    text = b'TOKEN = "'
    pieces = by.join(TOKEN[i:i + width] for i in range(0, len(TOKEN), width))
    assert [(f.sha256, f.confidence) for f in found(text + pieces + b'"\n')] == [(HASH, 'high')]


@pytest.mark.parametrize('form', FORMATS)
def test_put_together_in_one_expression(form: bytes) -> None:
    assert [(f.sha256, f.confidence) for f in found(b'x = ' + form % BODY + b'\n')] == [(HASH, 'high')]


@pytest.mark.parametrize('by', (b"', '", b"','", b"' + '", b'", "', b"',\n  '"))
def test_character_by_character(by: bytes) -> None:
    quote = by[:1]
    is_found(b'[' + quote + by.join(bytes((c,)) for c in TOKEN) + quote + b']')


def test_a_piece_may_look_like_a_mark() -> None:
    body = TOKEN[:7] + b'REM' + TOKEN[10:]
    [finding] = found(b'\n'.join((body[:7], body[7:10], *(body[i:i + 3] for i in range(10, 101, 3)))) + b'\n')
    assert finding.sha256 == sha256(body)


def test_joined_over_what_can_be_seen_it_is_whole() -> None:
    for text in (
        b'"pina_" + "' + BODY[:95] + b'"', b'"pina_" + "' + BODY[:50] + b'" + "' + BODY[50:] + b'AB"',
        b'pina_\n' + BODY[:90] + b'\n',
    ):
        assert found(text) == [], text


def test_what_follows_a_token_is_not_its_own() -> None:
    assert [f.sha256 for f in found(TOKEN + b'\nABCDEF2\n')] == [HASH]
    assert [f.sha256 for f in found(b'"' + TOKEN[:50] + b'" + "' + TOKEN[50:] + b'" + "ABCDEF"')] == [HASH]


def test_a_token_cut_short_is_not_made_longer_by_the_next_line() -> None:
    [finding] = found(b'T=' + TOKEN[:90] + b'\nDEBUG=1\n')
    assert finding.sha256 == found(TOKEN[:90])[0].sha256


def test_the_layer_is_named_and_the_place_is_its_beginning() -> None:
    [finding] = found(b'a\n t = "' + TOKEN[:40] + b'" +\n  "' + TOKEN[40:] + b'"')
    assert finding[2:] == (('split',), 2, 7)


@pytest.mark.parametrize('sign', (*INVISIBLES[:6], *CODED))
@pytest.mark.parametrize('gaps', ((1, 3), (2, 3), (1, 2, 3), (1, 4), (2, 4), (1, 2, 4), (1, 2, 3, 4)))
def test_several_signs_within_the_prefix(sign: bytes, gaps: tuple[int, ...]) -> None:
    prefix = b''.join(TOKEN[at:at + 1] + sign * (at + 1 in gaps) for at in range(5))
    assert [one.sha256 for one in found(b'a b\ntoken: ' + prefix + BODY[:50] + sign + BODY[50:] + b'\n')] == [HASH]

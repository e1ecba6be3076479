"""No name may speak: whatever is in it, a report has it on one line, printable, and no longer a command."""
from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.records import Summary
from pina_scan.report import as_json
from pina_scan.report import as_text
from pina_scan.report.names import line_start
from pina_scan.report.names import visible

HOSTILE = st.one_of(
    st.binary(min_size=1, max_size=40),
    st.text(min_size=1, max_size=20).map(lambda text: text.encode('utf-8', 'surrogatepass')),
    st.sampled_from((b'::error::x', b'##[error]x', b'##vso[task]x', b'\x1b]8;;x\x07', b'=cmd()', b'\r\n::stop', b'%0A::x')),
)


@pytest.mark.parametrize(
    ('name', 'shown'), (
        (b'a/b.env', 'a/b.env'),
        ('café/🔑'.encode(), 'café/🔑'),
        (b'a b\\c', 'a b\\c'),
        (b'a\nb\tc\rd', 'a\\nb\\tc\\rd'),
        (b'\x1b[31m', '\\e[31m'),
        (b'\x00\x7f', '\\x00\\x7f'),
        (b'\xff', '\\xff'),
        ('\u202e\u2028\u200b'.encode(), '\\u202e\\u2028\\u200b'),
        ('\U000e0041'.encode(), '\\U000e0041'),
        (b'a##b # c', 'a##b # c'),
        (b'a##[add-mask]b', 'a#\\x23[add-mask]b'),
        (b'###[x] ##vso[y]', '##\\x23[x] #\\x23vso[y]'),
        (b'##teamcity[x]', '#\\x23teamcity[x]'),
    ),
)
def test_visible(name: bytes, shown: str) -> None:
    assert visible(name) == shown


@pytest.mark.parametrize('name', (b'::x', b'##x', b'-x', b'~~~ x', b'+++ x', b''))
def test_line_start(name: bytes) -> None:
    assert line_start(name) == './' + name.decode()
    assert line_start(b'.env' + name) == '.env' + name.decode()


def report(name: bytes) -> Report:
    text = name.decode('utf-8', 'surrogateescape')
    finding = Finding('pinterest-access-token', 'high', 'A reason.', name, 1, 2, 1, 103, 'a' * 64, 'pina_ABCD…(96)', note=text)
    return Report((finding,), (finding._replace(suppressed=text),), ((name, text),), (text,), Summary(1, 2, 1, 1, 0, 0.1), '0')


@given(HOSTILE)
def test_text(name: bytes) -> None:
    out = as_text.render(report(name), verbose=True)
    plain = as_text.render(report(b'f'), verbose=True)
    lines = out.split('\n')
    assert len(lines) == len(plain.split('\n'))
    assert all(line.isprintable() for line in lines)
    assert not any(line.startswith(('::', '##')) for line in lines)


@given(HOSTILE)
def test_json(name: bytes) -> None:
    out = as_json.render(report(name), verbose=True)
    assert out.isascii()
    assert json.loads(out)['findings'][0]['path'].encode('utf-8', 'surrogateescape') == name

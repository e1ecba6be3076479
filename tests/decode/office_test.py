from __future__ import annotations

import pytest

from pina_scan import token
from tests.helpers.pack import places
from tests.helpers.pack import zipped

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DOCX = XML + '<w:document><w:body><w:p>{}</w:p></w:body></w:document>'
RUN = '<w:r><w:rPr><w:rFonts w:ascii="A"/><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


def runs(text: str, size: int) -> str:
    return '<w:proofErr w:type="spellStart"/>'.join(RUN.format(text[at:at + size]) for at in range(0, len(text), size))


@pytest.mark.parametrize('text', (
    XML + '<sst><si><t>pina_</t></si><si><t>colada</t></si></sst>',
    XML + '<w:t>pina_</w:t>colada<w:t>with_cream</w:t>',
    XML + '<w:t>pina_</w:t><w:t>' + 'coladaconcrema' * 8 + '</w:t>',
))
def test_nothing_to_say(text: str) -> None:
    assert places(zipped({'a.xml': text.encode()})) == []


@pytest.mark.parametrize('size', (1, 3, 4, 5, 20, 100))
def test_a_token_in_several_runs(size: int) -> None:
    text = DOCX.format(runs('key: ' + token.make().decode(), size))
    found = places(zipped({'word/document.xml': text.encode()}))
    assert [(path, line, via[0]) for path, line, _, via in found] == [(b'x!word/document.xml', 2, 'zip')]


def test_it_stands_where_it_begins() -> None:
    secret = token.make().decode()
    text = DOCX.format(RUN.format('é: ' + secret[:3]) + RUN.format(secret[3:]))
    column = text.splitlines()[1].index(secret[:3] + '<') + 1
    assert [place[:3] for place in places(zipped({'a.xml': text.encode()}))] == [(b'x!a.xml', 2, column)]


def test_a_token_in_one_run_is_told_once() -> None:
    text = DOCX.format(RUN.format(token.make().decode()))
    assert [via for *_, via in places(zipped({'word/document.xml': text.encode()}))] == [('zip',)]


@pytest.mark.parametrize('text', (
    '<si><r><t>{a}</t></r><r><rPr><b/></rPr><t>{b}</t></r></si>',
    '<a:p><a:r><a:t>{a}</a:t></a:r><a:r><a:rPr lang="en"/><a:t>{b}</a:t></a:r></a:p>',
    '<text:p>{a}<text:span text:style-name="T1">{b}</text:span></text:p>',
    '<html><body><p>{a}<b>{b}</b></p></body></html>',
    '<w:p>\n  <w:r>\n    <w:t>{a}</w:t>\n  </w:r>\n  <w:r>\n    <w:t>{b}</w:t>\n  </w:r>\n</w:p>',
))
def test_each_kind_of_document(text: str) -> None:
    secret = token.make().decode()
    found = places(zipped({'content.xml': (XML + text.format(a=secret[:3], b=secret[3:])).encode()}))
    # tags are left out by the reader of splits too
    assert [via in (('zip', 'xml'), ('zip', 'split')) for *_, via in found] == [True]

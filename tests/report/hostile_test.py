"""No report carries a token, and no name speaks in one: names, authors, refs, comments as an attacker likes them."""
from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Iterator
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import pytest
from hypothesis import Phase
from hypothesis import given
from hypothesis import note
from hypothesis import settings
from hypothesis import strategies as st

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli.annotate import SYSTEMS
from pina_scan.cli.outcome import settled
from pina_scan.cli.redaction import redacted
from pina_scan.cli.session import Results
from pina_scan.cli.session import Session
from pina_scan.judge.baseline import Entry
from pina_scan.judge.baseline import render as baseline
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.records import Origin
from pina_scan.records import Report
from pina_scan.report.formats import FORMATS
from pina_scan.source.forge import public
from pina_scan.token import sha256
from tests.helpers.obeyed import commands
from tests.helpers.validators import VALIDATORS
from tests.helpers.validators import Page
from tests.helpers.validators import page

#: As random as a real one, whatever number is drawn.
TOKENS = st.integers(0, 1 << 32).map(lambda n: b'pina_' + base64.b32encode(hashlib.sha512(b'%d' % n).digest()[:60]))
SPEECH = (
    '::error file=x::y', '  ::add-mask::x', '##[add-mask]x', '##vso[task.complete result=Succeeded]', '##teamcity[x]',
    '\r::set-output name=x::y', '\n::stop-commands::x', '%0A::x', '+++ x', '~~~ x', 'section_start:1:x\r\x1b[0K',
    '\x1b[31m', '\x1b]8;;https://x\x07', '\x9b2J', '\x07', '\x00', '\x7f', '\u202e', '\u2066', '\u2028', '\u200b', '\ufeff',
    '\U000e0041', '\udcff', '\ufffe',
    '<script>alert(1)</script>', '<img src=x onerror=y>', '"><x-evil>', "' x='", '</td><x-evil>', '&lt;', ']]>', '<!--', '<?x?>',
    '[x](javascript:y)', '![x](https://x)', '`', '``', '|', '\\|', '\\', '**x**', '@team', '#1', '!2', 'https://x.example',
    '\n# x', '~~x~~',
    '{0}', '{{', '[x](1)', '=1+1', '+1', '-1', '@x', ';=cmd|x', '"', ',', '\t', "'", '＝1', '{% x %}',
    '{{ x }}', '/', '!', '..', ' ',
)
TEXTS = st.lists(st.one_of(st.sampled_from(SPEECH), st.text(max_size=4)), max_size=5).map(''.join)
#: An example has some thirty draws: it says more as it is than it would take minutes to make smaller.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
#: A page may have tags of its own, but none of these.
_NEVER = {'x-evil', 'img'}


@st.composite
def hostile(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text, and what of it must not be seen: the body of each token, also as base64."""
    token = draw(TOKENS)
    written = draw(st.sampled_from((b'', token, base64.b64encode(b'x' + token + b'\n')))).decode()
    return draw(TEXTS) + written + draw(TEXTS), [token[5:].decode(), base64.b64encode(token[3:]).decode()[4:]]


class Draw:
    """The texts of one example, and all that must not be seen in what is made of them."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data
        self.secret: list[str] = []

    def text(self) -> str:
        text, secret = self._data.draw(hostile())
        self.secret += secret
        return text

    def name(self) -> bytes:
        return self.text().replace('\0', '').encode('utf-8', 'surrogatepass').replace(b'\xed\xb3\xbf', b'\xff') or b'f'


def safe(text: str) -> str:
    """Another's text as `history` puts it into a finding."""
    return os.fsdecode(redacted(os.fsencode(text.encode('utf-8', 'replace').decode())))


def made(draw: Draw, folder: str) -> Report:
    """A report as a run makes it: the names are scanned, the baseline is read, the comments are found."""
    name = draw.name()
    token = draw._data.draw(TOKENS)
    draw.secret.append(token[5:].decode())
    comment = draw.text().encode('utf-8', 'replace')
    blob = b'a = ' + token + b'\nb = ' + token + b' # pina-scan: allow ' + comment
    items = [Blob(name, blob), Blob(b'x!' + name, blob, layers=('zip',)), Unread(draw.name(), draw.text())]
    results = list(scan(items, Totals()))
    findings = [result for result in results if isinstance(result, Finding)]
    origin = Origin(
        commit='c' * 40, author=safe(draw.text()), date='2026-01-02T03:04:05Z', removed_by='d' * 40,
        refs=(safe(draw.text()),), exposure='Under ' + safe(draw.text()), releases=((safe(draw.text()), '2026-01-02T03:04:05Z'),),
    )
    old = findings[-1]._replace(commit='c' * 40, object='c' * 40, origin=origin, inline=None)
    findings.append(old._replace(path=redacted(draw.name())))
    findings.append(findings[-1]._replace(path=findings[-1].path + b'!' + redacted(draw.name()), via=('zip',), origin=None))
    findings[-1] = findings[-1]._replace(inner=len(findings[-1].path) - len(findings[-2].path))
    words = ' '.join(draw.text().encode('utf-8', 'replace').decode().split())
    entries = [Entry(sha256(token), findings[-1].path, words), Entry('0' * 64, draw.name(), words)]
    with open(os.path.join(folder, '.pina-scan-baseline'), 'wb') as file:
        file.write(baseline(entries))
    session = Session({}, os.fsencode(folder), {})
    report = settled(session, Results(findings, [result for result in results if isinstance(result, Unread)]), whole=True)
    remote = public('https://me:' + draw.text() + '@host.example/' + draw.text())
    return report._replace(
        # what could not be read says so always; this report has notices too
        notices=[*report.notices, '.' + safe(draw.text())],
        run=report.run._replace(branch=safe(draw.text()), revision='c' * 40, remote=remote and safe(remote)),
    )


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(item)


@settings(max_examples=60, phases=PHASES)
@given(data=st.data())
def test_nothing_speaks(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    draw = Draw(data)
    report = made(draw, str(tmp_path_factory.getbasetemp()))
    for form in FORMATS:
        note(form)
        check(form, report, draw.secret)


def check(form: str, report: Report, secrets: Sequence[str]) -> None:
    text: str = import_module(FORMATS[form]).render(report, verbose=True)
    # standard output is UTF-8, and what isn't is escaped
    text = text.encode('utf-8', 'backslashreplace').decode()
    assert [c for c in text if not c.isprintable() and c != '\n' and (form, c) != ('csv', '\r')] == []
    assert commands(text) == []
    for told in (text, '\n'.join(strings(json.loads(text))) if text.startswith(('{\n', '[\n')) else ''):
        plain = re.sub(r'[\\`]|&#?\w+;', '', told)
        for secret in secrets:
            assert [secret[i:i + 10] for i in range(len(secret) - 9) if secret[i:i + 10] in plain] == []
            assert 'pina_' + secret[:5] not in plain
    if form in VALIDATORS:
        VALIDATORS[form](text, report)
    SPECIAL.get(form, lambda text: None)(text)


@settings(max_examples=40, phases=PHASES)
@given(data=st.data())
def test_nothing_speaks_to_a_ci_system_but_we_do(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    draw = Draw(data)
    report = made(draw, str(tmp_path_factory.getbasetemp()))
    for name, system in SYSTEMS.items():
        note(name)
        before, after = import_module(system.module).around(report)
        if name == 'gitlab':
            assert re.fullmatch(r'\x1b\[0Ksection_start:\d+:pina_scan\r\x1b\[0Kpina-scan: .+\n', before)
            assert re.fullmatch(r'\x1b\[0Ksection_end:\d+:pina_scan\r\x1b\[0K\n', after)
            continue
        if name == 'buildkite':
            assert re.fullmatch(r'(?:---|\+\+\+) pina-scan: [\w,; ()]+\n', before)
            assert after == ''
            continue
        assert before == ''
        for line in after.removesuffix('\n').split('\n'):
            assert line.isprintable()
            head, rest = re.fullmatch(MEANT[name], line).groups()  # type: ignore[union-attr]
            assert commands(rest) == []
            for secret in draw.secret:
                assert 'pina_' + secret[:5] not in rest


#: What a line begins with, and how its properties end: nothing in them may end them before.
MEANT = {
    'github': r'(::(?:error|warning) )((?:\w+=[^:,]*,?)+::.*)',
    'azure': r'(##vso\[task\.logissue )((?:\w+=[^;\]]*;)+\].*)',
    'teamcity': r"(##teamcity\[(?:inspectionType|inspection|buildProblem) )((?:\w+='(?:[^|'\[\]]|\|[|'nr\[\]])*' ?)+\])",
}


def markup(text: str) -> None:
    assert not _NEVER & set(Page(text).tags)
    assert 'javascript:' not in ''.join(re.findall(r'(?:href|src)="([^"]*)"', text))


def formulas(text: str) -> None:
    for row in csv.reader(io.StringIO(text, newline='')):
        for part in (part for cell in row for part in cell.split(';')):
            assert part.strip(' "\'')[:1] not in tuple('=+-@＝＋－＠') or part.startswith("'"), part


def rendered_as_markdown(texts: Iterator[str]) -> None:
    for text in texts:
        shown = page(text)
        assert set(shown.tags) <= {'p', 'code', 'ol', 'li'}, text


def sarif(text: str) -> None:
    [run] = json.loads(text)['runs']
    rendered_as_markdown(result['message']['markdown'] for result in run['results'])
    for said in (result['message']['text'] for result in run['results']):
        assert not re.search(r'(?<!\\)(?:\\\\)*[\[\]]', said)
        assert not re.search(r'(?<!\{)(?:\{\{)*\{(?!\{)', said)


def gitlab(text: str) -> None:
    rendered_as_markdown(item['description'] for item in json.loads(text)['vulnerabilities'])


SPECIAL = {'html': markup, 'csv': formulas, 'sarif': sarif, 'gitlab': gitlab}

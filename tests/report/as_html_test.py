"""The page without a browser: valid, whole, closed to the outside. What a browser makes of it is in tests/browser."""
from __future__ import annotations

import base64
import hashlib
import html
import os
import re
from pathlib import Path

import html5lib
import pytest

from pina_scan.records import Report
from pina_scan.report import as_html
from pina_scan.report.names import visible
from tests.helpers import pages
from tests.helpers.command import pina_scan

ROOT = Path(__file__).parents[2]
REPORTS = {
    'nothing': pages.NOTHING, 'unread': pages.UNREAD, 'full': pages.FULL, 'tree': pages.TREE,
    'hostile': pages.hostile(), 'many': pages.many(300),
}


def text(page: str) -> str:
    body = re.sub(r'<(style|script)>.*?</\1>', '', page, flags=re.DOTALL)
    return html.unescape(' '.join(re.sub(r'<[^>]+>', ' ', body).split()))


@pytest.mark.parametrize('report', REPORTS.values(), ids=REPORTS)
def test_it_is_html_to_the_letter(report: Report) -> None:
    html5lib.HTMLParser(strict=True).parse(as_html.render(report))


@pytest.mark.parametrize('report', REPORTS.values(), ids=REPORTS)
def test_nothing_leads_out_and_nothing_else_runs(report: Report) -> None:
    tree = html5lib.parse(as_html.render(report), namespaceHTMLElements=False)
    policy = tree.find('.//meta[@http-equiv]').get('content')
    for name in ('style', 'script'):
        [element] = tree.iter(name)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    names = {name for element in tree.iter() if isinstance(element.tag, str) for name in element.attrib}
    assert [name for name in names if name in ('style', 'src', 'srcset', 'action') or name.startswith('on')] == []
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)}.isdisjoint(
        {'img', 'iframe', 'object', 'embed', 'form', 'base', 'video', 'audio'},
    )
    links = {element.get('href').split(':')[0] for name in ('a', 'link') for element in tree.iter(name)}
    assert {link for link in links if not link.startswith('#')} <= {'https', 'data'}


@pytest.mark.parametrize('name', pages.HOSTILE)
def test_a_name_is_text(name: bytes) -> None:
    shown = text(as_html.render(pages.report(pages.finding(1, name), unread=((name, 'encrypted'),))))
    # `text` sees to runs of blanks
    assert shown.count(' '.join(visible(name).split())) >= 2


@pytest.mark.parametrize(
    ('report', 'kind', 'headline', 'says'), (
        (pages.NOTHING, 'clear', 'No token found', '12 files read in full, nothing left unread.'),
        (
            pages.report(suppressed=(pages.finding(suppressed='fake'),)),
            'clear', 'No token that counts', '12 files read in full; 1 finding suppressed.',
        ),
        (pages.UNREAD, 'unsure', 'No token found, but this is no all-clear', 'Not everything could be read.'),
        (
            pages.report(pages.finding(confidence='placeholder')),
            'dummy', '1 dummy found', 'No real token was found.',
        ),
        (
            pages.report(pages.finding(confidence='placeholder'), unread=((b'x', 'encrypted'),)),
            'unsure', '1 dummy found', 'No real token was found. Not everything could be read, so there may be more.',
        ),
        (
            pages.report(pages.finding(origin=pages.LOCAL)),
            'leak', '1 token found', 'It is in this repository only: take it out before a push.',
        ),
        (
            pages.report(pages.finding(1, origin=pages.LOCAL), pages.finding(2, origin=pages.LOCAL)),
            'leak', '2 tokens found', 'All 2 are in this repository only: take them out before a push.',
        ),
        (pages.TREE, 'leak', '2 tokens in 3 places', 'Whether they have left this machine is not known.'),
        (
            pages.FULL, 'leak', '2 tokens in 3 places',
            '1 of them has left this machine: make a new one for that first. Not everything could be read, so there may be more.',
        ),
        (
            pages.report(pages.finding(origin=pages.PUSHED)),
            'leak', '1 token found', 'It has left this machine: make a new one first.',
        ),
    ),
)
def test_the_verdict(report: Report, kind: str, headline: str, says: str) -> None:
    page = as_html.render(report)
    assert f'<title>{headline} – pina-scan</title>' in page
    assert f'<header class="verdict {kind}">' in page
    assert f'{headline} {says} ' in text(page)
    assert ('this is no all-clear' in text(page)) == bool(report.unread)


def test_with_very_many_tokens_what_to_do_is_told_once() -> None:
    page = as_html.render(pages.many(2000))
    assert page.count('class="place"') == 2000
    assert page.count('git filter-repo') == 250 + 1
    assert text(page).count('What to do about the rest') == 1
    assert set(re.findall('href="#(do-[^"]+)', page)) == set(re.findall('id="(do-[^"]+)', page)) == {'do-remote', 'do-local'}


def test_by_the_command(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(b'nothing')
    code, out, err = pina_scan('--format', 'html', cwd=tmp_path)
    assert (code, err) == (0, '')
    assert '<h1>' in out
    assert 'No token found' in text(out)


def test_without_jinja2_it_says_what_to_type(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(b'nothing')
    missing = tmp_path / 'missing'
    missing.mkdir()
    (missing / 'jinja2.py').write_text("raise ModuleNotFoundError('', name='jinja2')\n")
    path = os.pathsep.join((str(missing), str(ROOT)))
    code, _, err = pina_scan('--format', 'html', 'f', cwd=tmp_path, PYTHONPATH=path)
    assert (code, err) == (2, 'pina-scan: the HTML report needs jinja2: `pip install jinja2`.\n')

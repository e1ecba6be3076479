"""The HTML report in a real browser: what it shows, what its script does, and that all may use it."""
from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest
from playwright.sync_api import expect

from pina_scan.records import Report
from pina_scan.report.names import visible
from pina_scan.token import make
from tests.browser.conftest import TIMEOUT
from tests.browser.conftest import Open
from tests.helpers import pages
from tests.helpers.command import pina_scan
from tests.helpers.gitrepo import Repo

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLAIN = {'java_script_enabled': False}
PHONE = {'viewport': {'width': 320, 'height': 640}}
REPORTS = {
    'nothing': pages.NOTHING, 'unread': pages.UNREAD, 'full': pages.FULL, 'tree': pages.TREE,
    'hostile': pages.hostile(),
}


def shown(page: Page) -> list[str]:
    """The first cell of the places that can be seen."""
    found = page.locator('#table .place td:first-child').evaluate_all(
        'cells => cells.filter(cell => cell.checkVisibility()).map(cell => cell.innerText)',
    )
    return [str(text) for text in found]


def paths(page: Page) -> list[str]:
    return [place.split('\n')[0].split(' ')[0] for place in shown(page)]


def test_a_finding_of_a_real_history(opened: Open, tmp_path: Path) -> None:
    repo = Repo(str(tmp_path / 'shop'))
    token = make()
    first = repo.commit({'<b>.env': b'x\nkey=' + token})
    last = repo.commit({'<b>.env': b'x\n'}, GIT_AUTHOR_DATE='2026-03-04T05:06:07+0000')
    code, out, err = pina_scan('history', '--format', 'html', '--no-cache', cwd=repo.path)
    assert (code, err) == (1, '')
    assert token.decode()[5:10] not in out
    page = opened(out)
    assert page.title() == '1 token found – pina-scan'
    assert page.locator('h1').inner_text() == '1 token found'
    [row] = page.locator('.place').all()
    assert ' '.join(row.inner_text().split()) == (
        '<b>.env:2:5 Held by refs/heads/main high In local commits '
        'In local commits only: amend or rebase is enough, and git reflog expire with git gc takes the old ones. '
        f'Taken out 2026-03-04 by {last[:10]} 2026-01-02 {first[:10]} by Ann Author'
    )
    assert page.locator('svg desc').text_content() == (
        f'<b>.env: brought in by {first[:12]} on 2026-01-02, taken out by {last[:12]} on 2026-03-04. '
    )
    assert f'git rebase --interactive {first[:12]}^' in page.locator('.steps').inner_text()


def test_filters(opened: Open) -> None:
    page = opened(pages.FULL)
    everything = paths(page)
    assert everything == ['config.yml:3:7', 'deploy/values.yaml:88:7', 'notes.ipynb:231:7', 'docs/setup.md:52:7']
    count = page.locator('#count')
    assert count.inner_text() == '4 places'
    for word, found in (
        ('VALUES', [1]), ('config.yml', [0]), ('ann author', [0, 2]), (pages.commit(4)[:8], [2]), ('base64', [1]),
        ('pina_BBBB', [0, 1]), ('bo placeholder', [3]), ('nowhere', []),
    ):
        page.fill('#text', word)
        assert paths(page) == [everything[number] for number in found], word
        assert count.inner_text() == f'{len(found)} of 4 places'
    page.fill('#text', '')
    for select, label, found in (
        ('#confidence', 'high', [0, 1, 2]), ('#confidence', 'placeholder', [3]), ('#exposure', 'In local commits', [2]),
        ('#state', 'Still there', [1, 3]), ('#state', 'Taken out', [0]), ('#state', 'Only in history', [2]),
    ):
        page.select_option(select, label=label)
        assert paths(page) == [everything[number] for number in found], label
        page.select_option(select, value='')
    page.select_option('#state', label='Still there')
    page.fill('#text', 'deploy')
    assert paths(page) == [everything[1]]
    # a token without a place that fits is not there either
    assert page.locator('.token >> visible=true').count() == 1
    page.click('#reset')
    assert paths(page) == everything


@pytest.mark.parametrize(
    ('column', 'order'), (
        # tokens by their first place, and their places within
        ('Place', ['config.yml', 'deploy/values.yaml', 'docs/setup.md', 'notes.ipynb']),
        ('Confidence', ['config.yml', 'deploy/values.yaml', 'notes.ipynb', 'docs/setup.md']),
        ('How far it got', ['config.yml', 'deploy/values.yaml', 'docs/setup.md', 'notes.ipynb']),
        ('Since', ['config.yml', 'deploy/values.yaml', 'docs/setup.md', 'notes.ipynb']),
    ),
)
def test_sorting(opened: Open, column: str, order: list[str]) -> None:
    page = opened(pages.FULL)
    heading = page.locator('#table thead th', has_text=column)
    heading.locator('button').click()
    assert heading.get_attribute('aria-sort') == 'ascending'
    assert [path.split(':')[0] for path in paths(page)] == order
    heading.locator('button').click()
    assert heading.get_attribute('aria-sort') == 'descending'
    assert page.locator('[aria-sort]').count() == 1
    heads = page.locator('.token h3 code').all_inner_texts()
    if column == 'Place':
        assert [path.split(':')[0] for path in paths(page)] == [
            'notes.ipynb', 'docs/setup.md', 'deploy/values.yaml', 'config.yml',
        ]
        assert heads == ['pina_CCCC…(96)', 'pina_DDDD…(96)', 'pina_BBBB…(96)']


def test_without_javascript(opened: Open) -> None:
    page = opened(pages.many(10, 30), **PLAIN)
    assert len(shown(page)) == 300
    assert not page.locator('#bar').is_visible()
    assert not page.locator('#pages').is_visible()
    assert page.locator('thead button').count() == 0
    page = opened(pages.FULL, **PLAIN)
    assert page.locator('.unread').inner_text().startswith('Not read: this is no all-clear')
    assert page.locator('.steps').first.is_visible()
    assert not page.locator('.plain').is_visible()
    page.click('text=1 finding that does not count')
    assert page.locator('.plain').inner_text().count('a revoked token') == 1


def test_pages(opened: Open) -> None:
    page = opened(pages.many(30, 30))
    count = page.locator('#count')
    assert count.inner_text() == '200 of 900 places'
    page.click('text=Show 200 more')
    assert count.inner_text() == '400 of 900 places'
    page.fill('#text', 'folder-29/')
    assert paths(page) == [f'folder-29/file-{place}.env:{place + 1}:7' for place in range(30)]
    page.fill('#text', '')
    assert count.inner_text() == '200 of 900 places'
    page.click('text=Show all')
    assert count.inner_text() == '900 places'
    assert len(shown(page)) == 900
    assert not page.locator('#pages').is_visible()


def test_a_link_to_a_token_leads_to_it_on_any_page(opened: Open) -> None:
    page = opened(pages.many(15, 20), '#t15')
    assert page.locator('#t15').is_visible()
    assert page.locator('#t15 .steps').is_visible()
    page = opened(pages.FULL)
    expect(page.locator('#t2')).not_to_be_in_viewport()
    page.click('.first a >> nth=1')
    # it scrolls smoothly, and the page's own policy forbids to wait for an expression of the test's
    expect(page.locator('#t2')).to_be_in_viewport(timeout=TIMEOUT)


def test_ten_thousand_findings(opened: Open) -> None:
    page = opened(pages.many(100, 100))
    assert page.locator('#count').inner_text() == '200 of 10,000 places'
    page.fill('#text', 'folder-77/file-9.env')
    assert paths(page) == ['folder-77/file-9.env:10:7']


def test_names_are_text(opened: Open) -> None:
    page = opened(pages.report(*(pages.finding(number, name) for number, name in enumerate(pages.HOSTILE))))
    found = page.locator('.place .path').evaluate_all('names => names.map(name => name.textContent)')
    assert found == [visible(name) for name in pages.HOSTILE]
    assert page.locator('.path *').count() == 0


@pytest.mark.parametrize('report', REPORTS.values(), ids=REPORTS)
def test_axe_has_nothing_to_say(opened: Open, axe: str, report: Report) -> None:
    page = opened(report)
    page.evaluate('document.querySelectorAll("details").forEach(e => { e.open = true; })')
    page.evaluate(axe)
    for scheme, width in (('light', 1200), ('dark', 1200), ('light', 320)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({'width': width, 'height': 700})
        found = page.evaluate('axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))')
        assert (scheme, width, found) == (scheme, width, [])


@pytest.mark.parametrize('report', REPORTS.values(), ids=REPORTS)
def test_nothing_is_wider_than_a_phone(opened: Open, report: Report) -> None:
    page = opened(report, **PHONE)
    assert page.evaluate('document.documentElement.scrollWidth') == 320


def test_by_keyboard(opened: Open) -> None:
    page = opened(pages.FULL)
    page.keyboard.press('Tab')
    assert page.evaluate('document.activeElement.textContent') == 'To the findings'
    page.keyboard.press('Enter')
    met = []
    for _ in range(14):
        page.keyboard.press('Tab')
        met.append(page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()'))
        assert page.evaluate('getComputedStyle(document.activeElement).outlineStyle') != 'none', met
    assert met[:10] == [
        'text', 'confidence', 'exposure', 'state', 'reset', 'Place', 'Confidence', 'How far it got', 'State', 'Since',
    ]
    page.locator('thead button').first.focus()
    page.keyboard.press('Enter')
    assert page.locator('thead th').first.get_attribute('aria-sort') == 'ascending'
    summary = page.locator('#table summary').first
    summary.focus()
    page.keyboard.press('Space')
    assert not page.locator('.steps').first.is_visible()
    page.keyboard.press('Enter')
    assert page.locator('.steps').first.is_visible()


def test_the_head_of_the_table_stays_in_sight(opened: Open) -> None:
    page = opened(pages.many(40), viewport={'width': 1200, 'height': 700})
    page.evaluate('scrollTo(0, 3000)')
    bar = page.locator('#bar').bounding_box()
    head = page.locator('thead th').first.bounding_box()
    assert bar is not None
    assert head is not None
    assert (bar['y'], head['y']) == (0, pytest.approx(bar['height'], abs=1))


@pytest.mark.parametrize(('options', 'places'), (({}, 21), (PLAIN, 2)), ids=('script', 'no-script'))
def test_on_paper(opened: Open, options: dict[str, object], places: int) -> None:
    # with a script these are more than one page of the table has
    page = opened(pages.many(10, places), **options)
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf()))
    text = re.sub(r'\s+', '', ''.join(sheet.extract_text() for sheet in pdf.pages))
    assert [(a, b) for a in range(10) for b in range(places) if f'folder-{a}/file-{b}.env' not in text] == []
    # what is folded on the screen is not on paper
    assert text.count('Makeanewtoken.') == 5
    assert 'Showall' not in text
    assert not page.locator('.steps').first.is_visible()

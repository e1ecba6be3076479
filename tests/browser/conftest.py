"""A real Chromium for the HTML report. Where none is installed that is said, and in CI it fails."""
from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest

from pina_scan.records import Report
from pina_scan.report import as_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page

# read before the tests' own environment takes it away
_CI = 'CI' in os.environ
_NAMES = ('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')
# what a browser would ask of the network by itself, and what it needs to run as root
_FLAGS = (
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
)
_AXE = Path(__file__).parent / 'node_modules' / 'axe-core' / 'axe.min.js'
#: In milliseconds; a shared machine is slow at times.
TIMEOUT = 120_000
_MISSING = ' is missing'


def _without(what: str) -> None:
    if _CI:
        pytest.fail(f'{what} is missing, and CI has to have it', pytrace=False)
    pytest.skip(f'{what}{_MISSING}')


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = {str(skipped.longrepr[2]) for skipped in terminalreporter.stats.get('skipped', ())}
    for reason in sorted(reasons):
        if reason.endswith(_MISSING):
            what = reason.removeprefix('Skipped: ')
            terminalreporter.write_line(f'The HTML report was not tried in a browser in full: {what}.')


@pytest.fixture(scope='session')
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        _without('Chromium (Debian: apt-get install chromium)')
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield made
        made.close()


@pytest.fixture(scope='session')
def axe() -> str:
    if not _AXE.exists():
        _without('axe-core (npm ci --prefix tests/browser)')
    return _AXE.read_text()


Open = Callable[..., 'Page']


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a report as a file, and sees that it asks for nothing and complains of nothing."""
    contexts = []
    asked: list[str] = []
    said: list[str] = []

    def open_page(report: Report | str, fragment: str = '', **options: Any) -> Page:
        path = tmp_path / 'report.html'
        path.write_text(report if isinstance(report, str) else as_html.render(report), encoding='utf-8')
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(TIMEOUT)
        page.on('request', lambda request: asked.append(request.url))
        page.on('console', lambda message: said.append(message.text))
        page.on('pageerror', lambda error: said.append(str(error)))
        page.on('dialog', lambda dialog: said.append(dialog.message))
        page.goto(path.as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert {url.partition('#')[0] for url in asked if not url.startswith('data:')} <= {(tmp_path / 'report.html').as_uri()}
    assert said == []

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report import terminal
from tests.helpers import pages

_ESCAPE = re.compile(r'\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\')


def plain(report: Report, width: int = 80, quiet: bool = False, verbose: bool = False) -> str:
    return terminal.render(report, verbose, quiet, width, False)


def test_the_whole_report() -> None:
    """`python -m tests.helpers.pages` writes it anew."""
    assert plain(pages.FULL, verbose=True) == pages.TERMINAL.read_text()


def test_quiet_is_findings_only() -> None:
    assert plain(pages.NOTHING, quiet=True) == ''
    assert plain(pages.TREE, quiet=True).splitlines() == [
        'Pinterest access token in 2 places, high: pina_BBBB…(96) sha256 00903b35b33d',
        '    "pina_" and 96 random base32 characters: the form of a Conversions API',
        '      token.',
        '    .env:1:7',
        '    a b/c.env:2:7',
        '',
        'name: Pinterest access token in its name, high: pina_CCCC…(96) sha256',
        '    17b9639c99ee',
        '    "pina_" and 96 random base32 characters: the form of a Conversions API',
        '      token.',
        '',
    ]


@pytest.mark.parametrize('width', (20, 33, 80, 200))
@pytest.mark.parametrize('report', (pages.FULL, pages.TREE, pages.hostile()), ids=('full', 'tree', 'hostile'))
def test_no_line_is_wider_than_the_terminal(report: Report, width: int) -> None:
    lines = plain(report, width, verbose=True).splitlines()
    # an address stands whole, for the terminal to know it again
    assert [line for line in lines if cell_len(line) > width and 'https://' not in line] == []
    assert all(line.isprintable() for line in lines)


def test_wide_characters_count_twice() -> None:
    report = pages.report(pages.finding(1, ('鍵' * 30 + '.env').encode()))
    first = plain(report, 40).splitlines()[0]
    assert cell_len(first) <= 40
    assert 17 <= first.count('鍵') <= 18


def test_colours_and_links_are_all_that_is_added() -> None:
    def target(finding: Finding) -> str:
        return f'file://host/{finding.line}'

    shown = terminal.render(pages.FULL, True, False, 80, True, target)
    assert _ESCAPE.sub('', shown) == plain(pages.FULL, verbose=True)
    # the name of a link joins its parts over several lines; it is made up anew each time
    links = re.findall(r'\x1b\]8;id=\d+;([^\x1b]+)\x1b\\(?:\x1b\[[0-9;]*m)*([^\x1b]*)', shown)
    assert ('file://host/3', 'config.yml:3:7') in links
    assert (pages.PUSHED.link, pages.PUSHED.link) in links
    assert '\x1b' not in plain(pages.FULL)


def test_exposure_that_all_places_share_is_told_once() -> None:
    places = [pages.finding(1, b'%d' % number, origin=pages.PUSHED) for number in range(3)]
    assert plain(pages.report(*places), 200).count('On origin/main of a remote') == 1
    differs = pages.finding(1, b'other', origin=pages.LOCAL)
    assert plain(pages.report(*places, differs), 200).count('On origin/main of a remote') == 3

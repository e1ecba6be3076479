"""What goes into a CI system's log beside the text, whole."""
from __future__ import annotations

import pytest

from pina_scan.records import Report
from pina_scan.report import ci_azure
from pina_scan.report import ci_buildkite
from pina_scan.report import ci_github
from pina_scan.report import ci_gitlab
from pina_scan.report import ci_teamcity
from tests.helpers.reports import CLEAN
from tests.helpers.reports import DUMMY
from tests.helpers.reports import HIGH
from tests.helpers.reports import NAMED
from tests.helpers.reports import PACKED
from tests.helpers.reports import many

REPORT = CLEAN._replace(
    findings=(DUMMY, PACKED, HIGH._replace(path=b'a,b:c%d;e]f', end_line=4), HIGH, NAMED),
    unread=((b'lib/y.zip', 'encrypted'),), summary=CLEAN.summary._replace(findings=5),
)
HEAD = 'Pinterest access token (high): pina_ABCD…(96), sha256 aaaaaaaaaaaa.'


def lines(around: tuple[str, str]) -> list[str]:
    assert around[0] == ''
    return around[1].splitlines()


@pytest.mark.parametrize('module', (ci_github, ci_azure, ci_teamcity))
def test_nothing_of_a_clean_run(module: object) -> None:
    assert lines(module.around(CLEAN)) == []  # type: ignore[attr-defined]


def test_github() -> None:
    assert lines(ci_github.around(REPORT)) == [
        f'::error file=a%2Cb%3Ac%25d;e]f,line=3,endLine=4,title=Pinterest access token (high)::{HEAD}%0AA reason.',
        f'::error file=src/a b.env,line=3,endLine=3,col=7,endColumn=107,title=Pinterest access token (high)::{HEAD}%0AA reason.',
        '::error file=ä/pina_ABCD…(96),title=Pinterest access token (high)::'
        'Pinterest access token in a name (high): pina_ABCD…(96), sha256 aaaaaaaaaaaa.%0AA reason.',
        '::error file=lib/x.zip,title=Pinterest access token (medium)::'
        'Pinterest access token (medium): pina_EFGH…(60), sha256 bbbbbbbbbbbb.%0AA reason.%0A'
        'Read through zip, tar, base64.%0AInside it: in[1]/{0}.tar!c.env, line 1, column 2.',
        '::error file=lib/y.zip,title=Could not be read::encrypted',
        '::warning file=README.md,line=3,endLine=3,col=7,endColumn=107,title=Placeholder of a Pinterest access token '
        '(placeholder)::Pinterest access token (placeholder): pina_AAAA…(96), sha256 dddddddddddd.%0AA reason.',
    ]


def test_azure() -> None:
    assert lines(ci_azure.around(REPORT)) == [
        '##vso[task.logissue type=error;sourcepath=a,b:c%AZP25d%3Be%5Df;linenumber=3;columnnumber=7;code=pinterest-access-token;]'
        f'{HEAD} A reason.',
        '##vso[task.logissue type=error;sourcepath=src/a b.env;linenumber=3;columnnumber=7;code=pinterest-access-token;]'
        f'{HEAD} A reason.',
        '##vso[task.logissue type=error;sourcepath=ä/pina_ABCD…(96);code=pinterest-access-token;]'
        'Pinterest access token in a name (high): pina_ABCD…(96), sha256 aaaaaaaaaaaa. A reason.',
        '##vso[task.logissue type=error;sourcepath=lib/x.zip;code=pinterest-access-token;]'
        'Pinterest access token (medium): pina_EFGH…(60), sha256 bbbbbbbbbbbb. A reason. '
        'Read through zip, tar, base64. Inside it: in[1%5D/{0}.tar!c.env, line 1, column 2.',
        '##vso[task.logissue type=warning;sourcepath=README.md;linenumber=3;columnnumber=7;'
        'code=pinterest-access-token-placeholder;]'
        'Pinterest access token (placeholder): pina_AAAA…(96), sha256 dddddddddddd. A reason.',
        '##vso[task.logissue type=error;sourcepath=lib/y.zip;code=unread;]Could not be read: encrypted',
    ]


def test_gitlab() -> None:
    assert ci_gitlab.around(CLEAN) == (
        '\x1b[0Ksection_start:1767323045:pina_scan\r\x1b[0Kpina-scan: no token in 3 files\n',
        '\x1b[0Ksection_end:1767323046:pina_scan\r\x1b[0K\n',
    )


@pytest.mark.parametrize(('report', 'head'), (
    (CLEAN, '--- pina-scan: no token in 3 files\n'),
    (CLEAN._replace(unread=REPORT.unread), '+++ pina-scan: no token in 3 files; 1 path could not be read\n'),
    (REPORT._replace(findings=(HIGH,), unread=()), '+++ pina-scan: 1 token in 5 places (1 high) in 3 files\n'),
))
def test_buildkite(report: Report, head: str) -> None:
    assert ci_buildkite.around(report) == (head, '')


def test_teamcity() -> None:
    said = lines(ci_teamcity.around(REPORT._replace(findings=(PACKED,))))
    assert said == [
        "##teamcity[inspectionType id='pinterest-access-token' name='Pinterest access token' description='A token of the "
        'Pinterest Conversions API. Whoever holds it can send conversions for every ad account of the user who made it, and '
        "read the account.' category='Secrets']",
        "##teamcity[inspection typeId='pinterest-access-token' message='Pinterest access token (medium): pina_EFGH…(60), "
        'sha256 bbbbbbbbbbbb. A reason. Read through zip, tar, base64. Inside it: in|[1|]/{0}.tar!c.env, line 1, column 2.'
        "' file='lib/x.zip' line='1' SEVERITY='ERROR']",
        "##teamcity[buildProblem description='pina-scan: 1 token in 5 places (1 medium) in 3 files; 1 path could not be read' "
        "identity='pina-scan']",
    ]


@pytest.mark.parametrize(
    ('report', 'errors', 'last'), (
        (many(12)._replace(unread=()), 8, None),
        (many(15)._replace(unread=()), 10, None),
        (many(18)._replace(unread=()), 10, '3 places more'),
        (many(18), 10, '5 places more'),
    ),
)
def test_github_shows_ten_of_a_kind(report: Report, errors: int, last: str | None) -> None:
    said = lines(ci_github.around(report))
    assert [line.split()[0] for line in said].count('::error') == errors
    more = [line for line in said if 'more:' in line]
    assert [line.partition('::')[2].partition('::')[2].partition(':')[0] for line in more] == ([last] if last else [])


def test_azure_shows_ten() -> None:
    said = lines(ci_azure.around(many(18)))
    assert len(said) == 10
    assert said[-1].endswith('11 places more: see the summary of the run, or its log.')

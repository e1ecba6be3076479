"""What each format says, beside what tests/golden shows: limits, order, what is left out, what stays the same."""
from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from typing import Any

import pytest

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report import as_csv
from pina_scan.report import as_gitlab
from pina_scan.report import as_junit
from pina_scan.report import as_markdown
from pina_scan.report import as_sarif
from pina_scan.report.formats import FORMATS
from tests.helpers.reports import ACCEPTED
from tests.helpers.reports import CLEAN
from tests.helpers.reports import HIGH
from tests.helpers.reports import INLINE
from tests.helpers.reports import MESSAGE
from tests.helpers.reports import NAMED
from tests.helpers.reports import OLD
from tests.helpers.reports import PACKED
from tests.helpers.reports import RUN
from tests.helpers.reports import SAMPLE
from tests.helpers.reports import many
from tests.helpers.validators import VALIDATORS
from tests.helpers.validators import github
from tests.helpers.validators import page


def run(report: Report, verbose: bool = False) -> Any:
    return json.loads(as_sarif.render(report, verbose))['runs'][0]


def result(finding: Finding) -> Any:
    return run(SAMPLE._replace(findings=(finding,)))['results'][0]


@pytest.mark.parametrize('form', VALIDATORS)
@pytest.mark.parametrize('verbose', (False, True))
@pytest.mark.parametrize('report', (CLEAN, SAMPLE, many(3)), ids=('clean', 'sample', 'many'))
def test_valid(report: Report, form: str, verbose: bool) -> None:
    VALIDATORS[form](import_module(FORMATS[form]).render(report, verbose), report)


@pytest.mark.parametrize('form', sorted(FORMATS.keys() - {'gitlab', 'codequality', 'html'}))
def test_what_is_accepted_is_listed_only_when_asked_for(form: str) -> None:
    accepted = CLEAN._replace(suppressed=(ACCEPTED,), summary=CLEAN.summary._replace(suppressed=1))
    render = import_module(FORMATS[form]).render
    assert 'pina_ABCD' not in render(accepted)
    assert 'pina_ABCD' in render(accepted, verbose=True)


@pytest.mark.parametrize('form', FORMATS)
def test_no_all_clear_where_something_is_unread(form: str) -> None:
    text = import_module(FORMATS[form]).render(CLEAN._replace(unread=((b'lib/y.zip', 'encrypted'),)))
    assert 'lib/y.zip' in text
    assert 'encrypted' in text


# SARIF

def test_sarif_is_no_success_where_something_is_unread() -> None:
    [clean] = run(CLEAN)['invocations']
    assert (clean['executionSuccessful'], clean['exitCode'], clean['toolExecutionNotifications']) == (True, 0, [])
    [invocation] = run(SAMPLE)['invocations']
    assert (invocation['executionSuccessful'], invocation['exitCode']) == (False, 2)
    assert [note['locations'][0]['physicalLocation'] for note in invocation['toolExecutionNotifications']] == [
        {'artifactLocation': {'uri': 'lib/y.zip', 'uriBaseId': '%SRCROOT%'}},
        {'artifactLocation': {'uri': 'file:///srv/%FF'}},
    ]
    assert [note['descriptor']['id'] for note in invocation['toolConfigurationNotifications']] == ['baseline']


@pytest.mark.parametrize(
    ('path', 'uri'), (
        (b'a b', 'a%20b'),
        (b'./a/../b', 'b'),
        (b'\xff%#?', '%FF%25%23%3F'),
        (b'c:/x', 'c%3A/x'),
        (b'a//b\n', 'a/b%0A'),
        ('ä/🔑'.encode(), '%C3%A4/%F0%9F%94%91'),
        (b'/srv/repo/x', 'x'),
        (b'/srv/repository/x', 'file:///srv/repository/x'),
        (b'../x', 'file:///srv/x'),
    ),
)
def test_sarif_uris_are_from_the_root(path: bytes, uri: str) -> None:
    location = result(HIGH._replace(path=path))['locations'][0]['physicalLocation']['artifactLocation']
    assert location['uri'] == uri
    assert ('uriBaseId' in location) is not uri.startswith('file:')


def test_sarif_paths_are_from_the_root_wherever_the_command_was_given() -> None:
    below = SAMPLE._replace(findings=(HIGH,), run=RUN._replace(cwd=b'/srv/repo/below'))
    at = run(below)['results'][0]['locations'][0]['physicalLocation']
    assert at['artifactLocation']['uri'] == 'below/src/a%20b.env'
    assert at['region'] == {'startLine': 3, 'startColumn': 7, 'endLine': 3, 'endColumn': 108}


@pytest.mark.parametrize(
    ('finding', 'uri', 'name', 'kind', 'region'), (
        (HIGH, 'src/a%20b.env', None, None, True),
        (PACKED, 'lib/x.zip', 'c.env', 'member', False),
        (NAMED, '%C3%A4/pina_ABCD%E2%80%A6%2896%29', 'pina_ABCD…(96)', 'resource', False),
        (MESSAGE, 'commit%20c0ffee' + '0' * 34, 'commit c0ffee' + '0' * 34, 'object', True),
    ),
)
def test_sarif_places(finding: Finding, uri: str, name: str | None, kind: str | None, region: bool) -> None:
    [location] = result(finding)['locations']
    assert location['physicalLocation']['artifactLocation']['uri'] == uri
    assert ('region' in location['physicalLocation']) is region
    logical = location.get('logicalLocations', [{}])[0]
    assert (logical.get('name'), logical.get('kind')) == (name, kind)


@pytest.mark.parametrize(
    ('finding', 'own'), (
        (HIGH, False),
        (OLD, True),
        (OLD._replace(origin=OLD.origin and OLD.origin._replace(in_head=True)), False),
        (PACKED, True),
        (NAMED, True),
        (MESSAGE._replace(origin=OLD.origin), True),
    ),
)
def test_sarif_leaves_the_hash_of_a_line_to_who_has_the_file(finding: Finding, own: bool) -> None:
    assert ('primaryLocationLineHash' in result(finding)['partialFingerprints']) is own


@pytest.mark.parametrize('form', ('sarif', 'gitlab', 'codequality'))
def test_fingerprints(form: str) -> None:
    def prints(*findings: Finding) -> list[str]:
        made = json.loads(import_module(FORMATS[form]).render(SAMPLE._replace(findings=findings, unread=())))
        if form == 'sarif':
            return [item['partialFingerprints']['tokenInFile/v1'] for item in made['runs'][0]['results']]
        return [item['fingerprint'] for item in made] if form == 'codequality' else [v['id'] for v in made['vulnerabilities']]

    moved = HIGH._replace(line=30, end_line=30, column=1, end_column=102)
    assert prints(HIGH) == prints(moved)
    twice = prints(HIGH, moved)
    assert len(set(twice)) == 2
    assert twice[:1] == prints(HIGH)
    others = (HIGH._replace(path=b'other'), HIGH._replace(token_sha256='9' * 64))
    assert len({*prints(HIGH), *prints(others[0]), *prints(others[1])}) == 3


@pytest.mark.parametrize(('finding', 'kind'), ((INLINE, 'inSource'), (ACCEPTED, 'external')))
def test_sarif_suppressions(finding: Finding, kind: str) -> None:
    [only] = run(CLEAN._replace(suppressed=(finding,)), verbose=True)['results']
    assert only['suppressions'] == [{'kind': kind, 'status': 'accepted', 'justification': finding.suppressed}]


def test_sarif_says_which_repository() -> None:
    assert run(SAMPLE)['versionControlProvenance'] == [{
        'repositoryUri': 'https://host.example/team/repo', 'revisionId': '12ab' * 10, 'branch': 'main',
        'mappedTo': {'uriBaseId': '%SRCROOT%'},
    }]
    assert 'versionControlProvenance' not in run(SAMPLE._replace(run=RUN._replace(remote=None)))
    assert run(SAMPLE)['automationDetails'] == {'id': 'pina-scan/history/'}


def test_sarif_text_has_no_placeholder_and_no_link() -> None:
    assert 'Inside it: in\\[1\\]/{{0}}.tar!c.env, line 1, column 2.' in result(PACKED)['message']['text']


def test_sarif_keeps_to_what_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = as_sarif.render(many(25_010))
    log = json.loads(text)
    github(text, log)
    levels = [item['level'] for item in log['runs'][0]['results']]
    assert levels == sorted(levels)
    said = log['runs'][0]['invocations'][0]['toolExecutionNotifications'][0]
    assert said['descriptor']['id'] == 'left-out'
    assert said['message']['text'].startswith('10 findings of the least confidence left out')
    monkeypatch.setattr(as_sarif, 'MOST_PACKED', 20_000)
    cut = json.loads(as_sarif.render(many(1000)))['runs'][0]
    assert 0 < len(cut['results']) < 1000
    assert {item['level'] for item in cut['results']} == {'error'}


def test_sarif_is_not_all_notifications() -> None:
    notes = run(CLEAN._replace(unread=((b'x', 'y'),) * 1234))['invocations'][0]['toolExecutionNotifications']
    assert len(notes) == 1001
    assert notes[-1]['message']['text'] == '234 paths more could not be read in full.'


# the others

def test_gitlab_without_a_commit() -> None:
    bare = SAMPLE._replace(findings=(HIGH,), run=RUN._replace(revision=None))
    assert json.loads(as_gitlab.render(bare))['vulnerabilities'][0]['location']['commit'] == {'sha': '0000000'}


def test_junit_of_a_clean_run_passes_one_case() -> None:
    assert '<testcase name="no token"' in as_junit.render(CLEAN)
    assert '<testcase name="no token"' not in as_junit.render(SAMPLE)


@pytest.mark.parametrize(
    ('name', 'cell'), (
        ('a', 'a'), ('a-b', 'a-b'), ('a;b', 'a;b'), ('a,"b"', 'a,"b"'),
        ('=1+1', "'=1+1"), ('+1', "'+1"), ('-1', "'-1"), ('@x', "'@x"), (' =1', "' =1"), ('"=1', "'\"=1"), ('＝1', "'＝1"),
        ('a;=1', "a;'=1"), ('a; -1', "a;' -1"), ('\t=1', '\\t=1'), ('a\n=1', 'a\\n=1'),
    ),
)
def test_csv_cells(name: str, cell: str) -> None:
    text = as_csv.render(CLEAN._replace(findings=(HIGH._replace(path=name.encode()),)))
    assert list(csv.DictReader(io.StringIO(text, newline='')))[0]['path'] == cell


@pytest.mark.parametrize('name', (
    'a|b', 'a\\|<img src=x>|', '`', '``a`', ' a ', '<b>', '@team', '#1', '![x](y)',
    'www.host.example', 'https://host.example', '*a*', '_a_', 'a_b',
    '&amp;',
))
def test_markdown_shows_a_name_as_it_is(name: str) -> None:
    finding = OLD._replace(path=name.encode(), note=name, origin=OLD.origin and OLD.origin._replace(exposure=name))
    text = as_markdown.render(SAMPLE._replace(findings=(finding,), unread=((name.encode(), name),), notices=(name,)))
    VALIDATORS['markdown'](text, SAMPLE)
    shown = page(text).text
    assert shown.count(name.strip()) + shown.count(name.strip().replace('|', '\\x7c')) >= 5


def test_markdown_keeps_within_what_it_may_have() -> None:
    whole = as_markdown.render(many(5000))
    small = as_markdown.render(many(5000), most=50_000)
    assert len(small.encode()) <= 50_000
    assert small.startswith(whole.split('\n\n')[0])
    assert 'And 4,700 findings more.' in small
    VALIDATORS['markdown'](small, SAMPLE)

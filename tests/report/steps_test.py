from __future__ import annotations

import pytest

from pina_scan.records import Finding
from pina_scan.report.reach import REACHES
from pina_scan.report.steps import _BY_REACH
from pina_scan.report.steps import general
from pina_scan.report.steps import steps
from pina_scan.report.tokens import by_token
from tests.helpers import pages

DOES = {
    'file': [
        'Take it out of the file.', 'See whether it was ever committed.', 'If it has ever left this machine, make a new token.',
    ],
    'remote': [
        'Make a new token.', 'Put the new one where the old one is used.', 'Take it out of the file.',
        'Look at what was sent with it.', 'If it has to go from the history too: rewrite it, once the old token is dead.',
    ],
    'local': [
        'Do not push.', 'Take it out of the commits that have it.', 'Have git forget what it replaced.', 'See that it is gone.',
        'If it has ever left this machine, make a new token.',
    ],
    'staged': [
        'Take it out of the file, and stage the file again.', 'Have git drop it.', 'See that it is gone.',
        'If it has ever left this machine, make a new token.',
    ],
    'stash': [
        'Drop the stash that has it.', 'Have git drop it.', 'See that it is gone.',
        'If it has ever left this machine, make a new token.',
    ],
    'dangling': ['Have git drop it.', 'See that it is gone.', 'If it has ever left this machine, make a new token.'],
}


def typed(*findings: Finding) -> list[str]:
    [token] = by_token(findings)
    return [line for step in steps(token) for line in step.types]


def test_every_reach_has_its_steps() -> None:
    assert _BY_REACH.keys() == REACHES.keys()


@pytest.mark.parametrize('reach', DOES)
def test_in_order(reach: str) -> None:
    origin = None if reach == 'file' else pages.THERE._replace(reach=reach)
    [token] = by_token([pages.finding(origin=origin)])
    assert [step.does for step in steps(token)] == DOES[reach]


@pytest.mark.parametrize(('refs', 'dropped'), (
    ((), ['0']), (('refs/stash',), ['0']), (('stash@{2}',), ['2']), (('refs/stash', 'stash@{1}', 'stash@{12}'), ['12', '1', '0']),
))
def test_the_stash_that_has_it(refs: tuple[str, ...], dropped: list[str]) -> None:
    found = pages.finding(origin=pages.THERE._replace(reach='stash', refs=refs))
    assert [line for line in typed(found) if ' drop ' in line] == [f'git stash drop stash@{{{number}}}' for number in dropped]


def test_a_dummy_is_no_leak_however_far_it_got() -> None:
    [token] = by_token([pages.finding(confidence='placeholder', origin=pages.THERE)])
    assert [step.does for step in steps(token)] == ['Nothing has leaked.', 'Use one that passes.', 'Or let dummies pass.']


@pytest.mark.parametrize(
    ('path', 'line'), (
        (b'a/b.env', '$EDITOR +3 a/b.env'),
        (b'a b.env', "$EDITOR +3 'a b.env'"),
        (b'$(x)', "$EDITOR +3 '$(x)'"),
        (b"it's", """$EDITOR +3 'it'"'"'s'"""),
        (b'-x', '$EDITOR +3 ./-x'),
        # no editor opens these
        (b'-', None), (b' x', None), (b'x\ny', None), (b'\xff', None), ('é'.encode(), None),
    ),
)
def test_what_to_type_for_a_file(path: bytes, line: str | None) -> None:
    assert typed(pages.finding(path=path)) == [*([line] if line is not None else []), 'pina-scan history']


def test_no_editor_opens_a_name_or_what_is_packed() -> None:
    assert typed(pages.finding(line=None)) == typed(pages.finding(path=b'x.zip!a', inner=2)) == ['pina-scan history']


def test_few_places_are_named() -> None:
    places = [pages.finding(path=b'%d' % number) for number in range(5)]
    [token] = by_token(places)
    assert typed(*places) == [*(f'$EDITOR +3 {number}' for number in range(3)), 'pina-scan history']
    assert '2 more places are below.' in steps(token)[0].why


def test_what_holds_for_all_names_no_place() -> None:
    [token] = by_token([pages.finding(origin=pages.LOCAL)])
    assert f'git rebase --interactive {pages.commit(4)[:12]}^' in [line for step in steps(token) for line in step.types]
    assert [line for step in general(token) for line in step.types if 'rebase' in line or 'EDITOR' in line] == []

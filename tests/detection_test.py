"""The detection benchmark's corpus, once over: each variant of each class as one file, and pina-scan alone."""
from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from benchmarks.detection import corpus
from benchmarks.detection import own
from benchmarks.detection import plot
from benchmarks.detection import samples
from benchmarks.detection import score
from benchmarks.detection.samples import Sample

SEED = 7
TOO_OLD = 'a database, which is read with Python 3.11 or newer'


@pytest.fixture(scope='module')
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Sample], own.Judged]]:
    folder = str(tmp_path_factory.mktemp('corpus'))
    made = corpus.write(folder, [*corpus.leaks(SEED, 1), *corpus.harmless(SEED, 1)])
    yield made, own.judge((sys.executable, '-m', 'pina_scan'), folder, made)


@pytest.mark.parametrize('group', [one.name for one in corpus.CLASSES])
def test_every_leak_is_found(judged: tuple[dict[str, Sample], own.Judged], group: str) -> None:
    made, result = judged
    missed = {(made[name].variant, words) for name, words in result.misses.items() if made[name].group == group}
    assert missed == set()
    samples_of = sum(one.group == group for one in made.values())
    assert sum(made[name].group == group for name in result.hits) == samples_of >= 15


def test_nothing_else_is_reported(judged: tuple[dict[str, Sample], own.Judged]) -> None:
    made, result = judged
    assert {name: words for name, words in result.alarms.items() if made[name].token is None} == {}
    unread = {made[name].variant: words for name, words in result.unread.items()}
    if not hasattr(sqlite3.Connection, 'deserialize'):
        unread = {variant: words for variant, words in unread.items() if words != TOO_OLD}
    assert unread == {}


def test_the_same_seed_makes_the_same_files() -> None:
    def made() -> list[Sample]:
        # py7zr writes the time of day
        wanted = corpus.leaks(3, 1, ('escapes', 'archives', 'wrapped'))
        return [one for one in wanted if not one.variant.startswith(('7z', 'nested'))]
    assert made() == made()


def test_samples_differ_from_turn_to_turn() -> None:
    made = list(corpus.leaks(3, 3, ('literals',)))
    assert len({one.token for one in made}) == len({one.name for one in made}) == len(made)


@pytest.mark.parametrize(
    ('data', 'encoding', 'line', 'column'), (
        (samples.MARK, 'utf-8', 1, 1),
        (b'\xef\xbb\xbf' + samples.MARK, 'utf-8', 1, 1),
        (b'a\r\nb\rc\n' + samples.MARK + b'x', 'utf-8', 4, 1),
        ('é🔑 '.encode() + samples.MARK, 'utf-8', 1, 4),
        (b'\xff\xfea\0\n\0b\0' + samples.MARK, 'utf-16-le', 2, 2),
    ),
)
def test_places(data: bytes, encoding: str, line: int, column: int) -> None:
    assert samples.cut(data, encoding) == (data.replace(samples.MARK, b''), line, column)


def _sample(name: str, group: str, token: bytes | None = b'x') -> Sample:
    return Sample(group, group if token else 'words', name, b'', token)


def test_tables_and_picture() -> None:
    leaks = {name: _sample(name, group) for name, group in (('a', 'escapes'), ('b', 'escapes'), ('c', 'base32'))}
    harmless = {'h': _sample('h', 'harmless', None)}
    scores = [
        score.score('pina-scan', frozenset('abc'), leaks, harmless),
        score.score('a peer and a rule', frozenset('bh'), leaks, harmless),
        score.score('another', frozenset(), leaks, harmless),
    ]
    counts = score.sizes(leaks, harmless)
    rows = score.recall_rows(scores, counts)
    assert rows == [
        ['class', 'samples', 'pina-scan', 'a peer and a rule', 'another'],
        ['Escapes', '2', '1.000', '0.500', '0.000'],
        ['base32', '1', '1.000', '0.000', '0.000'],
        ['all', '3', '1.000', '0.333', '0.000'],
        ['precision', '', '1.000', '0.500', '-'],
    ]
    assert score.alarm_rows(scores, counts)[1:] == [['words', '1', '0', '1', '0'], ['all', '1', '0', '1', '0']]
    picture = ElementTree.fromstring(plot.draw(rows))
    words = [node.text for node in picture.iter('{http://www.w3.org/2000/svg}text')]
    assert words[:5] == ['pina-scan', 'a peer', 'and a rule', 'another', 'Escapes']


@pytest.mark.parametrize(('part', 'whole', 'shown'), ((0, 3, '0.000'), (1, 3, '0.333'), (4999, 5000, '0.999'), (5, 5, '1.000')))
def test_no_share_is_rounded_to_one(part: int, whole: int, shown: str) -> None:
    assert score.share(part, whole) == shown


def test_there_are_many_variants_of_each_class() -> None:
    assert {one.name: len(one.writers) for one in corpus.CLASSES if len(one.writers) < 20} == {}

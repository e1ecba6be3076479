"""Recall by class, and alarms by kind of harmless file, of every tool."""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from benchmarks.detection.corpus import CLASSES
from benchmarks.detection.samples import Sample


class Score(NamedTuple):
    """Of one tool: for each class how many of its samples were found, for each harmless one how many raised an alarm;
    `wrong` is what was told beside the token of a sample that has one, where that is known."""

    title: str
    found: dict[str, int]
    alarmed: dict[str, int]
    wrong: int = 0

    @property
    def precision(self) -> float | None:
        """Of all that it told, the share that was a token; None if it told nothing."""
        told = sum(self.found.values()) + sum(self.alarmed.values()) + self.wrong
        return sum(self.found.values()) / told if told else None


class Sizes(NamedTuple):
    """How many samples each class has."""

    leaks: dict[str, int]
    harmless: dict[str, int]


def sizes(leaks: Mapping[str, Sample], harmless: Mapping[str, Sample]) -> Sizes:
    return Sizes(dict(Counter(one.group for one in leaks.values())), dict(Counter(one.variant for one in harmless.values())))


def score(title: str, reported: frozenset[str], leaks: Mapping[str, Sample], harmless: Mapping[str, Sample],
    wrong: int = 0) -> Score:
    """`reported` are names of samples."""
    found = Counter(one.group for name, one in leaks.items() if name in reported)
    alarmed = Counter(one.variant for name, one in harmless.items() if name in reported)
    return Score(title, dict(found), dict(alarmed), wrong)


def recall_rows(scores: list[Score], counts: Sizes) -> list[list[str]]:
    made = [['class', 'samples', *(score.title for score in scores)]]
    for one in CLASSES:
        if one.name in counts.leaks:
            samples = counts.leaks[one.name]
            made.append([one.title, str(samples), *(share(score.found.get(one.name, 0), samples) for score in scores)])
    everything = sum(counts.leaks.values())
    made.append(['all', str(everything), *(share(sum(score.found.values()), everything) for score in scores)])
    made.append(['precision', '', *(f'{score.precision:.3f}' if score.precision is not None else '-' for score in scores)])
    return made


def alarm_rows(scores: list[Score], counts: Sizes) -> list[list[str]]:
    made = [['harmless', 'files', *(score.title for score in scores)]]
    for variant, files in counts.harmless.items():
        made.append([variant, str(files), *(str(score.alarmed.get(variant, 0)) for score in scores)])
    made.append(['all', str(sum(counts.harmless.values())), *(str(sum(score.alarmed.values())) for score in scores)])
    return made


def share(part: int, whole: int) -> str:
    """Three digits, and never 1.000 for less than all."""
    return '1.000' if part == whole else f'{min(part / whole, 0.999):.3f}'

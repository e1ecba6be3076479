"""The labelled corpus: every class, each of its variants so many times, from one seed."""
from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.detection import refresh
from benchmarks.detection import samples
from benchmarks.detection import surroundings
from benchmarks.detection.archives import ARCHIVES
from benchmarks.detection.base64_texts import BASE64
from benchmarks.detection.base64_uses import BASE64_USES
from benchmarks.detection.characters import CHARACTERS
from benchmarks.detection.documents import DOCUMENTS
from benchmarks.detection.escapes import ESCAPES
from benchmarks.detection.everyday import EVERYDAY
from benchmarks.detection.harmless import HARMLESS
from benchmarks.detection.invisible import INVISIBLE
from benchmarks.detection.layers import LAYERS
from benchmarks.detection.literals import LITERALS
from benchmarks.detection.numbers import BASE32
from benchmarks.detection.numbers import NUMBERS
from benchmarks.detection.random_data import RANDOM
from benchmarks.detection.refresh import REFRESH
from benchmarks.detection.samples import Sample
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer
from benchmarks.detection.wrapped import WRAPPED


class Class(NamedTuple):
    """`writers` by variant; `token` makes what they write."""

    name: str
    title: str
    writers: dict[str, Writer]
    token: Callable[[random.Random], bytes] = samples.token


CLASSES = (
    Class('characters', 'UTF-8, UTF-16, UTF-32, mixed', CHARACTERS),
    Class('escapes', 'Escapes', ESCAPES),
    Class('base64', 'base64', {**BASE64, **BASE64_USES}),
    Class('base32', 'base32', BASE32),
    Class('numbers', 'Hexadecimal, decimal arrays, dumps', NUMBERS),
    Class('layers', 'Two encodings, armor', LAYERS),
    Class('literals', 'Split over literals', {**LITERALS, **EVERYDAY}),
    Class('wrapped', 'Split over lines and arrays', WRAPPED),
    Class('invisible', 'Invisible signs, colours, tags', INVISIBLE),
    Class('archives', 'Archives, compressed files', ARCHIVES),
    Class('documents', 'Documents, databases, pickles', DOCUMENTS),
    Class('refresh', 'Refresh tokens', REFRESH, refresh.token),
)


#: each variant of these is a class of its own in the table
HARMLESS_CLASSES = (
    Class('harmless', 'Words, code, lists', HARMLESS),
    Class('random', 'Random data', RANDOM),
)


def harmless(seed: int, times: int) -> Iterator[Sample]:
    """Files without a token; as many as `leaks` has of a variant."""
    for one in HARMLESS_CLASSES:
        for variant, writer in one.writers.items():
            for turn in range(times):
                text = writer(random.Random(f'{seed} {one.name} {variant} {turn}'), b'')
                yield Sample(one.name, variant, f'{one.name}/{_file_name(variant)}-{turn}{text.suffix}', text.data)


def leaks(seed: int, times: int, only: Iterable[str] = ()) -> Iterator[Sample]:
    """A file for each variant of each class, `times` times, each from a seed of its own: one more variant changes no other."""
    wanted = set(only)
    for one in CLASSES:
        if wanted and one.name not in wanted:
            continue
        for variant, writer in one.writers.items():
            for turn in range(times):
                yield _sample(one, variant, writer, random.Random(f'{seed} {one.name} {variant} {turn}'), turn)


def _sample(one: Class, variant: str, writer: Writer, draw: random.Random, turn: int) -> Sample:
    token = one.token(draw)
    text = writer(draw, token)
    name = f'{one.name}/{_file_name(variant)}-{turn}'
    if text.place is not None:
        return Sample(one.name, variant, name + text.suffix, text.data, token, *text.place)
    text = _whole(draw, text)
    if text.encoding == 'mixed':
        # which line it is depends on what is taken for the end of one
        return Sample(one.name, variant, name + text.suffix, text.data.replace(samples.MARK, b''), token)
    data, line, column = samples.cut(text.data, text.encoding)
    return Sample(one.name, variant, name + text.suffix, data, token, line, column)


def _file_name(variant: str) -> str:
    return re.sub('[^a-z0-9]+', '-', variant.lower()).strip('-')


def _whole(draw: random.Random, text: Text) -> Text:
    if not text.block and not text.alone:
        text = surroundings.beside(draw, text)
    if not text.alone:
        text = surroundings.among(draw, text)
    return text


def write(folder: str, made: Iterable[Sample]) -> dict[str, Sample]:
    """Each sample as a file below `folder`; the samples by their names."""
    by_name: dict[str, Sample] = {}
    for sample in made:
        name = sample.name
        if name in by_name:
            stem, dot, suffix = name.rpartition('.')
            number = 2
            while name in by_name:
                name = f'{stem}-{number}{dot}{suffix}'
                number += 1
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(sample.data)
        by_name[name] = sample._replace(name=name)
    return by_name

"""The fuzz targets without a fuzzer: what it starts from, and that with some bytes changed."""
from __future__ import annotations

import random

import pytest

from tests.fuzz import checks
from tests.fuzz.targets import TARGETS
from tests.fuzz.targets import seeds

_INPUTS = 40
#: py7zr takes a third of a second to write an archive.
_FEW = 5
_EVERY = {'7z': 4}
#: Targets that hold what they make against something other than `found`.
OWN_CHECKS = {'delta', 'index', 'pack', 'names'}


def _changed(name: str) -> list[bytes]:
    draw = random.Random(name)
    made = []
    for _ in range(_FEW if name == '7z' else _INPUTS):
        data = bytearray(draw.choice(seeds()))
        for _ in range(draw.randint(1, 6)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        made.append(bytes(data) + draw.randbytes(draw.randrange(200)))
    return made


@pytest.mark.parametrize('name', TARGETS)
def test_what_holds_for_any_bytes(name: str) -> None:
    for data in (b'', *seeds()[:12:_EVERY.get(name, 1)], *_changed(name)):
        TARGETS[name](data)


def test_every_branch_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target that only ever scans noise would pass as well."""
    written: list[bytes] = []
    monkeypatch.setattr(checks, 'found', written.append)
    for name in TARGETS:
        before = len(written)
        for data in seeds()[:12]:
            TARGETS[name](data)
        assert len(written) - before >= (0 if name in OWN_CHECKS else 2), name


@pytest.mark.parametrize(
    ('text', 'held'), (
        (checks.TOKEN.decode(), True),
        (checks.TOKEN[20:50].decode(), True),
        (checks.TOKEN[:9].decode() + '…(96)', False),
        ('', False),
    ),
)
def test_what_counts_as_a_told_token(text: str, held: bool) -> None:
    assert checks.holds_token(text) is held


def test_work_without_end_is_ended() -> None:
    with pytest.raises(checks.TooMuchWork), checks.bounded(0):
        while True:
            len('')


def test_a_token_that_is_not_found_is_said() -> None:
    with pytest.raises(AssertionError, match='the token is not found'):
        checks.found(b'nothing')

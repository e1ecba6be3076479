"""Every format's whole output for one report that has everything in it, as the files of tests/golden have it.

`python -m tests.report.golden_test` writes them anew; what changed is to be read before it is committed.
"""
from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from pina_scan.records import Report
from pina_scan.report.formats import FORMATS
from tests.helpers.reports import CLEAN
from tests.helpers.reports import SAMPLE

GOLDEN = Path(__file__).parents[1] / 'golden'
REPORTS = {'sample': SAMPLE, 'clean': CLEAN}


def rendered(form: str, report: Report) -> bytes:
    text: str = import_module(FORMATS[form]).render(report, verbose=True)
    return text.encode('utf-8', 'backslashreplace')


@pytest.mark.parametrize('form', FORMATS)
@pytest.mark.parametrize('name', REPORTS)
def test_whole(name: str, form: str) -> None:
    assert rendered(form, REPORTS[name]) == (GOLDEN / f'{name}.{form}').read_bytes()


def test_no_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f'{name}.{form}' for name in REPORTS for form in FORMATS}


if __name__ == '__main__':
    for form in FORMATS:
        for name, report in REPORTS.items():
            (GOLDEN / f'{name}.{form}').write_bytes(rendered(form, report))

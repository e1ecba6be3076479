"""docs/reports.md against the tables: every format, every CI system."""
from __future__ import annotations

import re
from pathlib import Path

from pina_scan.cli.annotate import SYSTEMS
from pina_scan.report.formats import FORMATS

PAGE = (Path(__file__).parents[2] / 'docs' / 'reports.md').read_text()


def test_formats() -> None:
    told = re.findall(r'^\| `(\w+)` \|', PAGE, re.MULTILINE)
    assert sorted(FORMATS) == sorted(name for name in told if name in FORMATS)
    assert set(told) - set(FORMATS) <= {'html'}
    assert set(re.findall(r'(?<![\w.-])(\w+)=[\w./-]+\.(?:sarif|md|json|xml|csv)', PAGE)) <= set(FORMATS)


def test_systems() -> None:
    section = PAGE.split('## In CI')[1]
    assert re.findall(r'^\| [\w ]+ \| `(\w+)` \|', section, re.MULTILINE) == [system.variable for system in SYSTEMS.values()]
    assert all(f'`{name}`' in section for name in SYSTEMS)

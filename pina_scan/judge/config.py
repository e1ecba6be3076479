"""What a run is told beside what to scan: the values of a config, and their defaults."""
from __future__ import annotations

from typing import NamedTuple

from pina_scan.records import Limits


class Config(NamedTuple):
    """`jobs` is the number of processes; 0: as many as there are processors. `report` has FORMAT=FILE for each more."""

    exclude: tuple[str, ...] = ()
    placeholders: str = 'fail'
    inline_allow: bool = True
    baseline: str = '.pina-scan-baseline'
    format: str = 'text'
    report: tuple[str, ...] = ()
    color: str = 'auto'
    ci: str = 'auto'
    verbose: bool = False
    quiet: bool = False
    jobs: int = 0
    limits: Limits = Limits()

"""A run that nobody told anything, and that finds nothing: said without a session, a config and the reports.

They take longer to load than some staged files to scan.
"""
from __future__ import annotations

import os
import sys

from pina_scan.cli.root import config_file
from pina_scan.cli.stdout import write_stdout
from pina_scan.report.sums import NO_TOKEN
from pina_scan.report.sums import gone_through

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from pina_scan.pipeline import Totals

#: What a config calls it that says nothing else.
BASELINE = '.pina-scan-baseline'
#: Set within the systems that a report is annotated for: `annotate` has the table.
SYSTEMS = ('GITHUB_ACTIONS', 'TF_BUILD', 'GITLAB_CI', 'BUILDKITE', 'TEAMCITY_VERSION')


def plain(given: Mapping[str, Any], root: bytes) -> bool:
    """Whether there are no options, no config and no baseline, which may have a word on what isn't found too."""
    return given.keys() <= {'command'} and config_file(root) is None and not os.path.lexists(
        os.path.join(os.fsdecode(root), BASELINE),
    )


def unadorned(environ: Mapping[str, str]) -> bool:
    """Whether the report is text as it is: no colour, and nothing around it that a CI system reads."""
    return not sys.stdout.isatty() and not any(environ.get(name) for name in SYSTEMS)


def say(totals: Totals, seconds: float) -> None:
    """The whole text report of a clean run. Raises ReportError."""
    write_stdout(f'{NO_TOKEN}{gone_through(totals.files, totals.bytes, seconds)}.\n'.encode())

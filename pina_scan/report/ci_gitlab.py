"""GitLab CI: a section of the job's log that can be folded. Findings in its pages come from report files alone."""
from __future__ import annotations

import calendar
import time

from pina_scan.records import Report
from pina_scan.report.sentences import sums

_SECTION = 'pina_scan'


def around(report: Report) -> tuple[str, str]:
    """What goes before the text and what behind it."""
    start = f'\x1b[0Ksection_start:{_seconds(report.run.began)}:{_SECTION}\r\x1b[0Kpina-scan: {sums(report)}\n'
    return start, f'\x1b[0Ksection_end:{_seconds(report.run.ended)}:{_SECTION}\r\x1b[0K\n'


def _seconds(moment: str) -> int:
    return calendar.timegm(time.strptime(moment, '%Y-%m-%dT%H:%M:%SZ'))

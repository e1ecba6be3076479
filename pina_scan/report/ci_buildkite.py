"""Buildkite: a group of the job's log, open where something was found. Its pages are written to by its agent alone."""
from __future__ import annotations

from pina_scan.records import Report
from pina_scan.report.sentences import sums


def around(report: Report) -> tuple[str, str]:
    """What goes before the text and what behind it. A group ends where the next one begins."""
    mark = '+++' if report.findings or report.unread else '---'
    return f'{mark} pina-scan: {sums(report)}\n', ''

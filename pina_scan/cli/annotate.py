"""What a CI system shows of a run beside the log: found by its environment, or named by `--ci`."""
from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from pina_scan.records import Report


class System(NamedTuple):
    """`variable` is set within it, `workspace` is the one that names the folder its paths are from."""

    variable: str
    workspace: str
    module: str


SYSTEMS = {
    'github': System('GITHUB_ACTIONS', 'GITHUB_WORKSPACE', 'pina_scan.report.ci_github'),
    'azure': System('TF_BUILD', 'BUILD_SOURCESDIRECTORY', 'pina_scan.report.ci_azure'),
    'gitlab': System('GITLAB_CI', 'CI_PROJECT_DIR', 'pina_scan.report.ci_gitlab'),
    'buildkite': System('BUILDKITE', '', 'pina_scan.report.ci_buildkite'),
    'teamcity': System('TEAMCITY_VERSION', '', 'pina_scan.report.ci_teamcity'),
}
CHOICES = ('auto', 'off', *SYSTEMS)
#: GitHub's: a job summary that is larger is not shown at all.
_MOST = 1 << 20


def annotated(text: str, report: Report, wish: str, environ: Mapping[str, str]) -> str:
    """The text for a log with what the system it runs in reads out of one; the summary goes where that shows it."""
    name = wish if wish in SYSTEMS else _found(environ) if wish == 'auto' else None
    if name is None or not text:
        return text
    system = SYSTEMS[name]
    placed = _placed(report, environ.get(system.workspace, ''))
    before: str
    after: str
    before, after = __import__(system.module, fromlist=['around']).around(placed)
    return before + text + after + _summary(name, placed, environ)


def _found(environ: Mapping[str, str]) -> str | None:
    said = {name: environ.get(system.variable, '').lower() for name, system in SYSTEMS.items()}
    return next((name for name, value in said.items() if value not in ('', 'false')), None)


def _placed(report: Report, workspace: str) -> Report:
    """The report with paths from the workspace: a repository may be checked out below it."""
    top = os.fsencode(os.path.realpath(workspace)) if os.path.isabs(workspace) else b''
    run = report.run
    if top and os.path.realpath(run.root).startswith(top.rstrip(b'/') + b'/'):
        return report._replace(run=run._replace(root=top, cwd=os.path.realpath(run.cwd)))
    return report


def _summary(name: str, report: Report, environ: Mapping[str, str]) -> str:
    """Writes the summary; what the log needs for it. That none could be written changes nothing of what was found."""
    from pina_scan.report.as_markdown import render

    try:
        if name == 'github' and environ.get('GITHUB_STEP_SUMMARY'):
            with open(environ['GITHUB_STEP_SUMMARY'], 'ab') as file:
                left = _MOST - os.fstat(file.fileno()).st_size
                data = render(report, most=left - 1).encode('utf-8', 'backslashreplace')
                if len(data) < left:
                    file.write(data + b'\n')
        elif name == 'azure' and environ.get('AGENT_TEMPDIRECTORY'):
            from pina_scan.report.ci_azure import summary

            path = os.path.join(environ['AGENT_TEMPDIRECTORY'], f'pina-scan-{os.urandom(8).hex()}.md')
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), 'wb') as file:
                file.write(render(report, most=_MOST).encode('utf-8', 'backslashreplace'))
            return summary(path)
    except OSError as error:
        return f'note: the summary could not be written: {error.strerror}\n'
    return ''

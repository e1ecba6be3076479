"""`pina-scan ci`: works out by the environment what a CI job is about, and scans that."""
from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from pina_scan.ci.event import event
from pina_scan.ci.plan import Plan
from pina_scan.ci.plan import plan
from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.boundary import say
from pina_scan.cli.options import Parser
from pina_scan.cli.options import common
from pina_scan.cli.redaction import said
from pina_scan.cli.stdout import write_stdout
from pina_scan.errors import UsageError
from pina_scan.git.repository import Repository
from pina_scan.git.repository import inspect
from pina_scan.git.run import Git
from pina_scan.git.run import run
from pina_scan.report.names import visible
from pina_scan.source.added import arguments
from pina_scan.source.added import goes_on

_MODES = ('auto', 'range', 'history', 'tree')
#: No payload of GitHub's is as large: 25 MB is the limit of its webhooks.
_LARGEST = 1 << 26


def parser() -> Parser:
    made = Parser(
        prog='pina-scan ci',
        usage='pina-scan ci [options] [PATH ...]',
        description=(
            'Scans what a CI job is about: what a push or a pull request adds, or all history for a scheduled run. Knows GitHub '
            'Actions, GitLab CI, Azure Pipelines, Bitbucket, Buildkite, CircleCI and Jenkins by their environment.'
        ),
    )
    made.add_argument(
        '--mode', choices=_MODES, default='auto',
        help=(
            'auto: by the event (default); range: by the event, which has to be about a change; history: everything git keeps; '
            'tree: what is checked out'
        ),
    )
    made.add_argument('--range', metavar='RANGE', help='arguments of git rev-list, instead of what the event says')
    made.add_argument('--print', dest='show', action='store_true', help='say what would be scanned, and scan nothing')
    made.add_argument('paths', metavar='PATH', nargs='*', help='for a tree: only those')
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    made = parser()
    common(made)
    options = made.parse_args(args)
    chosen = _plan(options.mode, options.range, options.paths, environ)
    told = f'pina-scan ci: {chosen.why}.'
    if options.show:
        write_stdout(f'{visible(said(told))}\n'.encode('utf-8', 'backslashreplace'))
        return CLEAN
    # standard output is the report's
    say(told)
    passed = _passed(args, options.paths)
    if chosen.mode == 'tree':
        from pina_scan.cli import scan
        return scan.main([*passed, '--', *(options.paths or ['.'])], environ)
    from pina_scan.cli import history
    return history.main([*passed, *chosen.revs], environ)


def _plan(mode: str, revs: str | None, paths: Sequence[str], environ: Mapping[str, str]) -> Plan:
    if revs is not None:
        if mode not in ('auto', 'range') or paths:
            raise UsageError('--range is for a range: leave out --mode and the paths')
        return _asked(inspect(Git(os.getcwdb(), environ)), _words(revs), revs)
    if mode == 'tree' or paths and mode == 'auto':
        return Plan('tree', (), 'what is checked out')
    if paths:
        raise UsageError('paths are for --mode tree')
    if mode == 'history':
        return Plan('history', (), 'everything git keeps')
    found = event(environ, _payload(environ))
    if found is None:
        raise UsageError('no CI system is known by the environment. Give --range, or --mode history or tree.')
    if mode == 'range' and found.whole:
        raise UsageError(f'{found.system}, {found.name}: that is not about a change. Give --range, or --mode auto.')
    return plan(inspect(Git(os.getcwdb(), environ)), found)


def _asked(repository: Repository, words: Sequence[str], revs: str) -> Plan:
    """Never nothing: on the branch itself, what it has more than that branch is nothing."""
    chosen = arguments(repository.git, words)
    listing, _, code = run(repository.git, 'rev-list', '--objects', '--max-count=1', *chosen, ok=(0, 128))
    if code == 0 and not listing and not goes_on(repository, chosen):
        return Plan('tree', (), f'the range {revs}: it adds no commit, so what is checked out')
    return Plan('range', tuple(words), f'the range {revs}')


def _words(revs: str) -> tuple[str, ...]:
    try:
        words = tuple(shlex.split(revs))
    except ValueError as error:
        raise UsageError(f'--range: {error}') from None
    if not words:
        raise UsageError('--range is empty')
    return words


def _payload(environ: Mapping[str, str]) -> Mapping[str, Any]:
    path = environ.get('GITHUB_EVENT_PATH')
    if not environ.get('GITHUB_ACTIONS') or not path:
        return {}
    try:
        with open(path, 'rb') as file:
            found = json.loads(file.read(_LARGEST))
    except (OSError, ValueError) as error:
        raise UsageError(f'the event in GITHUB_EVENT_PATH could not be read: {error}') from None
    return found if isinstance(found, dict) else {}


def _passed(args: Sequence[str], paths: Sequence[str]) -> list[str]:
    """The options for the command that scans: all but those of this one."""
    own = Parser(prog='pina-scan ci', add_help=False)
    own.add_argument('--mode')
    own.add_argument('--range')
    own.add_argument('--print', action='store_true')
    rest = own.parse_known_args(args)[1]
    at = len(rest) - len(paths)
    if rest[at:] != list(paths):
        raise UsageError('paths go last, behind the options')
    return [word for word in rest[:at] if word != '--']

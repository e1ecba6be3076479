"""`pina-scan baseline`: accepts known findings by hash, so that the rest stays visible."""
from __future__ import annotations

import argparse
import datetime
import os
from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.boundary import FOUND
from pina_scan.cli.boundary import WRONG
from pina_scan.cli.options import Parser
from pina_scan.cli.options import given
from pina_scan.cli.options import scanning
from pina_scan.cli.output import replace
from pina_scan.cli.redaction import redacted
from pina_scan.cli.redaction import said
from pina_scan.cli.root import root_of
from pina_scan.cli.scan import results
from pina_scan.cli.session import Results
from pina_scan.cli.session import Session
from pina_scan.cli.stdout import write_stdout
from pina_scan.cli.targets import below
from pina_scan.errors import ConfigError
from pina_scan.errors import UsageError
from pina_scan.judge.baseline import Entry
from pina_scan.judge.baseline import comment
from pina_scan.judge.baseline import render
from pina_scan.report.names import line_start
from pina_scan.report.names import visible

_FILE_MODE = 0o644


def parser() -> Parser:
    made = Parser(prog='pina-scan baseline', description='Accepts known findings by hash and path; holds no token.')
    actions = made.add_subparsers(dest='action', required=True, metavar='create|add|prune|list', parser_class=Parser)
    for name, words in (
            ('create', 'a new baseline of everything that a scan finds now'),
            ('add', 'everything that a scan finds now, beside what is there'),
            ('prune', 'without what has expired or accepts nothing any more'),
            ('list', 'what is in it'),
    ):
        action = actions.add_parser(name, help=words, description=words)
        # what it writes is a baseline, so it takes nothing that is about a report
        scanning(action)
        if name in ('create', 'add'):
            action.add_argument('--reason', default='', help='why it is accepted')
            action.add_argument('--owner', default='', help='who answers for it')
            action.add_argument('--until', type=datetime.date.fromisoformat, metavar='DATE', help='the last day it holds')
            action.add_argument('paths', metavar='PATH', nargs='*', default=['.'])
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    options = parser().parse_args(args)
    session = Session(given(options), root_of(b'.'), environ)
    return ACTIONS[options.action](session, options)


def _create(session: Session, options: argparse.Namespace) -> int:
    if os.path.lexists(session.baseline_path()):
        raise UsageError(f'{session.baseline_path()} is there already. `pina-scan baseline add` adds to it.')
    return _write(session, options, [])


def _add(session: Session, options: argparse.Namespace) -> int:
    return _write(session, options, session.entries())


def _write(session: Session, options: argparse.Namespace, old: Sequence[Entry]) -> int:
    _below(session, options)
    paths = [os.fsencode(path) for path in options.paths]
    found = results(session, paths)
    words = comment(_shown(options.reason), _shown(options.owner), options.until)
    new = [
        Entry(finding.token_sha256, session.place(finding.path), words, options.until)
        for finding in session.settler(old).settle(found.findings) if finding.suppressed is None
    ]
    replace(session.baseline_path(), render([*old, *new]), _FILE_MODE)
    _say(f'{len({(e.sha256, e.path) for e in new})} added to {_shown(session.config.baseline)}.')
    return _unread(found)


def _below(session: Session, options: argparse.Namespace) -> None:
    """A config comes with what is scanned: it says where a baseline is, but has none written elsewhere."""
    if options.baseline is None and below(os.path.realpath(os.fsdecode(session.root)), session.config.baseline) is None:
        raise ConfigError(
            f'the config\'s "baseline" is written below its own folder only, not to {session.config.baseline}. '
            '`--baseline` names any.',
        )


def _prune(session: Session, options: argparse.Namespace) -> int:
    _below(session, options)
    old = session.entries()
    os.chdir(session.root)
    found = results(session, [b'.'])
    if found.unread:
        # an entry may be for what could not be read
        return _unread(found)
    judge = session.settler(old)
    list(judge.settle(found.findings))
    gone = {*judge.expired(), *judge.unused()}
    if gone:
        replace(session.baseline_path(), render(entry for entry in old if entry not in gone), _FILE_MODE)
    _say(f'{len(gone)} removed from {_shown(session.config.baseline)}.')
    return CLEAN


def _list(session: Session, options: argparse.Namespace) -> int:
    old = session.entries()
    expired = session.settler(old).expired()
    for entry in old:
        state = ' (expired)' if entry in expired else ''
        _say(f'{entry.sha256[:12]}  {line_start(redacted(entry.path))}  {_shown(entry.comment)}{state}'.rstrip())
    return FOUND if expired else CLEAN


def _unread(found: Results) -> int:
    for unread in found.unread:
        _say(f'{line_start(unread.path)}: unread: {_shown(unread.reason)}')
    return WRONG if found.unread else CLEAN


def _shown(text: str) -> str:
    """Of who typed it, or of a file that came with the repository."""
    return visible(said(' '.join(text.split())))


def _say(line: str) -> None:
    write_stdout(line.encode('utf-8', 'backslashreplace') + b'\n')


ACTIONS = {'create': _create, 'add': _add, 'prune': _prune, 'list': _list}

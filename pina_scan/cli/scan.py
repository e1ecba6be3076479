"""`pina-scan [scan] [PATH ...]`: a tree, files, or standard input."""
from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from pina_scan.blob import Unread
from pina_scan.cli import lots
from pina_scan.cli.outcome import finish
from pina_scan.cli.root import root_of
from pina_scan.cli.session import Results
from pina_scan.cli.session import Session
from pina_scan.cli.session import collect
from pina_scan.cli.session import joined
from pina_scan.cli.session import tell_as_found
from pina_scan.git.run import Git
from pina_scan.pipeline import finder
from pina_scan.source import stream
from pina_scan.source import tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.cli.options import Parser


def parser() -> Parser:
    from pina_scan.cli.main import COMMANDS
    from pina_scan.cli.options import Parser

    made = Parser(
        prog='pina-scan',
        usage=(
            'pina-scan [scan] [options] [PATH ...]\n'
            f'       pina-scan {" | ".join(list(COMMANDS)[1:7])} |\n'
            f'                 {" | ".join(list(COMMANDS)[7:])}  [--help]'
        ),
        description='Finds leaked Pinterest Conversions API tokens. Never prints, stores or sends one.',
    )
    made.add_argument('paths', metavar='PATH', nargs='*', default=['.'], help='folders, files or - (default: the current folder)')
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    given: dict[str, Any] = {'paths': list(args) or ['.']}
    if any(word.startswith('-') and word != '-' for word in args):
        from pina_scan.cli.options import parse
        given = parse(parser(), args)
    paths = [os.fsencode(path) for path in given['paths']]
    session = Session(given, root_of(next((path for path in paths if path != b'-'), b'.')), environ)
    whole = any(os.path.abspath(path) == session.root for path in paths)
    tell_as_found(session)
    return finish(session, results(session, paths), whole)


def results(session: Session, paths: Sequence[bytes]) -> Results:
    """What a scan of those paths finds, and what of them it could not read."""
    if not sys.stderr.isatty():
        return _results(session, paths)
    from pina_scan.cli.progress import progress
    with progress(session):
        return _results(session, paths)


def _results(session: Session, paths: Sequence[bytes]) -> Results:
    git = Git(os.getcwdb(), session.environ)
    asked = frozenset(path for path in paths if path != b'-')
    names: list[bytes] = []
    unread: list[Unread] = []
    for path in asked and dict.fromkeys(paths):
        for name in () if path == b'-' or session.skip(path) else tree.listing(path, git, session.skip):
            if isinstance(name, Unread):
                unread.append(name)
            else:
                names.append(name)
    # paths may overlap
    names = list(dict.fromkeys(names)) if len(asked) > 1 else names
    if session.meter is not None:
        session.meter.begin(0, len(names))
    found = _spread(session, names, asked)
    if b'-' in paths:
        found = joined((found, collect(session, stream.read(sys.stdin.fileno(), b'-'))))
    if (found.unread or unread) and len(paths) == 1:
        _hint(session, paths[0])
    return joined((found, collect(session, unread)))


def _hint(session: Session, path: bytes) -> None:
    """A command that is spelled otherwise is taken for a path."""
    if not os.path.lexists(path):
        import difflib

        from pina_scan.cli.main import COMMANDS
        near = difflib.get_close_matches(os.fsdecode(path), COMMANDS, n=1)
        session.notices += [f'there is a command of nearly that name: `pina-scan {command}`' for command in near]


def _spread(session: Session, names: Sequence[bytes], asked: frozenset[bytes]) -> Results:
    found = lots.lots(names, asked) if session.config.jobs != 1 else []
    shared = lots.shared(found, names)
    # before there are workers: it is made once for all of them
    finder(lots.much(names, shared))
    if not shared:
        return collect(session, tree.read(names, asked))
    from pina_scan.cli.spread import spread
    from pina_scan.parallel import usable_cpus

    order = lots.order(found)
    in_order: list[Results] = [Results([], [])] * len(found)
    for lot, part in zip(order, spread(session, [found[lot].read for lot in order], session.config.jobs or usable_cpus())):
        in_order[lot] = Results(part.findings, part.unread)
        session.totals.files += part.files
        session.totals.bytes += part.bytes
    return joined(in_order)

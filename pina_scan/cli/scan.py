"""`pina-scan [scan] [PATH ...]`: a tree, files, or standard input."""
from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli.root import root_of
from pina_scan.cli.session import Session
from pina_scan.cli.session import collect
from pina_scan.cli.session import finish
from pina_scan.git.run import Git
from pina_scan.source import stream
from pina_scan.source.tree import tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.cli.options import Parser


def parser() -> Parser:
    from pina_scan.cli.options import Parser

    made = Parser(
        prog='pina-scan',
        usage='pina-scan [scan] [options] [PATH ...]\n       pina-scan hook | staged | baseline | fake  [--help]',
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
    results = collect(session, source(session, paths))
    return finish(session, results, whole=covers(session, paths))


def covers(session: Session, paths: Sequence[bytes]) -> bool:
    return any(os.path.abspath(path) == session.root for path in paths)


def source(session: Session, paths: Sequence[bytes]) -> Iterator[Blob | Unread]:
    git = Git(os.getcwdb(), session.environ)
    for path in paths:
        if path == b'-':
            yield from stream.read(sys.stdin.fileno(), path)
        else:
            yield from tree((path,), git, session.skip)

"""`pina-scan [scan] [PATH ...]`: a tree, files, or standard input."""
from __future__ import annotations

import os
import sys
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
from typing import Any

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli.root import root_of
from pina_scan.cli.session import Results
from pina_scan.cli.session import Session
from pina_scan.cli.session import collect
from pina_scan.cli.session import finish
from pina_scan.git.run import Git
from pina_scan.source import stream
from pina_scan.source import tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.cli.options import Parser
    from pina_scan.records import Finding

    Lot = Callable[[], Iterator[Blob | Unread]]

#: Files that one worker takes at a time; fewer than two such lots are not worth a second process.
_LOT = 256
#: So few files are looked at one by one, for a large one among them.
_FEW = 16
_HEAD = 512


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
    return finish(session, results(session, paths), whole)


def results(session: Session, paths: Sequence[bytes]) -> Results:
    """What a scan of those paths finds, and what of them it could not read."""
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
    found = _spread(session, names, asked)
    if b'-' in paths:
        found = found.joined(collect(session, stream.read(sys.stdin.fileno(), b'-')))
    return found.joined(collect(session, unread))


def _lots(names: Sequence[bytes], asked: frozenset[bytes]) -> list[Lot]:
    """What one worker takes at a time: some hundred files, or, where there are few, a part of a large one."""
    if len(names) > _FEW:
        return [partial(tree.read, names[at:at + _LOT], asked) for at in range(0, len(names), _LOT)]
    from pina_scan.decode.containers import suspect
    from pina_scan.source import parts

    lots: list[Lot] = []
    for name in names:
        cut = parts.parts(name)
        if cut and suspect(Blob(name, parts.head(name, _HEAD))):
            # a container is opened by who reads it from its beginning
            cut = []
        lots += [partial(parts.read, part) for part in cut] or [partial(tree.read, [name], asked)]
    return lots


def _spread(session: Session, names: Sequence[bytes], asked: frozenset[bytes]) -> Results:
    lots = _lots(names, asked) if session.config.jobs != 1 else []
    if len(lots) < 3 or len(lots) == len(names):
        return collect(session, tree.read(names, asked))
    from pina_scan.parallel import fan_out
    from pina_scan.parallel import usable_cpus
    from pina_scan.pipeline import Totals

    def work(lot: int) -> tuple[list[Finding], list[Unread], int, int]:
        session.totals = Totals()
        found = collect(session, lots[lot]())
        return found.findings, found.unread, session.totals.files, session.totals.bytes

    found = Results([], [])
    totals = Totals()
    for findings, unread, count, size in fan_out(len(lots), session.config.jobs or usable_cpus(), work):
        # a folder whose own name has a token is found by every lot with a file below it
        known = {(item.path, item.reason) for item in found.unread}
        found = found.joined(Results(findings, [item for item in unread if (item.path, item.reason) not in known]))
        totals.files += count
        totals.bytes += size
    session.totals = totals
    return found

"""`pina-scan history [RANGE]`: every object of the repository, or only what a range of commits adds."""
from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
from itertools import chain

from pina_scan import __version__
from pina_scan import suspect
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.cli.options import Parser
from pina_scan.cli.options import common
from pina_scan.cli.options import given
from pina_scan.cli.outcome import finish
from pina_scan.cli.progress import READ
from pina_scan.cli.progress import TRACED
from pina_scan.cli.progress import progress
from pina_scan.cli.redaction import redactor
from pina_scan.cli.session import Results
from pina_scan.cli.session import Session
from pina_scan.cli.session import collect
from pina_scan.cli.session import joined
from pina_scan.cli.session import tell_as_found
from pina_scan.cli.spread import spread
from pina_scan.errors import GitError
from pina_scan.errors import NotARepository
from pina_scan.errors import why
from pina_scan.git.graph import EVERYTHING
from pina_scan.git.index import top_level
from pina_scan.git.repository import Repository
from pina_scan.git.repository import inspect
from pina_scan.git.run import Git
from pina_scan.parallel import usable_cpus
from pina_scan.pipeline import finder
from pina_scan.records import Finding
from pina_scan.source import history
from pina_scan.source.added import added
from pina_scan.source.added import arguments
from pina_scan.source.from_git import NAMELESS
from pina_scan.source.history import Survey
from pina_scan.source.known import Known
from pina_scan.source.reading import Reading
from pina_scan.source.submodules import Inner
from pina_scan.source.submodules import git_of
from pina_scan.source.submodules import within

#: So many objects take longer to read than to make what looks through them faster.
_MANY = 1000
#: How often packs are listed again: a repository that is repacked without end is not scanned without end.
_SURVEYS = 5


def parser() -> Parser:
    made = Parser(
        prog='pina-scan history',
        usage='pina-scan history [options] [RANGE ...]',
        description='Scans everything git keeps: every object, reachable or not, and the files beside them.',
    )
    made.add_argument('--no-cache', action='store_true', help='read every pack again, and remember nothing')
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    made = parser()
    common(made)
    # what isn't an option of ours is rev-list's
    options, revs = made.parse_known_args(args)
    cached = not options.no_cache
    repository = inspect(Git(os.getcwdb(), environ))
    session = Session(given(options), top(repository), environ)
    tell_as_found(session, traced=True)
    with progress(session):
        results = _results(session, repository, revs, None if revs else _known(environ, cached))
    enter(session, results)
    return finish(session, without_excluded(session, results))


def _results(session: Session, repository: Repository, revs: Sequence[str], known: Known | None) -> Results:
    if known is None:
        results = in_range(session, repository, arguments(repository.git, revs))
        if not session.totals.files:
            session.notices.append('the range names no commit, so nothing was scanned')
        return results
    own = every_object(session, repository, known)
    return joined((own, *(_submodule(session, repository, inner, known) for inner in within(repository, session.root))))


def enter(session: Session, results: Results) -> None:
    """To where paths of results are from. Also where that was removed meanwhile what was found is told."""
    try:
        os.chdir(session.root)
    except OSError as error:
        results.unread.append(Unread(session.root, why(error)))
        os.chdir(os.sep)


def nothing() -> Results:
    return Results([], [])


def top(repository: Repository) -> bytes:
    """The folder of the config and the baseline: the work tree's, or the repository's own if it is bare."""
    try:
        return top_level(repository.git)
    except NotARepository:
        return os.path.realpath(repository.common)


def _submodule(session: Session, repository: Repository, inner: Inner, known: Known) -> Results:
    """What is in the store that a submodule has below `.git/modules`, or in the work tree."""
    try:
        found = every_object(session, inspect(git_of(repository.git, inner.git_dir)), known)
    except GitError as error:
        return Results([], [Unread(os.path.relpath(inner.git_dir, session.root), str(error))])
    # what is beside its objects was read with the repository's own, if it lies there
    kept = [f for f in found.findings if f.object is not None or not inner.below or os.path.isabs(f.path)]
    return Results(
        [finding._replace(path=_below(inner.name, finding.path)) for finding in kept],
        [Unread(_below(inner.name, item.path), item.reason, item.layers, item.inside) for item in found.unread],
    )


def _below(folder: bytes, path: bytes) -> bytes:
    """An object that has no path is named by its id, which needs no folder."""
    return path if path.startswith((b'commit ', b'tag ', NAMELESS, b'/')) else folder + b'/' + path


def in_range(
        session: Session, repository: Repository, revs: Sequence[str], names: Iterable[Blob | Unread] = (),
) -> Results:
    """What the commits that rev-list gives for `revs` add, and what is in `names`."""
    results = collect(session, chain(names, noticed(session, added(repository, revs))))
    return Results(traced(session, repository, results.findings, revs), results.unread)


def noticed(session: Session, items: Iterable[Blob | Unread]) -> Iterator[Blob | Unread]:
    """Says if what is scanned changes what decides about it: a review has to see that."""
    deciding = {session.place(os.fsencode(path)): path for path in session.deciding()}
    for item in items:
        if deciding.pop(item.path, None) is not None:
            session.notices.append(f'the range changes {os.fsdecode(item.path)}, which says what is excluded and accepted')
        yield item


def every_object(session: Session, repository: Repository, known: Known) -> Results:
    results = Results([], [])
    surveys: list[Survey] = []
    done: set[bytes] = set()
    # packs that git makes meanwhile have the objects of those that it removes
    while not surveys or any(history.new_packs(store, done) for store in surveys[-1].stores) and len(surveys) < _SURVEYS:
        surveys.append(_surveyed(session, repository, known, done, results))
    # a name is reported for one of the trees that have it
    if not any(finding.line is None and finding.object is not None for finding in results.findings):
        ids = {finding.object for finding in results.findings if finding.object is not None}
        for found in surveys:
            history.remember(found, known, ids, results.unread)
    return Results(traced(session, repository, results.findings), results.unread)


def _surveyed(session: Session, repository: Repository, known: Known, done: set[bytes], results: Results) -> Survey:
    """Adds to `results` what is in the packs that are not in `done`, and the first time in all the rest."""
    jobs = session.config.jobs or usable_cpus()
    found = history.survey(repository, suspect.build, jobs, known, done, session.meter)
    reading = Reading(found)
    # before the fork: made once for all workers
    finder(sum(len(wanted.objects) for wanted in found.wanted) > _MANY)
    if session.meter is not None:
        session.meter.begin(READ, 0)

    # an object that two packs have is told of once
    read_by: dict[str, object] = {f.object: None for f in results.findings if f.object is not None}
    for part in spread(session, [partial(reading.piece, number) for number in range(len(reading))], jobs):
        session.totals.bytes += part.bytes
        results.unread.extend(part.unread)
        results.findings.extend(
            finding for finding in part.findings
            if finding.object is None or read_by.setdefault(finding.object, part) is part
        )
    reading.close()
    session.totals.files += found.objects
    session.totals.bytes += found.bytes
    return found


def _known(environ: Mapping[str, str], cached: bool) -> Known:
    """In the user's cache folder, by the XDG base directory specification or macOS's own custom."""
    home = environ.get('HOME', '')
    own = os.path.join(home, *(('Library', 'Caches') if sys.platform == 'darwin' else ('.cache',)))
    folder = os.path.join(environ.get('XDG_CACHE_HOME') or own, 'pina-scan')
    usable = cached and os.path.isabs(folder)
    return Known(os.fsencode(folder) if usable else None, f'{__version__} {suspect.identity()}')


def traced(session: Session, repository: Repository, findings: list[Finding], revs: Sequence[str] = ()) -> list[Finding]:
    if not findings:
        return []
    from pina_scan.source import provenance

    if session.meter is not None:
        session.meter.begin(TRACED, 0)
    try:
        return provenance.traced(repository, findings, redactor(), revs or EVERYTHING, session.config.jobs or usable_cpus())
    except GitError as error:
        session.notices.append(f'git could not say where findings come from: {error}')
        return findings


def without_excluded(session: Session, results: Results) -> Results:
    return Results([finding for finding in results.findings if not session.skip(finding.path)], results.unread)

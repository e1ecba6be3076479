"""Where findings of history came from, and how far they got. Asked only where there is a finding."""
from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.errors import GitError
from pina_scan.git import refs
from pina_scan.git.changes import Change
from pina_scan.git.changes import of_names
from pina_scan.git.changes import of_objects
from pina_scan.git.graph import EVERYTHING
from pina_scan.git.graph import Graph
from pina_scan.git.graph import all_commits
from pina_scan.git.graph import details
from pina_scan.git.graph import graph
from pina_scan.git.graph import leading
from pina_scan.git.repository import Repository
from pina_scan.git.run import output
from pina_scan.git.stores import waits
from pina_scan.records import Finding
from pina_scan.records import Origin
from pina_scan.source.exposure import REMOTE
from pina_scan.source.exposure import STAGED
from pina_scan.source.exposure import UNKNOWN
from pina_scan.source.exposure import Held
from pina_scan.source.exposure import exposure
from pina_scan.source.exposure import is_fetched
from pina_scan.source.exposure import is_stash
from pina_scan.source.forge import link
from pina_scan.source.lives import Brought
from pina_scan.source.lives import Life
from pina_scan.source.lives import Redact
from pina_scan.source.lives import bringers
from pina_scan.source.lives import glob
from pina_scan.source.lives import is_name
from pina_scan.source.lives import lives
from pina_scan.source.lives import told

_SHOWN_REFS = 5
#: What a command line surely takes.
_ARGUMENTS = 1 << 10


class _History(NamedTuple):
    """`order` is each commit's place, the newest's 0, behind them those that nothing reaches; `whole`: git read all."""

    graph: Graph
    order: dict[str, int]
    changes: list[Change]
    named: list[Change]
    whole: bool


class _Place(NamedTuple):
    """What holds for all findings of a repository: what names commits, what HEAD and the index have, where it came from."""

    tips: list[refs.Tip]
    logged: list[refs.Logged]
    heads: set[tuple[bytes, str]]
    folders: set[bytes]
    staged: dict[str, bytes]
    beneath: dict[str, tuple[str, bytes]]
    remotes: list[refs.Remote]
    bare: bool
    cloned: bool


def traced(
        repository: Repository, findings: Sequence[Finding], redact: Redact, revs: Sequence[str] = EVERYTHING, jobs: int = 1,
) -> list[Finding]:
    """The findings with path, commit and origin; those that lie in no object are left as they are.

    `revs` are the arguments of rev-list that lead to them.
    """
    inside = [finding for finding in findings if finding.object is not None]
    if not inside:
        return list(findings)
    place = _place(repository)
    history = _history(repository, inside, revs, jobs, [tip.commit for tip in place.tips if tip.commit and tip.apart])
    paths = {**{name: path for name, (_, path) in place.beneath.items() if path}, **place.staged}
    found = lives(inside, history.changes, history.named, paths, redact)
    stories = [told(life, history.order) for life in found]
    if revs != EVERYTHING:
        history = _afterwards(repository, history, place, found, stories, jobs)
        found = lives(inside, history.changes, history.named, paths, redact)
        stories = [told(life, history.order) for life in found]
    names = [*(tip.commit for tip in place.tips), *(entry.commit for entry in place.logged)]
    led = leading(history.graph, names, (name for life in found for name in bringers(life)))
    rank = _ranked(place, led)
    stories = [told(life, history.order, rank) for life in found]
    who = details(repository.git, (name for story in stories for name in (story.commit, story.removed_by) if name is not None))
    made = []
    for life, story in zip(found, stories):
        commit, removed = who.get(story.commit or ''), who.get(story.removed_by or '')
        origin = Origin(
            commit=story.commit,
            author=commit.author.decode('utf-8', 'surrogateescape') if commit is not None else None,
            date=commit.authored if commit is not None else None,
            removed_by=story.removed_by,
            removed_on=removed.authored if removed is not None else None,
        )
        since = commit.committed[:10] if commit is not None else ''
        mask = 0
        for name in bringers(life):
            mask |= led.get(name, 0)
        made.append(_placed(life, story.finding, origin, history, place, mask, since, redact))
    return [finding for finding in findings if finding.object is None] + made


def _place(repository: Repository) -> _Place:
    remotes = refs.remotes(repository.git)
    heads = set(refs.at_head(repository.git))
    bare = refs.is_bare(repository)
    folders = {path[:at] for path, _ in heads for at in (*_slashes(path), len(path))}
    # `git clone --bare` notes the address and fetches nothing later
    cloned = any(remote.mirror for remote in remotes) or bare and bool(remotes)
    tips = refs.tips(repository)
    return _Place(
        tips, refs.logged(repository), heads, folders, refs.in_indexes(repository), refs.beneath(repository.git, tips),
        remotes, bare, cloned,
    )


def _ranked(place: _Place, led: Mapping[str, int]) -> Callable[[str], int]:
    """How far a commit got, the farthest the lowest: by what leads to it."""
    tips = [(1 << bit, tip.name) for bit, tip in enumerate(place.tips)]
    count = len(tips)
    kinds = (
        sum(bit for bit, name in tips if is_fetched(name)),
        (1 << len(place.logged)) - 1 << count,
        sum(bit for bit, name in tips if name.startswith('refs/tags/')),
        sum(bit for bit, name in tips if not is_stash(name)),
        (1 << count) - 1,
    )

    def rank(commit: str) -> int:
        mask = led.get(commit, 0)
        return next((number for number, kind in enumerate(kinds) if mask & kind), len(kinds))

    return rank


def _slashes(path: bytes) -> Iterable[int]:
    at = path.find(b'/')
    while at >= 0:
        yield at
        at = path.find(b'/', at + 1)


def _history(
        repository: Repository, findings: Sequence[Finding], revs: Sequence[str], jobs: int, apart: Sequence[str],
) -> _History:
    git = repository.git
    made = graph(git, apart)
    order = dict(made.number)
    # a commit's or tag's own text needs no tree
    in_files = [f for f in findings if not is_name(f) and not f.path.startswith((b'commit ', b'tag '))]
    objects = {finding.object for finding in in_files if finding.object is not None}
    globs = sorted({glob(finding.path) for finding in findings if is_name(finding)})
    changes: list[Change] = []
    named: list[Change] = []
    try:
        commits = made.names if revs == EVERYTHING else output(git, 'rev-list', *revs).decode('ascii').split()
        changes += of_objects(git, commits, objects, jobs)
        named += of_names(git, commits, globs, jobs)
        met = {name for change in changes for name in (*change.old, change.new)}
        if revs != EVERYTHING and (objects - met or globs and not named):
            # a merge by its first parent has what other commits brought in, and so has a tree that was named itself
            changes += of_objects(git, made.names, objects - met, jobs)
            named += of_names(git, made.names, globs if not named else [], jobs)
        single = {f.commit for f in findings if f.commit is not None}
        if revs == EVERYTHING and (objects - met or globs and not named or single - order.keys()):
            if waits(repository.objects):
                return _History(made, order, changes, named, False)
            # what no ref and no reflog leads to: commits that were amended or dropped
            dangling = [name for name in all_commits(git) if name not in order]
            changes += of_objects(git, dangling, objects - met, jobs)
            named += of_names(git, dangling, globs, jobs)
            order.update((name, len(made.names) + at) for at, name in enumerate(dangling))
    except GitError:
        return _History(made, order, changes, named, False)
    return _History(made, order, changes, named, made.whole)


def _afterwards(
        repository: Repository, history: _History, place: _Place, found: Sequence[Life], stories: Sequence[Brought], jobs: int,
) -> _History:
    """With what later commits did to what a range brought in: the range may lie in the past."""
    open_ends = [
        (life, story.commit) for life, story in zip(found, stories)
        if story.commit is not None and story.removed_by is None and life.path is not None and not _in_head(life, place)
    ]
    starts = sorted({commit for _, commit in open_ends})[:_ARGUMENTS]
    if not starts:
        return history
    known = {(change.commit, change.path) for change in history.changes}
    objects = {name for life, _ in open_ends if not life.is_name for name in life.findings}
    try:
        later = output(repository.git, 'rev-list', 'HEAD', '--not', *starts).decode('ascii').split()
        more = of_objects(repository.git, later, objects, jobs)
        return history._replace(changes=history.changes + [one for one in more if (one.commit, one.path) not in known])
    except GitError:
        return history


def _in_head(life: Life, place: _Place) -> bool | None:
    if life.path is None:
        return None
    if life.is_name:
        return life.path in place.folders
    return any((life.path, name) in place.heads for name in life.findings)


def _placed(
        life: Life, finding: Finding, origin: Origin, history: _History, place: _Place, mask: int, since: str, redact: Redact,
) -> Finding:
    """The finding with what holds it. The lowest bits of `mask` are for refs, the rest for lines of reflogs."""
    count = len(place.tips)
    held = [place.tips[bit].name for bit in _bits(mask & (1 << count) - 1)]
    if not held:
        # a tag's own message, or an object that a ref names without a commit
        under = {place.beneath[name][0] for name in life.findings if name in place.beneath}
        of = [tip for tip in place.tips if tip.object in life.findings or tip.name in under]
        held = [tip.name for tip in of]
        tagged = next((tip for tip in of if tip.tagger), None)
        if tagged is not None and origin.author is None:
            origin = origin._replace(author=tagged.tagger.decode('utf-8', 'surrogateescape'), date=tagged.date)
            since = tagged.date[:10]
    entry = next((place.logged[bit] for bit in _bits(mask >> count)), None)
    reached = origin.commit in history.graph.number
    staged_only = not held and origin.commit is None and not life.is_name and not place.staged.keys().isdisjoint(life.findings)
    there = f', {"pushed" if entry.pushed else "there"} by {entry.day}' if entry is not None and entry.day > since else ''
    if staged_only:
        reach, sentence = STAGED
    elif held or history.whole:
        was = entry.ref if entry is not None else ''
        reach, sentence = exposure(Held(held, reached, since, was, there, place.bare, place.cloned))
    else:
        reach, sentence = UNKNOWN
    in_head = _in_head(life, place)
    made = origin._replace(
        author=os.fsdecode(redact(os.fsencode(origin.author))) if origin.author is not None else None,
        in_head=in_head,
        removed_by=None if in_head else origin.removed_by,
        removed_on=None if in_head else origin.removed_on,
        refs=tuple(os.fsdecode(redact(os.fsencode(ref))) for ref in held[:_SHOWN_REFS]),
        more_refs=max(0, len(held) - _SHOWN_REFS),
        dangling=history.whole and not reached and not held and not staged_only,
        exposure=os.fsdecode(redact(os.fsencode(sentence))),
        reach=reach,
        releases=_releases(mask, place, redact),
        link=_link(life, finding, [*held, *([entry.ref] if entry is not None else [])], place, redact),
    )
    return finding._replace(origin=made)


def _releases(mask: int, place: _Place, redact: Redact) -> tuple[tuple[str, str], ...]:
    """The tags whose commits have it, oldest first."""
    of = (place.tips[bit] for bit in _bits(mask & (1 << len(place.tips)) - 1))
    held = sorted((tip.date, tip.name) for tip in of if tip.name.startswith('refs/tags/'))
    return tuple(
        (os.fsdecode(redact(os.fsencode(name.removeprefix('refs/tags/')))), date) for date, name in held[:_SHOWN_REFS]
    )


def _bits(mask: int) -> Iterable[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _link(life: Life, finding: Finding, held: Sequence[str], place: _Place, redact: Redact) -> str | None:
    """The page at the forge of the first remote that is known to have the commit; none if a token would be in it."""
    if life.path is None or finding.line is None or finding.commit is None:
        return None
    fetched = place.cloned and bool(held) or any(is_fetched(ref) and not ref.startswith(REMOTE) for ref in held)
    for remote in place.remotes:
        if fetched or any(ref.startswith(f'refs/remotes/{remote.name}/') for ref in held):
            made = link(remote.url, finding.commit, life.path, finding.line)
            if made is not None and redact(os.fsencode(made)) == os.fsencode(made):
                return made
    return None

"""Where findings of history came from: one finding for each token and path, with its whole life."""
from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.errors import GitError
from pina_scan.git import log
from pina_scan.git.repository import Repository
from pina_scan.records import Finding
from pina_scan.records import Origin
from pina_scan.source.exposure import UNKNOWN
from pina_scan.source.exposure import exposure
from pina_scan.source.forge import link
from pina_scan.source.from_git import NAMELESS

_SHOWN_REFS = 5
_CUT = re.compile('…\\(([0-9]+)\\)'.encode())

#: A path as a report may show it.
Redact = Callable[[bytes], bytes]


class _History(NamedTuple):
    """What the passes of `git log` gave: every commit, and the changes that concern a finding, newest first.

    `reached` is how many commits something leads to; `whole`: git could read all of it.
    """

    commits: dict[str, log.Commit]
    changes: list[log.Change]
    reached: int
    whole: bool


def traced(
        repository: Repository, findings: Sequence[Finding], redact: Redact, revs: Sequence[str] = log.EVERYTHING,
) -> list[Finding]:
    """The findings with path, commit and origin; those that lie in no object are left as they are.

    `revs` are the arguments of rev-list that lead to them.
    """
    inside = [finding for finding in findings if finding.object is not None]
    if not inside:
        return list(findings)
    names = {finding.path: _pattern(finding.path) for finding in inside if _is_name(finding)}
    history = _history(repository, {f.object for f in inside if f.object is not None}, list(names.values()), revs)
    lives = _lives(inside, history, names, redact)
    found = [_told(life, history) for life in lives]
    tips = log.refs(repository.git)
    heads = set(log.at_head(repository.git))
    started = [origin.commit for _, origin in found if origin.commit is not None]
    commits = sorted(history.commits.values(), key=lambda commit: commit.order)
    holders = log.holders(commits, started, tips)
    bare = os.path.basename(os.path.realpath(repository.common)) != b'.git'
    remotes = log.remotes(repository.git)
    tagged = log.tag_dates(repository.git)
    traced = []
    for life, (finding, origin) in zip(lives, found):
        placed = _placed(life, origin, history, holders, tips, heads, bare, redact)
        all_refs = holders.get(origin.commit or '', [])
        traced.append(finding._replace(origin=placed._replace(
            link=_link(life, finding, all_refs, remotes, redact), releases=_releases(all_refs, tagged, redact),
        )))
    return [finding for finding in findings if finding.object is None] + traced


class _Life(NamedTuple):
    """One token at one path: a finding for each of the objects that had it, and the changes of that path."""

    path: bytes | None
    findings: dict[str, Finding]
    changes: list[log.Change]
    name: re.Pattern[bytes] | None


def _is_name(finding: Finding) -> bool:
    return finding.line is None and not finding.path.startswith((NAMELESS, b'commit ', b'tag '))


def _pattern(name: bytes) -> re.Pattern[bytes]:
    """What a redacted name was, as far as it shows."""
    at = 0
    made = b''
    for cut in _CUT.finditer(name):
        # the length is that of the body, of which four characters are shown
        made += re.escape(name[at:cut.start()]) + b'[^/]{%d}' % max(0, int(cut[1]) - 4)
        at = cut.end()
    return re.compile(b'(?:^|/)' + made + re.escape(name[at:]) + b'(?=/|$)', re.DOTALL)


def _history(
        repository: Repository, objects: set[str], names: Sequence[re.Pattern[bytes]], revs: Sequence[str],
) -> _History:
    history = _History({}, [], 0, True)
    met: set[str] = set()

    def take(items: Iterable[log.Commit | log.Change], offset: int) -> None:
        for item in items:
            if isinstance(item, log.Commit):
                history.commits[item.name] = item._replace(order=item.order + offset)
            elif item.new in objects or not objects.isdisjoint(item.old) or any(name.search(item.path) for name in names):
                history.changes.append(item._replace(commit=history.commits[item.commit.name]))
                met.update((*item.old, item.new or ''))

    reached = 0
    try:
        take(log.reachable(repository.git, revs), 0)
        reached = len(history.commits)
        if revs == log.EVERYTHING and objects - met - history.commits.keys():
            # what no ref and no reflog leads to: commits that were amended or dropped
            dangling = [name for name in log.all_commits(repository.git) if name not in history.commits]
            if dangling:
                take(log.listed(repository.git, dangling), reached)
    except GitError:
        return history._replace(reached=reached or len(history.commits), whole=False)
    return history._replace(reached=reached)


def _lives(
        findings: Sequence[Finding], history: _History, names: dict[bytes, re.Pattern[bytes]], redact: Redact,
) -> list[_Life]:
    by_object: dict[str, list[log.Change]] = defaultdict(list)
    for change in history.changes:
        for name in {*change.old, change.new}:
            if name is not None:
                by_object[name].append(change)
    lives: dict[tuple[str, bytes], _Life] = {}
    for finding in findings:
        assert finding.object is not None
        if _is_name(finding):
            pattern = names[finding.path]
            changes = [change for change in history.changes if pattern.search(change.path)]
            paths = {_named(change.path, pattern) for change in changes}
        else:
            pattern = None
            changes = by_object[finding.object]
            paths = {change.path for change in changes}
        places: list[bytes | None] = [*sorted(paths)] or [None]
        for path in places:
            shown = redact(path) if path is not None else finding.path
            inner = finding.path[len(NAMELESS) + len(finding.object):] if finding.path.startswith(NAMELESS) else b''
            key = (finding.token_sha256, (shown + inner) if path is not None else shown)
            life = lives.setdefault(key, _Life(path, {}, [], pattern))
            life.findings.setdefault(finding.object, finding._replace(path=key[1]))
            if path is not None and not life.changes:
                life.changes.extend(
                    change for change in history.changes
                    if (_named(change.path, pattern) if pattern is not None else change.path) == path
                )
    return list(lives.values())


def _named(path: bytes, pattern: re.Pattern[bytes] | None) -> bytes:
    """The path as far as the name that has the token."""
    found = pattern.search(path) if pattern is not None else None
    return path[:found.end()] if found is not None else path


def _told(life: _Life, history: _History) -> tuple[Finding, Origin]:
    """The finding as it came in, and when; `removed_by` is the last commit that took it out."""
    first = next(iter(life.findings.values()))
    if first.commit is not None:
        return first, _origin(history.commits.get(first.commit), None)
    brought = removed = None
    # oldest first: what nothing reaches comes before what something does
    for change in sorted(life.changes, key=lambda change: -change.commit.order):
        had = any(_has(life, name) for name in change.old)
        has = _has(life, change.new)
        if has and not had and brought is None:
            brought = change
        if had != has:
            removed = None if has else change
    if brought is None:
        return first, Origin()
    finding = life.findings.get(brought.new or '', first)
    origin = _origin(brought.commit, removed.commit if removed is not None else None)
    return finding._replace(commit=brought.commit.name), origin


def _has(life: _Life, name: str | None) -> bool:
    return name is not None and (life.name is not None or name in life.findings)


def _origin(commit: log.Commit | None, removed: log.Commit | None) -> Origin:
    if commit is None:
        return Origin()
    return Origin(
        commit=commit.name,
        author=commit.author.decode('utf-8', 'surrogateescape'),
        date=commit.authored,
        removed_by=removed.name if removed is not None else None,
        removed_on=removed.authored if removed is not None else None,
    )


def _placed(
        life: _Life, origin: Origin, history: _History, holders: dict[str, list[str]],
        tips: Sequence[tuple[str, str, str]], heads: set[tuple[bytes, str]], bare: bool,
        redact: Redact,
) -> Origin:
    refs = holders.get(origin.commit, []) if origin.commit is not None else []
    if not refs:
        # a tag's own message, or an object that a ref names without a commit
        refs = [name for name, of, _ in tips if of in life.findings]
    commit = history.commits.get(origin.commit or '')
    reached = commit is not None and commit.order < history.reached
    if life.path is None:
        in_head = None
    elif life.name is not None:
        in_head = any(life.name.search(path) for path, _ in heads)
    else:
        in_head = any((life.path, name) in heads for name in life.findings)
    since = (commit.committed if commit is not None else '')[:10]
    reach, sentence = exposure(refs, reached, bare, since) if refs or history.whole else UNKNOWN
    return origin._replace(
        author=redact(os.fsencode(origin.author)).decode('utf-8', 'surrogateescape') if origin.author is not None else None,
        in_head=in_head,
        removed_by=None if in_head else origin.removed_by,
        removed_on=None if in_head else origin.removed_on,
        refs=tuple(os.fsdecode(redact(os.fsencode(ref))) for ref in refs[:_SHOWN_REFS]),
        more_refs=max(0, len(refs) - _SHOWN_REFS),
        dangling=history.whole and not reached and not refs,
        exposure=os.fsdecode(redact(os.fsencode(sentence))),
        reach=reach,
    )


def _releases(refs: Sequence[str], dates: dict[str, str], redact: Redact) -> tuple[tuple[str, str], ...]:
    held = sorted((dates[ref], ref) for ref in refs if ref in dates)
    return tuple(
        (os.fsdecode(redact(os.fsencode(ref.removeprefix('refs/tags/')))), date) for date, ref in held[:_SHOWN_REFS]
    )


def _link(life: _Life, finding: Finding, refs: Sequence[str], remotes: dict[str, str], redact: Redact) -> str | None:
    """The page at the forge of the first remote that is known to have the commit; none if a token would be in it."""
    if life.path is None or finding.line is None or finding.commit is None:
        return None
    for name, url in remotes.items():
        if any(ref.startswith(f'refs/remotes/{name}/') for ref in refs):
            made = link(url, finding.commit, life.path, finding.line)
            if made is not None and redact(os.fsencode(made)) == os.fsencode(made):
                return made
    return None

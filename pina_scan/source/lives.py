"""One finding for each token and path, with its whole life: which commit brought it in, and which took it out."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.git.changes import Change
from pina_scan.records import Finding
from pina_scan.source.from_git import NAMELESS

#: A path as a report may show it.
Redact = Callable[[bytes], bytes]
_CUT = '…('.encode()


class Life(NamedTuple):
    """A token at a path: its findings by the objects that had it, and what commits did to it, newest first.

    `path` is None where there is none, as in a message; for a token in a name it ends with that name, and `is_name`.
    """

    path: bytes | None
    is_name: bool
    findings: dict[str, Finding]
    changes: list[Change]


class Brought(NamedTuple):
    """What of a life is told: the finding as it came in; the commits that brought it in and took it out last."""

    finding: Finding
    commit: str | None
    removed_by: str | None


def is_name(finding: Finding) -> bool:
    return finding.line is None and not finding.path.startswith((NAMELESS, b'commit ', b'tag '))


def glob(name: bytes) -> bytes:
    """A pattern for a name of which only the redacted form is known, and may be shown on a command line."""
    begun, cut, _ = name.partition(_CUT)
    escaped = b''.join(b'\\' + bytes((c,)) if c in b'*?[]\\' else bytes((c,)) for c in begun)
    return b'*' + escaped + b'*' if cut else escaped


def lives(
        findings: Iterable[Finding], changes: Sequence[Change], named: Sequence[Change], staged: Mapping[str, bytes],
        redact: Redact,
) -> list[Life]:
    """`changes` are those of the objects, `named` those of the names, newest first; `staged` has paths that no commit has."""
    by_object: dict[str, dict[bytes, None]] = defaultdict(dict)
    by_path: dict[bytes, list[Change]] = defaultdict(list)
    for change in changes:
        by_path[change.path].append(change)
        for name in {*change.old, change.new}:
            if name is not None:
                by_object[name][change.path] = None
    by_name = _named(named, redact)
    made: dict[tuple[str, bytes], Life] = {}
    for finding in findings:
        assert finding.object is not None
        if is_name(finding):
            found: Mapping[bytes, list[Change]] = by_name.get(finding.path, {})
        else:
            found = {path: by_path[path] for path in by_object.get(finding.object, ())}
        if not found and finding.object in staged:
            found = {staged[finding.object]: []}
        for path in sorted(found):
            _join(made, finding, path, redact(path), found[path])
        if not found:
            _join(made, finding, None, finding.path, [])
    return list(made.values())


def _join(made: dict[tuple[str, bytes], Life], finding: Finding, path: bytes | None, shown: bytes, changes: list[Change]) -> None:
    assert finding.object is not None
    if path is not None and finding.path.startswith(NAMELESS):
        # what is behind the object's id is the way into a container
        shown += finding.path[len(NAMELESS) + len(finding.object):]
    life = made.setdefault((finding.token_sha256, shown), Life(path, is_name(finding), {}, changes))
    life.findings.setdefault(finding.object, finding._replace(path=shown))


def _named(changes: Sequence[Change], redact: Redact) -> dict[bytes, dict[bytes, list[Change]]]:
    """Redacted name -> the paths that end with it -> what was done below them."""
    found: dict[bytes, dict[bytes, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        parts = change.path.split(b'/')
        for at, part in enumerate(redact(change.path).split(b'/'), 1):
            if _CUT in part:
                found[part][b'/'.join(parts[:at])].append(change)
    return found


def bringers(life: Life) -> list[str]:
    """Every commit that brought it in: one that was amended, rebased or picked did so as often."""
    first = next(iter(life.findings.values()))
    if first.commit is not None:
        return [first.commit]
    return list(dict.fromkeys(change.commit for change in life.changes if _brings(life, change)))


def told(life: Life, order: Mapping[str, int], rank: Callable[[str], int] = lambda commit: 0) -> Brought:
    """`order` is 0 for the newest commit; what nothing reaches is older than what something does.

    Of several commits that brought it in, the one of the lowest `rank` is told, of those the oldest.
    """
    first = next(iter(life.findings.values()))
    if first.commit is not None:
        return Brought(first, first.commit, None)
    brought = removed = None
    for change in sorted(life.changes, key=lambda change: -order.get(change.commit, len(order))):
        had = any(_has(life, name) for name in change.old)
        has = _has(life, change.new)
        if has and not had and (brought is None or rank(change.commit) < rank(brought.commit)):
            brought = change
        if had != has:
            removed = None if has else change
    if brought is None:
        return Brought(first, None, None)
    finding = life.findings.get(brought.new or '', first)
    return Brought(
        finding._replace(commit=brought.commit), brought.commit, removed.commit if removed is not None else None,
    )


def _brings(life: Life, change: Change) -> bool:
    return _has(life, change.new) and not any(_has(life, name) for name in change.old)


def _has(life: Life, name: str | None) -> bool:
    return name is not None and (life.is_name or name in life.findings)

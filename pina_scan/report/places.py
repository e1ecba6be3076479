"""Where a finding is, for reports that point to files: from the top of the repository, a container and not what is in it."""
from __future__ import annotations

import posixpath
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.records import Run

_WORST_FIRST = ('high', 'medium', 'placeholder', 'fake')
#: What a finding's path is where it is no file's.
_OBJECTS = (b'commit ', b'tag ', b'object ')


class Place(NamedTuple):
    """`file` is from the root, or absolute where it lies elsewhere; `inner` is what follows within a container."""

    file: bytes
    inner: bytes


def place(finding: Finding, run: Run) -> Place:
    at = len(finding.path) - finding.inner
    return Place(below(finding.path[:at], run), finding.path[at:])


def below(path: bytes, run: Run) -> bytes:
    """A path as it stands below the root."""
    whole = posixpath.normpath(posixpath.join(run.cwd, path))
    top = run.root.rstrip(b'/') + b'/'
    return whole[len(top):] if whole.startswith(top) else whole


def uri(path: bytes) -> str:
    """A URI reference (RFC 3986): no segment of it can be taken for a scheme."""
    return ('file://' if path.startswith(b'/') else '') + quote(path, safe='/')


def in_file(finding: Finding) -> bool:
    """Whether line and column are of the file itself."""
    return finding.line is not None and not finding.inner


def is_object(finding: Finding) -> bool:
    """Whether it stands in a commit, a tag or an object of git that no path leads to."""
    return finding.object is not None and finding.path.startswith(_OBJECTS)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: _WORST_FIRST.index(finding.confidence))


def listed(report: Report, verbose: bool) -> list[Finding]:
    """What counts, the worst first, and with -v what doesn't."""
    return worst_first(report.findings) + (worst_first(report.suppressed) if verbose else [])


def fingerprints(findings: Sequence[Finding], run: Run) -> list[str]:
    """One for each, of token, path and how many there were before it: another line does not change it."""
    from hashlib import sha256

    seen: dict[tuple[str, str, bytes], int] = {}
    made = []
    for finding in findings:
        key = (finding.rule, finding.token_sha256, b''.join(place(finding, run)))
        seen[key] = seen.get(key, 0) + 1
        made.append(sha256(b'\0'.join((*(part.encode() for part in key[:2]), key[2], b'%d' % seen[key]))).hexdigest())
    return made

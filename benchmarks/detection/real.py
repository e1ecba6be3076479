"""What has no token but wasn't made for this: whole trees, and gigabytes of random text through standard input."""
from __future__ import annotations

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.detection.random_data import pieces


class Seen(NamedTuple):
    """`findings` by confidence; `first` is the first of them and of what is unread, as the report has them."""

    title: str
    files: int
    size: int
    findings: dict[str, int]
    unread: int
    seconds: float
    first: tuple[str, ...]


def tree(program: Sequence[str], path: str) -> Seen:
    """One scan of all that is below `path`, ignored or not."""
    started = time.monotonic()
    done = subprocess.run((*program, '--no-inline-allow', '--format', 'json', '.'), cwd=path, capture_output=True, check=False)
    title = os.path.basename(os.path.abspath(path))
    return _seen(title, done.stdout, time.monotonic() - started)


def stream(program: Sequence[str], kind: str, size: int, seed: int) -> Seen:
    """`size` bytes of one writing of random bytes, never all of them in memory."""
    started = time.monotonic()
    words = (*program, 'scan', '--format', 'json', '-')
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        for piece in pieces(kind, size, seed):
            process.stdin.write(piece)
        process.stdin.close()
        out = process.stdout.read()
    return _seen(f'random {kind}', out, time.monotonic() - started)


def _seen(title: str, out: bytes, seconds: float) -> Seen:
    report = json.loads(out)
    found = Counter(finding['confidence'] for finding in report['findings'])
    first = [f'{one["path"]}:{one["line"]}: {one["confidence"]} {one["redacted"]} via {one["via"]}' for one in report['findings']]
    first += [f'{one["path"]}: unread: {one["reason"]}' for one in report['unread']]
    summary = report['summary']
    return Seen(title, summary['files'], summary['bytes'], dict(found), len(report['unread']), seconds, tuple(first[:40]))


def rows(all_seen: Iterable[Seen]) -> list[list[str]]:
    """A table: no finding is expected in any."""
    made = [['what', 'files', 'MB', 'findings', 'unread']]
    for seen in all_seen:
        found = ', '.join(f'{count} {confidence}' for confidence, count in sorted(seen.findings.items())) or '0'
        made.append([seen.title, f'{seen.files:,}', f'{seen.size / 1e6:,.0f}', found, str(seen.unread)])
    return made

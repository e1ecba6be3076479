"""pina-scan over a corpus: only the right token, at the right place, is a hit."""
from __future__ import annotations

import hashlib
import json
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from benchmarks.detection.samples import Sample

#: so many files a run, each named on the command line: a file whose name tells git to ignore it is scanned too
_LOT = 500


class Judged(NamedTuple):
    """By the samples' names: what was found as it should be; for the rest, how it fell short; what else was told."""

    hits: frozenset[str]
    misses: dict[str, str]
    alarms: dict[str, str]
    unread: dict[str, str]


def judge(program: Sequence[str], folder: str, samples: Mapping[str, Sample]) -> Judged:
    """`folder` has the samples."""
    found: dict[str, list[Any]] = defaultdict(list)
    unread: dict[str, str] = {}
    names = list(samples)
    for at in range(0, len(names), _LOT):
        for report in _reports(program, names[at:at + _LOT], folder, unread):
            for finding in report['findings']:
                found[finding['path'].split('!', 1)[0]].append(finding)
            unread.update({entry['path'].split('!', 1)[0]: entry['reason'] for entry in report['unread']})
    hits, misses, alarms = set(), {}, {}
    for name, sample in samples.items():
        wanted = sample.token and hashlib.sha256(sample.token).hexdigest()
        right = [one for one in found[name] if one['token_sha256'] == wanted]
        wrong = [one for one in found[name] if one['token_sha256'] != wanted]
        if wrong:
            alarms[name] = ', '.join(_told(one) for one in wrong[:3])
        if sample.token is None:
            continue
        places = [(one['line'], one['column']) for one in right if one['confidence'] == 'high']
        if places and (sample.line is None or (sample.line, sample.column) in places):
            hits.add(name)
        elif places:
            misses[name] = f'found at {places[0]}, not at {(sample.line, sample.column)}'
        else:
            misses[name] = alarms.get(name, 'nothing') + (f'; unread: {unread[name]}' if name in unread else '')
    return Judged(frozenset(hits), misses, alarms, unread)


def _reports(program: Sequence[str], names: list[str], folder: str, unread: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Where a scan ends by a bug of its own, the file that it meets there is looked for, and the others are scanned."""
    try:
        yield scan(program, names, folder)
    except ValueError:
        if len(names) == 1:
            unread[names[0]] = 'the scan ended by a bug'
            return
        for half in (names[:len(names) // 2], names[len(names) // 2:]):
            yield from _reports(program, half, folder, unread)


def scan(program: Sequence[str], paths: Sequence[str], folder: str) -> dict[str, Any]:
    """One report. Raises ValueError if there is none."""
    words = (*program, '--no-inline-allow', '--format', 'json', *paths)
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False)
    if done.returncode not in (0, 1, 2):
        raise ValueError(f'pina-scan ended with {done.returncode}: {done.stderr.decode()[-500:]}')
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _told(finding: Mapping[str, Any]) -> str:
    return f'{finding["confidence"]} {finding["redacted"]} in line {finding["line"]} via {finding["via"]}'

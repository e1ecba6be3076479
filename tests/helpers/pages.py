"""Reports as a run would give them, of made-up findings with made-up hashes: no token is anywhere near.

`python -m tests.helpers.pages` writes anew what the report on a terminal has to be.
"""
from __future__ import annotations

import hashlib
from pathlib import Path

from pina_scan.records import Finding
from pina_scan.records import Origin
from pina_scan.records import Report
from pina_scan.records import Run
from pina_scan.records import Summary

TERMINAL = Path(__file__).parents[1] / 'report' / 'terminal.golden'
_REASON = '"pina_" and 96 random base32 characters: the form of a Conversions API token.'
_PUSHED = 'On origin/main of a remote, since 2025-02-03 at the earliest. It has left this machine: make a new token.'
_LOCAL = 'In local commits only: amend or rebase is enough, and `git reflog expire` with `git gc` takes the old ones.'


def commit(number: int) -> str:
    return hashlib.sha1(b'commit %d' % number).hexdigest()


def finding(token: int = 1, path: bytes = b'a/b.env', line: int | None = 3, confidence: str = 'high', **more: object) -> Finding:
    column = None if line is None else 7
    made = Finding(
        'pinterest-access-token', confidence, _REASON, path, line, column, line, None if column is None else column + 101,
        hashlib.sha256(b'token %d' % token).hexdigest(), f'pina_{"ABCD"[token % 4] * 4}…(96)',
    )
    return made._replace(**more)  # type: ignore[arg-type]


PUSHED = Origin(
    commit(1), 'Ann Author', '2025-02-03T10:00:00+01:00', commit(2), '2025-11-20T10:00:00+01:00', False,
    ('refs/heads/main', 'refs/remotes/origin/main'), 2, False, _PUSHED,
    f'https://github.com/o/r/blob/{commit(1)}/config.yml#L3', 'remote',
    (('v1.0', '2025-03-20T10:00:00Z'), ('v1.1', '2025-07-01T10:00:00Z')),
)
THERE = PUSHED._replace(
    commit=commit(3), author='Bo', date='2025-05-12T10:00:00Z', removed_by=None, removed_on=None, in_head=True,
)
LOCAL = Origin(
    commit(4), 'Ann Author', '2026-01-15T10:00:00Z', in_head=False, refs=('refs/heads/topic',), exposure=_LOCAL, reach='local',
)
RUN = Run('history', b'/home/dev/shop', b'/home/dev/shop', commit(9), 'main', 'https://github.com/o/r', 1)


def report(
        *findings: Finding, suppressed: tuple[Finding, ...] = (), unread: tuple[tuple[bytes, str], ...] = (),
        notices: tuple[str, ...] = (), run: Run = RUN,
) -> Report:
    summary = Summary(12, 34567, len(findings), len(suppressed), 0, 0.25)
    run = run._replace(began='2026-04-14T09:26:53Z', ended='2026-04-14T09:26:54Z')
    return Report(findings, suppressed, unread, notices, summary, '0', run)


NOTHING = report()
UNREAD = report(unread=((b'x.zip', 'encrypted'),))
FULL = report(
    finding(1, b'config.yml', origin=PUSHED, commit=PUSHED.commit),
    finding(1, b'deploy/values.yaml', 88, origin=THERE, commit=THERE.commit, via=('base64',)),
    finding(2, b'notes.ipynb', 231, origin=LOCAL, commit=LOCAL.commit, note='its baseline entry has expired: why'),
    finding(3, b'docs/setup.md', 52, 'placeholder', origin=THERE, commit=THERE.commit),
    suppressed=(finding(4, b'tests/capi.json', suppressed='baseline: a revoked token, owner: data'),),
    unread=((b'dump.zip!a.sql', 'encrypted'),),
    notices=('.pina-scan-baseline: the entry for 0a1b2c3d4e5f in old has expired',),
)
TREE = report(finding(1, b'.env', 1), finding(1, b'a b/c.env', 2), finding(2, b'name', None), run=RUN._replace(command='scan'))
#: Names that would be markup, a script, a formula, a command, or longer than any line.
HOSTILE = (
    b'<img src=x onerror=alert(1)>', b'"><script>alert(1)</script>', b"' onmouseover='alert(1)",
    b'</style><style>*{display:none}', b'{{ 7 * 7 }}', b'\xff\xfe', '\u202egnp.exe'.encode(), 'שלום/עולם.env'.encode(),
    b'a\nb', b'x' * 4000, b'&amp;&lt;', b']]>-->', b'javascript:alert(1)',
    '\ud800'.encode('utf-8', 'surrogatepass'), b'`code`', '🔑/ключ.env'.encode(),
)


def hostile() -> Report:
    found = []
    for number, name in enumerate(HOSTILE):
        text = name.decode('utf-8', 'surrogateescape')
        origin = PUSHED._replace(author=text, refs=(text,), exposure=f'On {text}.', releases=((text, text), (text, '2025-04-01')))
        found.append(finding(number, name, origin=origin, note=text, via=(text,)))
    notes = tuple(name.decode('utf-8', 'surrogateescape') for name in HOSTILE)
    run = RUN._replace(root=HOSTILE[0], branch=notes[1], remote=notes[2])
    suppressed = tuple(f._replace(suppressed=f.note) for f in found)
    return report(*found, suppressed=suppressed, unread=tuple(zip(HOSTILE, notes)), notices=notes, run=run)


def many(tokens: int, places: int = 1) -> Report:
    return report(*(
        finding(token, b'folder-%d/file-%d.env' % (token, place), place + 1, origin=PUSHED if token % 2 else LOCAL)
        for token in range(tokens) for place in range(places)
    ))


if __name__ == '__main__':
    from pina_scan.report import terminal

    TERMINAL.write_text(terminal.render(FULL, True, False, 80, False))

"""Reports to render: one with every kind of finding, and one with none. No token was ever behind them."""
from __future__ import annotations

from pina_scan.records import Finding
from pina_scan.records import Origin
from pina_scan.records import Report
from pina_scan.records import Run
from pina_scan.records import Summary

ACCESS = 'pinterest-access-token'
COMMIT = 'c0ffee' + '0' * 34
REMOVED = 'badcab' + '0' * 34
RUN = Run(
    'history', b'/srv/repo', b'/srv/repo', '12ab' * 10, 'main', 'https://host.example/team/repo', 2,
    '2026-01-02T03:04:05Z', '2026-01-02T03:04:06Z',
)
HIGH = Finding(
    ACCESS, 'high', 'A reason.', b'src/a b.env', 3, 7, 3, 108, 'a' * 64, 'pina_ABCD…(96)', object='0b' * 20,
)
PACKED = HIGH._replace(
    confidence='medium', path=b'lib/x.zip!in[1]/{0}.tar!c.env', inner=len(b'!in[1]/{0}.tar!c.env'), via=('zip', 'tar', 'base64'),
    line=1, column=2, end_line=1, end_column=60, token_sha256='b' * 64, redacted='pina_EFGH…(60)',
)
DUMMY = HIGH._replace(confidence='placeholder', path=b'README.md', token_sha256='d' * 64, redacted='pina_AAAA…(96)')
NAMED = HIGH._replace(path='ä/pina_ABCD…(96)'.encode(), line=None, column=None, end_line=None, end_column=None)
OLD = HIGH._replace(
    rule='pinterest-refresh-token', path=b'old/config.yml', token_sha256='e' * 64, redacted='pinr.eyJh…(120)', commit=COMMIT,
    note='its baseline entry has expired: until 2026-01-01',
    origin=Origin(
        commit=COMMIT, author='Ann O’Nym <ann@host.example>', date='2025-06-07T08:09:10+02:00', removed_by=REMOVED,
        removed_on='2025-07-08T09:10:11+02:00', in_head=False, refs=('refs/heads/main', 'refs/tags/v1'), more_refs=3,
        exposure='Under the tag v1, and tags are pushed on their own. It may have left this machine: make a new token.',
        link='https://host.example/team/repo/blob/c0ffee/old/config.yml#L3', reach='tag',
        releases=(('v1', '2025-06-30T10:11:12+02:00'),),
    ),
)
MESSAGE = HIGH._replace(path=b'commit ' + COMMIT.encode(), commit=COMMIT, object=COMMIT)
INLINE = HIGH._replace(line=9, end_line=9, inline='pina-scan: allow: docs', suppressed='pina-scan: allow: docs')
ACCEPTED = HIGH._replace(path=b'test/f', suppressed='baseline: known, ann, until 2027-01-31')
FAKE = HIGH._replace(confidence='fake', path=b'docs/x.md', token_sha256='f' * 64, redacted='pina_WXYZ…(96)', suppressed='fake')

SAMPLE = Report(
    (HIGH, HIGH._replace(line=5, end_line=5), PACKED, DUMMY, NAMED, OLD, MESSAGE), (INLINE, ACCEPTED, FAKE),
    ((b'lib/y.zip', 'encrypted'), (b'../\xff', 'permission denied')),
    ('.pina-scan-baseline: the entry for 0123456789ab in gone.py accepts nothing any more; `pina-scan baseline prune`',),
    Summary(1234, 5678901, 7, 3, 2, 1.23456), '9.8.7', RUN,
)
CLEAN = Report((), (), (), (), Summary(3, 450, 0, 0, 0, 0.25), '9.8.7', RUN._replace(exit_code=0))


def many(count: int) -> Report:
    """As many findings, each with its own hash and path; every third is a dummy."""
    findings = [
        HIGH._replace(
            path=b'f/%d' % number, token_sha256=f'{number * 0x9E3779B97F4A7C15F39CC0605CEDC835:064x}'[-64:],
            confidence='high' if number % 3 else 'placeholder',
        ) for number in range(count)
    ]
    return SAMPLE._replace(findings=findings, suppressed=(), summary=SAMPLE.summary._replace(findings=count))

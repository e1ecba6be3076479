from __future__ import annotations

import pytest

from pina_scan.source.forge import link
from pina_scan.source.forge import public


@pytest.mark.parametrize(('remote', 'expected'), (
    ('https://github.com/o/r.git', 'https://github.com/o/r/blob/c0/a%20b/c.env#L3'),
    ('https://user:pass@github.com/o/r', 'https://github.com/o/r/blob/c0/a%20b/c.env#L3'),
    ('git@github.com:o/r.git', 'https://github.com/o/r/blob/c0/a%20b/c.env#L3'),
    ('ssh://git@gitlab.example.com:2222/g/s/r.git', 'https://gitlab.example.com/g/s/r/-/blob/c0/a%20b/c.env#L3'),
    ('https://bitbucket.org/o/r.git', 'https://bitbucket.org/o/r/src/c0/a%20b/c.env#lines-3'),
    ('https://gitea.example.com/o/r', 'https://gitea.example.com/o/r/src/commit/c0/a%20b/c.env#L3'),
    ('https://o@dev.azure.com/o/p/_git/r', 'https://dev.azure.com/o/p/_git/r?path=/a%20b/c.env&version=GCc0&line=3'),
    ('git@ssh.dev.azure.com:v3/o/p/r', 'https://dev.azure.com/o/p/_git/r?path=/a%20b/c.env&version=GCc0&line=3'),
    ('/srv/git/github/r.git', None),
    ('https://example.com/o/r', None),
    ('file:///github/r', None),
))
def test_link(remote: str, expected: str | None) -> None:
    assert link(remote, 'c0', b'a b/c.env', 3) == expected


def test_a_path_that_no_link_can_carry() -> None:
    assert link('https://github.com/o/r', 'c0', b'a\nb', 1) is None


@pytest.mark.parametrize(
    ('remote', 'shown'), (
        ('', None),
        ('/srv/repo.git', None),
        ('../other', None),
        ('file:///srv/repo', None),
        ('https://github.com/a/b.git', 'https://github.com/a/b'),
        ('https://me:secret@github.com/a/b?x=secret#y', None),
        ('https://me:secret@x@host.example/a b/c', 'https://host.example/a%20b/c'),
        ('git@github.com:a/b.git', 'https://github.com/a/b'),
        ('ssh://git@host.example:2222/a/b', 'https://host.example/a/b'),
        ('git@ssh.dev.azure.com:v3/o/p/r', 'https://dev.azure.com/o/p/_git/r'),
        ('https://host.example/\udcff', 'https://host.example/%FF'),
    ),
)
def test_public(remote: str, shown: str | None) -> None:
    assert public(remote) == shown

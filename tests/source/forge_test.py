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
    ('https://codeberg.org/o/r.git', 'https://codeberg.org/o/r/src/commit/c0/a%20b/c.env#L3'),
    ('https://git.forgejo.example/o/r', 'https://git.forgejo.example/o/r/src/commit/c0/a%20b/c.env#L3'),
    ('https://github.example.com:8443/o/r.git', 'https://github.example.com:8443/o/r/blob/c0/a%20b/c.env#L3'),
    ('ssh://git@ssh.github.com:443/o/r.git', 'https://github.com/o/r/blob/c0/a%20b/c.env#L3'),
    ('git+ssh://git@gitlab.com/a/b/c/r.git', 'https://gitlab.com/a/b/c/r/-/blob/c0/a%20b/c.env#L3'),
    ('https://u:p@bitbucket.example.com/scm/proj/r.git',
     'https://bitbucket.example.com/projects/proj/repos/r/browse/a%20b/c.env?at=c0#3'),
    ('ssh://git@bitbucket.example.com:7999/~me/r.git',
     'https://bitbucket.example.com/users/me/repos/r/browse/a%20b/c.env?at=c0#3'),
    ('https://o.visualstudio.com/My%20P/_git/r', 'https://o.visualstudio.com/My%20P/_git/r?path=/a%20b/c.env&version=GCc0&line=3'),
    ('o@vs-ssh.visualstudio.com:v3/o/p/r', 'https://dev.azure.com/o/p/_git/r?path=/a%20b/c.env&version=GCc0&line=3'),
    ('https://tfs.example.com:8080/tfs/c/p/_git/r',
     'https://tfs.example.com:8080/tfs/c/p/_git/r?path=/a%20b/c.env&version=GCc0&line=3'),
    ('[git@github.com:22]:o/r.git', 'https://github.com/o/r/blob/c0/a%20b/c.env#L3'),
    ('ssh+git://git@github.com/o/r.git', 'https://github.com/o/r/blob/c0/a%20b/c.env#L3'),
    ('git@github.com-work:o/r.git', 'https://github.com/o/r/blob/c0/a%20b/c.env#L3'),
    ('ssh://git@gitlab.com_me/g/s/r.git', 'https://gitlab.com/g/s/r/-/blob/c0/a%20b/c.env#L3'),
    ('https://github.com.example.com/o/r', 'https://github.com.example.com/o/r/blob/c0/a%20b/c.env#L3'),
    ('https://example.com/github/r', None),
    ('/srv/git/github/r.git', None),
    ('https://example.com/o/r', None),
    ('file:///github/r', None),
))
def test_link(remote: str, expected: str | None) -> None:
    assert link(remote, 'c0', b'a b/c.env', 3) == expected


def test_signs_in_a_path() -> None:
    assert link('https://github.com/o/r', 'c0', 'ü#?&+'.encode(), 1) == 'https://github.com/o/r/blob/c0/%C3%BC%23%3F%26%2B#L1'


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

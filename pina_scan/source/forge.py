"""Where a forge shows a file of a commit: the page a finding is on, for whoever has to act on it."""
from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

#: part of the host's name -> what follows the repository's address: commit, path, line
_PAGES: tuple[tuple[str, Callable[[str, str, int], str]], ...] = (
    ('github', lambda commit, path, line: f'/blob/{commit}/{path}#L{line}'),
    ('gitlab', lambda commit, path, line: f'/-/blob/{commit}/{path}#L{line}'),
    ('bitbucket', lambda commit, path, line: f'/src/{commit}/{path}#lines-{line}'),
    ('gitea', lambda commit, path, line: f'/src/commit/{commit}/{path}#L{line}'),
    ('codeberg', lambda commit, path, line: f'/src/commit/{commit}/{path}#L{line}'),
    ('dev.azure.com', lambda commit, path, line: f'?path=/{path}&version=GC{commit}&line={line}'),
)
#: https://user:password@host/path and git@host:path; what is before the host is never kept
_URL = re.compile(r'(?:https?|ssh|git)://(?:[^/@]*@)*(?P<host>[\w.-]+)(?::\d+)?/(?P<path>[^?#]+)')
_SCP = re.compile(r'(?:[^/@:]*@)?(?P<host>[\w.-]+):(?!//)(?P<path>[^?#]+)')
_PLAIN = re.compile(rb'[\x21-\x7e ]+')


def link(remote: str, commit: str, path: bytes, line: int) -> str | None:
    """None for a remote that is no forge known here, and for a path that can't be written in a link."""
    place = _place(remote)
    if place is None or _PLAIN.fullmatch(path) is None:
        return None
    host, below = place
    for name, page in _PAGES:
        if name in host:
            return f'https://{host}/{quote(below, errors="surrogateescape")}' + page(commit, quote(path), line)
    return None


def public(remote: str) -> str | None:
    """A remote's address without user, password, port and query; None for what is no address of a host."""
    place = _place(remote)
    return None if place is None else f'https://{place[0]}/{quote(place[1], errors="surrogateescape")}'


def _place(remote: str) -> tuple[str, str] | None:
    found = _URL.fullmatch(remote) or _SCP.fullmatch(remote)
    if found is None:
        return None
    host = found['host'].lower()
    below = found['path'].strip('/').removesuffix('.git')
    if host == 'ssh.dev.azure.com':
        # v3/organisation/project/repository
        return 'dev.azure.com', re.sub(r'^v3/([^/]+)/([^/]+)/', r'\1/\2/_git/', below)
    return host, below

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
    found = _URL.fullmatch(remote) or _SCP.fullmatch(remote)
    if found is None or _PLAIN.fullmatch(path) is None:
        return None
    host = found['host'].lower()
    below = found['path'].strip('/').removesuffix('.git')
    if host == 'ssh.dev.azure.com':
        # v3/organisation/project/repository
        host, below = 'dev.azure.com', re.sub(r'^v3/([^/]+)/([^/]+)/', r'\1/\2/_git/', below)
    for name, page in _PAGES:
        if name in host:
            return f'https://{host}/{quote(below)}' + page(commit, quote(path), line)
    return None

"""Where a forge shows a file of a commit: the page a finding is on, for whoever has to act on it."""
from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote
from urllib.parse import unquote_to_bytes

Page = Callable[[str, str, str, int], str]


def _azure(below: str, commit: str, path: str, line: int) -> str:
    return f'{below}?path=/{path}&version=GC{commit}&line={line}'


def _bitbucket_server(below: str, commit: str, path: str, line: int) -> str:
    """Bitbucket Data Center has its clones below /scm, and its pages elsewhere."""
    project, _, repository = below.removeprefix('scm/').rpartition('/')
    owner = f'users/{project[1:]}' if project.startswith('~') else f'projects/{project}'
    return f'{owner}/repos/{repository}/browse/{path}?at={commit}#{line}'


#: part of the host's name, or of the address -> what follows the host: repository, commit, path, line. The first that fits.
_PAGES: tuple[tuple[str, Page], ...] = (
    ('/_git/', _azure),
    ('bitbucket.org/', lambda below, commit, path, line: f'{below}/src/{commit}/{path}#lines-{line}'),
    ('bitbucket', _bitbucket_server),
    ('github', lambda below, commit, path, line: f'{below}/blob/{commit}/{path}#L{line}'),
    ('gitlab', lambda below, commit, path, line: f'{below}/-/blob/{commit}/{path}#L{line}'),
    ('gitea', lambda below, commit, path, line: f'{below}/src/commit/{commit}/{path}#L{line}'),
    ('forgejo', lambda below, commit, path, line: f'{below}/src/commit/{commit}/{path}#L{line}'),
    ('codeberg', lambda below, commit, path, line: f'{below}/src/commit/{commit}/{path}#L{line}'),
)
#: Hosts that only clones go to, where another port or another name has the pages.
_CLONED_FROM = {
    'ssh.dev.azure.com': 'dev.azure.com', 'ssh.github.com': 'github.com', 'altssh.gitlab.com': 'gitlab.com',
    'altssh.bitbucket.org': 'bitbucket.org',
}
#: https://user:password@host/path and git@host:path; what is before the host is never kept
_URL = re.compile(r'(?P<scheme>https?|(?:git\+)?ssh|ssh\+git|git)://(?:[^/@]*@)*(?P<host>[\w.-]+)(?P<port>:\d+)?/(?P<path>[^?#]+)')
_SCP = re.compile(r'(?:[^/@:[]*@)?(?P<host>[\w.-]+):(?!//)(?P<path>[^?#]+)')
#: with a port, [git@host:22]:path
_BRACKETED = re.compile(r'\[(?:[^/@:[]*@)?(?P<host>[\w.-]+)(?::\d+)?\]:(?P<path>[^?#]+)')
#: who has two accounts tells them apart by such a name in the config of ssh
_ALIAS = re.compile(r'(github\.com|gitlab\.com|bitbucket\.org)[-_.][\w-]+')
_NO_LINK = re.compile(rb'[\0-\x1f\x7f]')


def link(remote: str, commit: str, path: bytes, line: int) -> str | None:
    """None for a remote that is no forge known here, and for a path that can't be written in a link."""
    place = _place(remote)
    if place is None or not path or _NO_LINK.search(path):
        return None
    host, below = place
    found = _URL.fullmatch(remote)
    # pages are where a clone over http is; where a clone over ssh is, they are not
    at = host + (found['port'] or '') if found is not None and found['scheme'].startswith('http') else host
    for sign, page in _PAGES:
        # a name within the path is no forge, but for Azure's own mark
        if sign in (f'{host}/{below}' if sign.startswith('/') else f'{host}/'):
            return f'https://{at}/' + page(_quoted(below), commit, quote(path), line)
    return None


def public(remote: str) -> str | None:
    """A remote's address without user, password, port and query; None for what is no address of a host."""
    place = _place(remote)
    return None if place is None else f'https://{place[0]}/{_quoted(place[1])}'


def _quoted(below: str) -> str:
    """Some of it may be quoted already."""
    return quote(unquote_to_bytes(below.encode('utf-8', 'surrogateescape')), safe='/~')


def _place(remote: str) -> tuple[str, str] | None:
    found = _URL.fullmatch(remote) or _BRACKETED.fullmatch(remote) or _SCP.fullmatch(remote)
    if found is None:
        return None
    host = found['host'].lower()
    alias = None if remote.startswith('http') else _ALIAS.fullmatch(host)
    if alias is not None:
        host = alias[1]
    below = found['path'].strip('/').removesuffix('.git')
    if host in ('ssh.dev.azure.com', 'vs-ssh.visualstudio.com'):
        # v3/organisation/project/repository
        below = re.sub(r'^v3/([^/]+)/([^/]+)/', r'\1/\2/_git/', below)
        return 'dev.azure.com', below
    return _CLONED_FROM.get(host, host), below

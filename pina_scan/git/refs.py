"""What names a commit or an object: refs, detached heads, what was fetched, the reflogs of remotes, and the index."""
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.errors import DamagedError
from pina_scan.git.index import listed
from pina_scan.git.regular import contents
from pina_scan.git.repository import Repository
from pina_scan.git.run import Git
from pina_scan.git.run import inside
from pina_scan.git.run import run
from pina_scan.git.stores import linked

_ID = re.compile(rb'[0-9a-f]{40}(?:[0-9a-f]{24})?')
#: old, new, who, seconds, zone, and what was done (gitrepository-layout(5), logs)
_LOGGED = re.compile(rb'[0-9a-f]+ ([0-9a-f]+) [^\t\n]*> (\d+) [+-]\d{4}(?:\t([^\n]*))?')
_WALKED = re.compile(rb'([0-9a-f]+) (refs/remotes/[^ ]+)@\{(\d+)\} (.*)', re.DOTALL)
_MOST_LOGGED = 1 << 13
_MOST_BENEATH = 1 << 20
_LARGEST = 1 << 28
_STASH = 'refs/stash'
#: What each worktree has of its own (git-worktree(1)), but for HEAD.
_OWN = ('refs/bisect', 'refs/worktree', 'refs/rewritten')
#: What HEAD is where a reftable has it.
_ELSEWHERE = b'ref: refs/heads/.invalid'
_MIRRORED = ('refs/*:refs/*', 'refs/heads/*:refs/heads/*')


class Tip(NamedTuple):
    """`name` names `object`; `commit` is that or what its tag is of, '' for none.

    `tagger` is who made a tag; `date` is when that was, for any other ref its commit's. `apart`: `rev-list --all` doesn't
    begin from it.
    """

    name: str
    object: str
    commit: str
    tagger: bytes = b''
    date: str = ''
    apart: bool = False


class Logged(NamedTuple):
    """A line of a remote-tracking branch's reflog; `pushed`: this clone's own push put it there."""

    ref: str
    commit: str
    day: str
    pushed: bool


class Remote(NamedTuple):
    """`url` is what git would use, and may have a password in it; `mirror`: its refs are this repository's own."""

    name: str
    url: str
    mirror: bool


def tips(repository: Repository) -> list[Tip]:
    """Everything but reflogs that keeps a commit; refs that git can't make out are left out."""
    form = (
        '%(refname)%00%(objectname)%00%(objecttype)%00%(*objectname)%00%(*objecttype)'
        '%00%(taggername)%00%(creatordate:iso-strict)'
    )
    found, _, code = run(repository.git, 'for-each-ref', f'--format={form}', ok=(0, 128))
    rows = (line.split(b'\0') for line in found.split(b'\n')) if code == 0 else ()
    made = [
        Tip(row[0].decode('utf-8', 'surrogateescape'), row[1].decode(), _commit(repository.git, row), row[5], row[6].decode())
        for row in rows if len(row) == 7
    ]
    stashes = _stashes(repository.git) if any(tip.name == _STASH for tip in made) else ()
    return [*made, *stashes, *_heads(repository)]


def _commit(git: Git, row: list[bytes]) -> str:
    name, kind, peeled, peeled_kind = (field.decode() for field in row[1:5])
    if kind == 'commit':
        return name
    # before git 2.45 a tag of a tag is looked through once
    if peeled_kind == 'tag':
        return run(git, 'rev-parse', '--verify', '--quiet', f'{name}^{{commit}}', ok=(0, 1, 128))[0].decode().strip()
    return peeled if peeled_kind == 'commit' else ''


def _heads(repository: Repository) -> Iterator[Tip]:
    """What files keep that are no refs: detached heads, and what was fetched by an address."""
    own = os.path.realpath(repository.git_dir)
    for folder in _git_dirs(repository):
        here = os.path.realpath(folder) == own
        main = folder == repository.common
        # as git itself names them (gitrevisions(7), gitglossary(7))
        shown = '' if here else 'main-worktree/' if main else f'worktrees/{os.fsdecode(os.path.basename(folder))}/'
        for name in ('HEAD', 'FETCH_HEAD'):
            lines = _lines(os.path.join(folder, name.encode()))
            if lines == [_ELSEWHERE]:
                lines = _detached(inside(repository.git, folder))
            for line in lines:
                found = _ID.match(line)
                if found is not None:
                    yield Tip(shown + name, found[0].decode(), found[0].decode(), apart=True)
        if not here:
            words = ('for-each-ref', '--format=%(refname) %(objectname) %(objecttype)', *_OWN)
            for line in run(inside(repository.git, folder), *words, ok=(0, 128))[0].split(b'\n')[:-1]:
                ref, name, kind = line.decode('utf-8', 'surrogateescape').split(' ')
                if kind == 'commit':
                    yield Tip(shown + ref, name, name, apart=True)


def _git_dirs(repository: Repository) -> list[bytes]:
    """The main worktree's, and each linked one's."""
    return [repository.common, *linked(repository.common)]


def _detached(git: Git) -> list[bytes]:
    if run(git, 'symbolic-ref', '--quiet', 'HEAD', ok=(0, 1, 128))[2] != 1:
        return []
    return run(git, 'rev-parse', '--verify', '--quiet', 'HEAD', ok=(0, 1, 128))[0].split()


def _stashes(git: Git) -> Iterator[Tip]:
    """All but the newest are nothing but lines of a reflog."""
    older = run(git, 'rev-list', '--walk-reflogs', _STASH, '--', ok=(0, 128))[0].decode('ascii').split()[1:]
    return (Tip(f'stash@{{{number}}}', name, name) for number, name in enumerate(older, 1))


def is_bare(repository: Repository) -> bool:
    """As the config says: a git dir may have any name, and lie anywhere."""
    said = run(repository.git, 'config', '--type=bool', '--get', 'core.bare', ok=(0, 1, 128))[0].strip()
    return said == b'true' if said else os.path.basename(os.path.realpath(repository.common)) != b'.git'


def logged(repository: Repository) -> list[Logged]:
    """The reflogs of remote-tracking branches, oldest first."""
    top = os.path.join(repository.common, b'logs')
    found = []
    for folder, _, names in os.walk(os.path.join(top, b'refs', b'remotes')):
        for name in names:
            path = os.path.join(folder, name)
            ref = os.fsdecode(os.path.relpath(path, top))
            for line in _lines(path):
                entry = _LOGGED.match(line)
                if entry is not None:
                    pushed = (entry[3] or b'').startswith(b'update by push')
                    found.append((int(entry[2]), Logged(ref, entry[1].decode(), '', pushed)))
    if not found:
        # a reftable has them, or there are none
        found = list(_asked(repository.git))
    found.sort(key=lambda pair: pair[0])
    return [entry._replace(day=_day(seconds)) for seconds, entry in found[:_MOST_LOGGED]]


def _asked(git: Git) -> Iterator[tuple[int, Logged]]:
    """What git itself says of them, the newest first."""
    words = ('log', '--walk-reflogs', '-z', '-s', '--no-show-signature', '--no-notes', '--date=unix', '--format=%H %gD %gs')
    for entry in run(git, *words, '--remotes', ok=(0, 128))[0].split(b'\0')[::-1]:
        line = _WALKED.match(entry)
        if line is not None:
            ref = line[2].decode('utf-8', 'surrogateescape')
            yield int(line[3]), Logged(ref, line[1].decode(), '', line[4].startswith(b'update by push'))


def _day(seconds: int) -> str:
    from datetime import datetime
    from datetime import timezone

    try:
        return datetime.fromtimestamp(seconds, timezone.utc).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ''


def _names(folder: bytes) -> list[bytes]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _lines(path: bytes) -> list[bytes]:
    try:
        return contents(path, _LARGEST).splitlines()
    except (OSError, DamagedError):
        return []


def remotes(git: Git) -> list[Remote]:
    """The remotes as the config has them, their URLs as `url.*.insteadOf` changes them (git-config(1))."""
    wanted = r'^(remote\..*\.(url|fetch)|url\..*\.insteadof)$'
    listing = run(git, 'config', '-z', '--get-regexp', wanted, ok=(0, 1))[0].decode('utf-8', 'surrogateescape')
    rows = [(*key.split('.', 1)[1].rpartition('.')[::2], value) for key, _, value in (
        entry.partition('\n') for entry in listing.split('\0') if entry
    )]
    instead = [(value, name) for name, what, value in rows if what == 'insteadof' and value]
    # `remote.*.mirror` says what a push does
    mirrors = {name for name, what, value in rows if what == 'fetch' and value.lstrip('+').startswith(_MIRRORED)}
    urls = {name: value for name, what, value in reversed(rows) if what == 'url'}
    return [Remote(name, _instead(url, instead), name in mirrors) for name, url in reversed(urls.items())]


def _instead(url: str, instead: list[tuple[str, str]]) -> str:
    """git takes the longest that fits."""
    begun, base = max((pair for pair in instead if url.startswith(pair[0])), key=lambda pair: len(pair[0]), default=('', ''))
    return base + url[len(begun):]


def beneath(git: Git, found: list[Tip]) -> dict[str, tuple[str, bytes]]:
    """What tags of trees and blobs hold, which no commit does: object -> the tip's name and the path below it."""
    held: dict[str, tuple[str, bytes]] = {}
    for tip in found:
        if not tip.commit and len(held) < _MOST_BENEATH:
            listing = run(git, 'rev-list', '--objects', tip.object, '--', ok=(0, 128))[0]
            rows = (line.partition(b' ') for line in listing.split(b'\n') if line)
            held.update((name.decode('ascii'), (tip.name, path)) for name, _, path in rows)
    return held


def at_head(git: Git) -> Iterator[tuple[bytes, str]]:
    """Path and object of every file of HEAD's tree that git can read; nothing before the first commit."""
    found, _, code = run(git, 'ls-tree', '-r', '-z', '--full-tree', 'HEAD', ok=(0, 1, 128))
    for line in found.split(b'\0') if code != 128 else ():
        meta, tab, path = line.partition(b'\t')
        if tab:
            yield path, meta.split()[2].decode('ascii')


def in_indexes(repository: Repository) -> dict[str, bytes]:
    """What this and every other worktree has staged: object -> one path of it."""
    found: dict[str, bytes] = {}
    for folder in _git_dirs(repository):
        if os.path.isfile(os.path.join(folder, b'index')):
            # from within the git dir: in a folder of the work tree git would list what is below that
            git = inside(repository.git, folder)
            environ = {key: value for key, value in git.environ.items() if key != 'GIT_INDEX_FILE'}
            found.update((entry.object, entry.path) for entry in listed(Git(git.cwd, environ)))
    return found

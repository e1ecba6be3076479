"""What a range of commits adds, and no more: the objects that `git rev-list` lists for it."""
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from collections.abc import Sequence

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import GitError
from pina_scan.errors import UsageError
from pina_scan.git.repository import Repository
from pina_scan.git.run import Git
from pina_scan.git.run import output
from pina_scan.git.run import run
from pina_scan.source import files
from pina_scan.source import history
from pina_scan.source.from_git import MOST_FAILED
from pina_scan.source.from_git import NAMELESS
from pina_scan.source.from_git import Borrowed
from pina_scan.source.from_git import streamed
from pina_scan.source.staged import behind
from pina_scan.source.staged import pointed

#: Arguments that say how rev-list prints, or that leave objects of the chosen commits out: with them a range would be
#: read wrongly, or in part, and pass for clean.
_NO_CHOICE = frozenset((
    '--objects', '--objects-edge', '--objects-edge-aggressive', '--indexed-objects', '--object-names', '--no-object-names',
    '--filter', '--filter-print-omitted', '--filter-provided-objects', '--missing', '--exclude-promisor-objects',
    '--use-bitmap-index', '--test-bitmap', '--verify-objects', '--in-commit-order', '--disk-usage', '--count', '--quiet',
    '--stdin', '-z', '--header', '--pretty', '--format', '--oneline', '--graph', '--timestamp', '--parents', '--children',
    '--boundary', '--left-right', '--cherry', '--cherry-mark', '--bisect', '--bisect-vars', '--bisect-all', '--abbrev',
    '--abbrev-commit', '--no-commit-header', '--commit-header', '--log-size', '--show-signature', '--walk-reflogs', '-g',
    '--progress', '--unsorted-input', '--maximal-only', '--notes', '--show-notes', '--encoding', '--line-prefix',
    '--unpacked', '--no-kept-objects', '--ignore-missing', '--ignore-missing-links', '--do-not-die-on-missing-tree',
))
#: What isn't there is listed too, behind a `?`: a partial clone's promisor may have it. git asked for it would end.
_LIST = ('rev-list', '--objects', '--missing=print')
#: What a command line surely takes.
_ARGUMENTS = 1 << 10
_COUNTS = re.compile('-n|--max-count|--skip|-[0-9]')
#: How git ends where it prints its usage.
_USAGE = 129
_FETCH_MORE = 'Fetch all of it: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout.'


def added(repository: Repository, revs: Sequence[str]) -> Iterator[Blob | Unread]:
    """The blobs of each object that those arguments of rev-list give. Raises UsageError where git can't make them out."""
    listing = _listing(repository, revs)
    hidden = sorted(repository.shallow.intersection(name for name, _ in listing))
    if hidden or goes_on(repository, revs):
        place = history.shown(repository, os.path.join(repository.common, b'shallow'))
        edge = f'commit {hidden[0]}'.encode('ascii') if hidden else place
        yield Unread(edge, f'this clone is shallow, and the range goes on behind its edge. {_FETCH_MORE}')
    space = files.buffer()
    borrowed = Borrowed(repository.git)
    failed = 0
    try:
        for name, path in listing:
            shown = path or NAMELESS + name.lstrip('?').encode('ascii')
            if name.startswith('?'):
                yield Unread(shown, 'it is not here: a partial clone leaves out what was not needed yet, or it was lost')
                continue
            stored = None
            try:
                for item in streamed(repository.git, borrowed.objects(), name, shown, repository.id_length, space):
                    if path and isinstance(item, Blob):
                        stored = pointed(item) or stored
                    yield item
            except GitError as error:
                # git ends at what is damaged: another goes on
                borrowed.close()
                yield Unread(shown, str(error))
                failed += 1
                if failed == MOST_FAILED:
                    yield Unread(shown, f'git ended {failed} times: what else the range adds is not read')
                    return
                continue
            if stored is not None:
                yield from behind((os.path.join(repository.common, b'lfs'), *repository.moved), stored, shown, space)
    finally:
        borrowed.close()


def goes_on(repository: Repository, revs: Sequence[str]) -> bool:
    """Whether a range goes on behind a shallow clone's edge, which may be none that a path, say, chooses.

    git, not told of the edge, fails where it gets there.
    """
    whole = Git(repository.git.cwd, {**repository.git.environ, 'GIT_SHALLOW_FILE': ''})
    return bool(repository.shallow) and run(whole, 'rev-list', '--quiet', *revs, ok=(0, 128))[2] != 0


def arguments(git: Git, revs: Sequence[str]) -> list[str]:
    """`revs` with HEAD where they name no commit, as `git log` has it. Raises UsageError for what chooses no commits."""
    end = revs.index('--') if '--' in revs else len(revs)
    for word in revs[:end]:
        if word.partition('=')[0] in _NO_CHOICE:
            raise UsageError(f'{word} says what git prints, not which commits. Leave it out: what they add is scanned whole.')
    # --default would hold no longer once the range's outside is named too
    with_head = [*revs[:end], 'HEAD', *revs[end:]]
    for words in (list(revs), with_head):
        if run(git, 'rev-list', '--max-count=0', *words, ok=(0, 128, _USAGE))[2] != _USAGE:
            # else paths would hide what a branch that was merged had put there and taken out again; it would be counted, too
            return words if any(map(_COUNTS.match, revs[:end])) else ['--full-history', *words]
    raise UsageError(f'git rev-list does not take {" ".join(revs)}. See git-rev-list(1) for what chooses commits.')


def _listing(repository: Repository, revs: Sequence[str]) -> list[tuple[str, bytes]]:
    try:
        listing = _objects(repository, revs)
    except GitError as error:
        lines = error.stderr.decode('utf-8', 'backslashreplace').strip().splitlines() or [str(error)]
        # warnings come first, help last
        words = next((line for line in lines if line.startswith('fatal: ')), lines[0])
        advice = f' This clone is shallow. {_FETCH_MORE}' if repository.shallow else ''
        raise UsageError(f'git can\'t make out the range: {words.rstrip(".")}.{advice}') from None
    # a name may have a carriage return, which would be the end of a line to splitlines
    rows = (line.partition(b' ') for line in listing.split(b'\n')[:-1])
    return [(name.decode('ascii'), path) for name, _, path in rows]


def _objects(repository: Repository, revs: Sequence[str]) -> bytes:
    """What `rev-list --objects` prints for the commits of the range, less what their parents outside of it had.

    Asked for `A..B` it leaves that out by itself; for `-1` or `--since` it lists all that the oldest commits hold.
    """
    git = repository.git
    parents = {line.split()[0]: line.split()[1:] for line in output(git, 'rev-list', '--parents', *revs).splitlines()}
    # by first parents alone a merge is what adds the other side's
    many = 1 if '--first-parent' in revs else None
    outside = {parent for row in parents.values() for parent in row[:many]} - parents.keys()
    if 0 < len(outside) < _ARGUMENTS:
        # before the range, since a --not within it would turn their meaning round
        less = [b'^' + parent for parent in sorted(outside)]
        # a choice by author, say, has commits that lie behind one that is not chosen: then nothing is left out
        if set(output(git, 'rev-list', *less, *revs).split()) == parents.keys():
            return output(git, *_LIST, *less, *revs)
    return output(git, *_LIST, *revs)

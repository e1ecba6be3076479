"""What a range of commits adds, and no more: the objects that `git rev-list` lists for it."""
from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.errors import GitError
from pina_scan.errors import UsageError
from pina_scan.git.objects import Objects
from pina_scan.git.repository import Repository
from pina_scan.git.run import Git
from pina_scan.git.run import output
from pina_scan.git.run import run
from pina_scan.source import files
from pina_scan.source.from_git import NAMELESS
from pina_scan.source.from_git import streamed

#: Arguments that say how rev-list prints, or that leave objects of the chosen commits out: with them a range would be
#: read wrongly, or in part, and pass for clean.
_NO_CHOICE = frozenset((
    '--objects', '--objects-edge', '--objects-edge-aggressive', '--indexed-objects', '--object-names', '--no-object-names',
    '--filter', '--filter-print-omitted', '--filter-provided-objects', '--missing', '--exclude-promisor-objects',
    '--use-bitmap-index', '--test-bitmap', '--verify-objects', '--in-commit-order', '--disk-usage', '--count', '--quiet',
    '--stdin', '-z', '--header', '--pretty', '--format', '--oneline', '--graph', '--timestamp', '--parents', '--children',
    '--boundary', '--left-right', '--cherry', '--cherry-mark', '--bisect', '--bisect-vars', '--bisect-all', '--abbrev',
    '--abbrev-commit', '--no-commit-header', '--commit-header', '--log-size', '--show-signature', '--walk-reflogs', '-g',
    '--progress', '--unsorted-input', '--maximal-only', '--notes', '--show-notes', '--encoding',
))
#: What isn't there is listed too, behind a `?`: a partial clone's promisor may have it. git asked for it would end.
_LIST = ('rev-list', '--objects', '--missing=print')
#: What a command line surely takes.
_ARGUMENTS = 1 << 10
#: How git ends where it prints its usage.
_USAGE = 129
_FETCH_MORE = 'Fetch all of it: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout.'


def added(repository: Repository, revs: Sequence[str]) -> Iterator[Blob | Unread]:
    """The blobs of each object that those arguments of rev-list give. Raises UsageError where git can't make them out."""
    listing = _listing(repository, revs)
    hidden = sorted(repository.shallow.intersection(name for name, _ in listing))
    if hidden:
        yield Unread(
            f'commit {hidden[0]}'.encode('ascii'), f'this clone is shallow, and the range goes on behind its edge. {_FETCH_MORE}',
        )
    space = files.buffer()
    with Objects(repository.git) as objects:
        for name, path in listing:
            shown = path or NAMELESS + name.lstrip('?').encode('ascii')
            if name.startswith('?'):
                yield Unread(shown, 'it is not here: a partial clone leaves out what was not needed yet, or it was lost')
                continue
            try:
                yield from streamed(repository.git, objects, name, shown, repository.id_length, space)
            except GitError as error:
                yield Unread(shown, str(error))
                return


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
            return words
    raise UsageError(f'git rev-list does not take {" ".join(revs)}. See git-rev-list(1) for what chooses commits.')


def _listing(repository: Repository, revs: Sequence[str]) -> list[tuple[str, bytes]]:
    try:
        listing = _objects(repository, revs)
    except GitError as error:
        words = error.stderr.decode('utf-8', 'backslashreplace').strip().partition('\n')[0] or str(error)
        advice = f' This clone is shallow. {_FETCH_MORE}' if repository.shallow else ''
        raise UsageError(f'git can\'t make out the range: {words.rstrip(".")}.{advice}') from None
    rows = (line.partition(b' ') for line in listing.split(b'\n') if line)
    return [(name.decode('ascii'), path) for name, _, path in rows]


def _objects(repository: Repository, revs: Sequence[str]) -> bytes:
    """What `rev-list --objects` prints for the commits of the range, less what their parents outside of it had.

    Asked for `A..B` it leaves that out by itself; for `-1` or `--since` it lists all that the oldest commits hold.
    """
    git = repository.git
    parents = {line.split()[0]: line.split()[1:] for line in output(git, 'rev-list', '--parents', *revs).splitlines()}
    outside = {parent for row in parents.values() for parent in row} - parents.keys()
    if 0 < len(outside) < _ARGUMENTS:
        # before the range, since a --not within it would turn their meaning round
        less = [b'^' + parent for parent in sorted(outside)]
        # a choice by author, say, has commits that lie behind one that is not chosen: then nothing is left out
        if set(output(git, 'rev-list', *less, *revs).split()) == parents.keys():
            return output(git, *_LIST, *less, *revs)
    return output(git, *_LIST, *revs)

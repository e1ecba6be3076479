"""What to do about a token, in order, with what to type: by how far it got."""
from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import NamedTuple

from pina_scan.records import Finding
from pina_scan.report.reach import state
from pina_scan.report.tokens import Token

#: So many places are named in a step; the table has them all.
_NAMED = 3
_PLAIN = re.compile(rb'[\x21-\x7e][\x20-\x7e]*')
_WHERE_TO_MAKE = 'Ads Manager: Business > Conversions > Conversion API > Generate new token.'


class Step(NamedTuple):
    """`does` in a few words, `why` in a sentence or two, `types` the lines for a shell."""

    does: str
    why: str = ''
    types: tuple[str, ...] = ()


_MAKE = Step('Make a new token.', f'{_WHERE_TO_MAKE} Taking the old one out of the code does not make it safe again.')
_REPLACE = Step(
    'Put the new one where the old one is used.',
    'In the environment or a secret store, never in a file that git tracks. Then see that the old one no longer works; if it '
    'does, ask Pinterest to revoke it.',
)
_WATCH = Step('Look at what was sent with it.', 'Conversions that came in since the token got out may not be yours.')
_REWRITE = Step(
    'If it has to go from the history too: rewrite it, once the old token is dead.',
    'Write the old token into a file outside the repository, let git-filter-repo replace it, and delete that file. '
    'All who have a clone have to clone again, and a forge may keep the old commits.',
    ('git filter-repo --replace-text ../old-token.txt', 'git push --force --all', 'git push --force --tags'),
)
_FORGET = Step(
    'Have git forget what it replaced.',
    'Commits that were amended or dropped stay in the reflog, and so in the repository.',
    ('git reflog expire --expire=now --all', 'git gc --prune=now'),
)
_PRUNE = Step('Have git drop it.', 'Nothing but the store itself has it.', ('git gc --prune=now',))
_SEE = Step('See that it is gone.', '', ('pina-scan history',))
_IF_SEEN = Step(
    'If it has ever left this machine, make a new token.', f'By a push, a message, a backup, a log. {_WHERE_TO_MAKE}',
)
_HISTORY = Step('See whether it was ever committed.', 'If it was, that says how far it got.', ('pina-scan history',))
_DUMMY = (
    Step('Nothing has leaked.', 'It has the form of a token, but its body is a dummy.'),
    Step('Use one that passes.', 'Tokens for documents and tests:', ('pina-scan fake',)),
    Step('Or let dummies pass.', '', ('pina-scan --allow-placeholders',)),
)


def steps(token: Token) -> list[Step]:
    if not token.real:
        return list(_DUMMY)
    return list(_BY_REACH[token.reach.key](token))


def general(token: Token) -> list[Step]:
    """The same for every token that got as far: without what is this one's own, its places and its commits."""
    worst = token.worst
    origin = worst.origin._replace(commit=None) if worst.origin is not None else None
    return steps(Token(token.sha256, [worst._replace(line=None, origin=origin)]))


def _out(token: Token) -> Iterator[Step]:
    yield _MAKE
    yield _REPLACE
    yield from _taken_out(token)
    yield _WATCH
    yield _REWRITE


def _local(token: Token) -> Iterator[Step]:
    commits = list(dict.fromkeys(
        place.origin.commit for place in token.places if place.origin is not None and place.origin.commit is not None
    ))
    yield Step('Do not push.', 'As long as nothing has left this machine, no new token is needed.')
    yield Step(
        'Take it out of the commits that have it.',
        'If it is the last one, amend it. Else mark those commits `edit`, take the token out of each, and go on.',
        ('git commit --amend', *(f'git rebase --interactive {commit[:12]}^' for commit in commits[:1])),
    )
    yield _FORGET
    yield _SEE
    yield _IF_SEEN


def _staged(token: Token) -> Iterator[Step]:
    yield Step('Take it out of the file, and stage the file again.', 'The next commit would have it.', ('git add --update',))
    yield _PRUNE
    yield _SEE
    yield _IF_SEEN


def _stash(token: Token) -> Iterator[Step]:
    refs = token.worst.origin.refs if token.worst.origin is not None else ()
    # the older first: a stash that is dropped renumbers those behind it
    held = [ref for ref in reversed(refs) if ref.startswith('stash@{')]
    named = [*held, *(['stash@{0}'] if 'refs/stash' in refs or not held else [])]
    yield Step('Drop the stash that has it.', '', ('git stash list --stat', *(f'git stash drop {name}' for name in named)))
    yield _PRUNE
    yield _SEE
    yield _IF_SEEN


def _reflog(token: Token) -> Iterator[Step]:
    yield _FORGET
    yield _SEE
    yield _IF_SEEN


def _dangling(token: Token) -> Iterator[Step]:
    yield _PRUNE
    yield _SEE
    yield _IF_SEEN


def _file(token: Token) -> Iterator[Step]:
    yield from _taken_out(token)
    yield _HISTORY
    yield _IF_SEEN


def _taken_out(token: Token) -> Iterator[Step]:
    here = [place for place in token.places if state(place).key == 'there']
    if here:
        named = tuple(dict.fromkeys(filter(None, map(_open, here[:_NAMED]))))
        more = len(here) - _NAMED
        yield Step(
            'Take it out of the ' + ('file.' if len(here) == 1 else 'files.'),
            'Read it from the environment or a secret store instead.' + (f' {more:,} more places are below.' if more > 0 else ''),
            named,
        )


def _open(place: Finding) -> str | None:
    """None for what no editor opens: a name, a member of a container, standard input, a path that can't be typed."""
    if place.line is None or place.inner or place.path == b'-' or _PLAIN.fullmatch(place.path) is None:
        return None
    path = place.path.decode('ascii')
    return f'$EDITOR +{place.line} {shlex.quote("./" + path if path.startswith("-") else path)}'


_BY_REACH = {
    'remote': _out, 'bare': _out, 'tag': _out, 'ref': _out, 'unknown': _out,
    'file': _file, 'local': _local, 'staged': _staged, 'stash': _stash, 'reflog': _reflog, 'dangling': _dangling,
}

"""The canary: a token made this moment, put into a copy of the repository the way people put theirs, through git.

It is nobody's, and looks like somebody's: `pina-scan fake` makes tokens that pass, this one must not. Each attempt is
made twice: with the canary, and with a fake one in its place. What stops the one and not the other stops it for what it
is. Each file has a canary of its own, and a report names a token by its hash, so that one attempt tells which were found.
"""
from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.doctor.copy import Copy
from pina_scan.git.as_user import call
from pina_scan.git.run import output
from pina_scan.git.run import zsplit
from pina_scan.token import HASH_SHOWN
from pina_scan.token import make
from pina_scan.token import make_fake
from pina_scan.token import sha256

#: name, and what is around the token: kinds of file that a filter on types, names or text would tell apart
KINDS: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    ('.env', '.env.{}', lambda token: b'TOKEN=' + token + b'\n'),
    ('Python', '{}.py', lambda token: b"TOKEN = '" + token + b"'\n"),
    ('JavaScript', '{}.js', lambda token: b"const token = '" + token + b"';\n"),
    ('JSON', '{}.json', lambda token: b'{"token": "' + token + b'"}\n'),
    ('YAML', '{}.yaml', lambda token: b'token: ' + token + b'\n'),
    ('Markdown', '{}.md', lambda token: b'# A canary\n\n' + token + b'\n'),
    ('no extension', '{}', lambda token: token + b'\n'),
    ('binary', '{}.bin', lambda token: b'\0\1\2\xff' + token + b'\0'),
    ('UTF-16', '{}.txt', lambda token: token.decode('ascii').encode('utf-16')),
)
#: Where it stands in for the name of a kind: a folder of the repository's.
_FOLDERS = 24


class Attempt(NamedTuple):
    """`code`: git's, None where it took too long. `seen`: which of the canaries a report named."""

    code: int | None
    said: bytes
    seen: frozenset[str]


class Proof(NamedTuple):
    """`stopped`: True, False, or None where it could not be found out. `missed`: what went through, by kind or folder.

    `named`: the report of pina-scan was seen. `always`: what was said where a clean attempt failed as well.
    """

    what: str
    stopped: bool | None
    missed: tuple[str, ...] = ()
    named: bool = False
    always: bytes | None = None
    slow: bool = False


def commit(copy: Copy, seconds: float) -> Proof:
    places = _places(copy)
    control = _files(copy, places, make_fake, seconds)
    attempt = _files(copy, places, make, seconds) if control.code is not None else control
    if attempt.code is None:
        return Proof('commit', None, slow=True)
    if attempt.code == 0:
        return Proof('commit', False, tuple(places))
    if not attempt.seen:
        return _unnamed('commit', control)
    missed = [label for label in places if label not in attempt.seen]
    if missed:
        # a report may be cut short: what went unnamed is tried by itself
        again = _files(copy, {label: places[label] for label in missed}, make, seconds)
        missed = missed if again.code == 0 else []
    return Proof('commit', True, tuple(missed), True, control.said if control.code else None)


def message(copy: Copy, seconds: float) -> Proof:
    control = _message(copy, make_fake(), seconds)
    return _settled('message', control, _message(copy, make(), seconds) if control.code is not None else control)


def push(copy: Copy, seconds: float) -> Proof:
    control = _push(copy, make_fake(), 'control', seconds)
    return _settled('push', control, _push(copy, make(), 'canary', seconds) if control.code is not None else control)


def _settled(what: str, control: Attempt, attempt: Attempt) -> Proof:
    if attempt.code is None:
        return Proof(what, None, slow=True)
    if attempt.code == 0:
        return Proof(what, False)
    if not attempt.seen:
        return _unnamed(what, control)
    return Proof(what, True, (), True, control.said if control.code else None)


def _unnamed(what: str, control: Attempt) -> Proof:
    """Stopped, and pina-scan was not heard: by the token if the same without it goes through, else who knows by what."""
    if control.code == 0:
        return Proof(what, True)
    return Proof(what, None, always=control.said)


def _places(copy: Copy) -> dict[str, tuple[bytes, Callable[[bytes], bytes]]]:
    """Label -> path and content: each kind at the top, and one file in each of the first folders of the tree."""
    name = f'pina-scan-canary-{os.urandom(4).hex()}'
    found = {label: (pattern.format(name).encode(), content) for label, pattern, content in KINDS}
    folders = sorted({path.split(b'/')[0] for path in zsplit(output(copy.git, 'ls-files', '-z')) if b'/' in path})
    for folder in folders[:_FOLDERS]:
        found[os.fsdecode(folder) + '/'] = (folder + b'/' + name.encode() + b'.json', KINDS[3][2])
    return found


def _files(
        copy: Copy, places: dict[str, tuple[bytes, Callable[[bytes], bytes]]], maker: Callable[[], bytes], seconds: float,
) -> Attempt:
    tokens = {}
    for label, (name, content) in places.items():
        tokens[label] = maker()
        path = os.path.join(copy.work, name)
        with open(path, 'wb') as file:
            file.write(content(tokens[label]))
    output(copy.git, '--literal-pathspecs', 'add', '--force', '--', *(name for name, _ in places.values()))
    return _tried(copy, ('commit', '--quiet', '-m', 'chore: pina-scan canary'), tokens.items(), seconds)


def _message(copy: Copy, token: bytes, seconds: float) -> Attempt:
    words = f'chore: pina-scan canary\n\n{token.decode()}\n'
    return _tried(copy, ('commit', '--quiet', '--allow-empty', '-m', words), [('message', token)], seconds)


def _push(copy: Copy, token: bytes, branch: str, seconds: float) -> Attempt:
    name = b'pina-scan-canary.json'
    with open(os.path.join(copy.work, name), 'wb') as file:
        file.write(KINDS[3][2](token))
    output(copy.git, 'add', '--force', '--', name)
    # past the hooks of a commit, as anybody can
    output(copy.git, 'commit', '--quiet', '--no-gpg-sign', '-m', 'chore: pina-scan canary')
    return _tried(copy, ('push', '--quiet', copy.remote, f'HEAD:refs/heads/{branch}'), [('push', token)], seconds)


def _tried(copy: Copy, args: Sequence[str], tokens: Iterable[tuple[str, bytes]], seconds: float) -> Attempt:
    code, said = call(copy.work, tuple(args), copy.environ, seconds)
    lock = os.path.join(copy.work, b'.git', b'index.lock')
    if code is None and os.path.lexists(lock):
        os.unlink(lock)
    # whatever it came to, the next one begins where this one did
    output(copy.git, 'reset', '--quiet', '--hard', copy.base)
    seen = frozenset(label for label, token in tokens if sha256(token)[:HASH_SHOWN].encode() in said)
    return Attempt(code, said, seen)

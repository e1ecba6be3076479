"""`pina-scan message`: by hand, and in a commit-msg hook of a real repository, where what git keeps is what counts."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pina_scan.token import make
from tests.helpers.gitrepo import ENVIRON
from tests.helpers.gitrepo import Repo
from tests.helpers.history import run

SCISSORS = b'# ------------------------ >8 ------------------------\n'
BELOW = b'# Do not modify or remove the line above.\n# Everything below it will be ignored.\n'
DIFF = b'diff --git a/a b/a\n-%s\n'


@pytest.mark.parametrize(('template', 'code'), (
    (b'clean\n', 0),
    (b'', 0),
    (b'subject\n' + SCISSORS + BELOW + DIFF, 0),
    (b'subject\n' + SCISSORS.replace(b'#', b';') + BELOW.replace(b'#', b';') + DIFF, 0),
    (b'subject\n' + SCISSORS.replace(b'#', b'//  ') + BELOW.replace(b'#', b'//  ') + DIFF, 0),
    (b'%s\n', 1),
    (b'subject\n\n# a comment: %s\n', 1),
    (b'subject %s\n' + SCISSORS + BELOW + b'diff --git a/a b/a\n', 1),
    # somebody's own line, which git keeps
    (b'subject\n' + SCISSORS + b'%s\n', 1),
    (b'subject\n' + SCISSORS + BELOW + b'%s\n', 1),
))
def test_by_hand(tmp_path: Path, template: bytes, code: int) -> None:
    repo = Repo(str(tmp_path))
    repo.write('msg', template.replace(b'%s', make()))
    assert run(repo, 'message', 'msg')[0] == code


def test_no_message(tmp_path: Path) -> None:
    code, report = run(Repo(str(tmp_path)), 'message', 'nosuch')
    assert (code, [item['path'] for item in report['unread']]) == (2, ['nosuch'])


@pytest.fixture
def hooked(tmp_path: Path) -> tuple[Repo, bytes]:
    """A repository with the hook in it, and a token that HEAD has and the index has not."""
    repo = Repo(str(tmp_path / 'r'))
    token = make()
    repo.commit({'a': b'a\n' + token + b'\n'})
    top = str(Path(__file__).parents[2])
    hook = f'#!/bin/sh\nPYTHONPATH={top} exec {sys.executable} -m pina_scan message "$1"\n'
    repo.write('.git/hooks/commit-msg', hook.encode())
    os.chmod(os.path.join(repo.path, '.git', 'hooks', 'commit-msg'), 0o755)
    repo.write('a', b'a\n')
    repo.git('add', 'a')
    return repo, token


def commit(repo: Repo, *args: str, editor: str = ':', stdin: bytes = b'') -> int:
    env = {**ENVIRON, 'GIT_EDITOR': editor}
    return subprocess.run(
        ('git', *args), cwd=repo.path, env=env, input=stdin, capture_output=True, check=False,
    ).returncode


WRITES = "sh -c 'printf \"subject\\n\" | cat - \"$1\" > \"$1.n\" && mv \"$1.n\" \"$1\"' --"


@pytest.mark.parametrize('args', (
    (), ('-v',), ('-vv',), ('-v', '--cleanup=scissors'), ('-v', '--cleanup=verbatim'), ('--amend', '-v'),
    ('-c', 'core.commentChar=;', '-v'), ('-c', 'core.commentChar=auto', '-v'), ('-c', 'commit.verbose=true'),
), ids=' '.join)
def test_a_commit_that_takes_a_token_out(hooked: tuple[Repo, bytes], args: tuple[str, ...]) -> None:
    repo, _ = hooked
    config, options = (args[:2], args[2:]) if args[:1] == ('-c',) else ((), args)
    assert commit(repo, *config, 'commit', '-q', *options, editor=WRITES) == 0


def test_a_first_commit_that_shows_all_it_has(hooked: tuple[Repo, bytes]) -> None:
    """The token is the other hook's affair: it may be accepted by a baseline."""
    repo, token = hooked
    repo.git('checkout', '-q', '--orphan', 'new')
    repo.write('a', b'a\n' + token + b'\n')
    repo.git('add', 'a')
    for args in ((), ('--amend',)):
        assert commit(repo, 'commit', '-q', '-v', *args, editor=WRITES) == 0
        assert commit(repo, 'commit', '-q', '--allow-empty', '-F', '-', *args, stdin=forged(make())) == 1


def test_a_file_with_such_a_name_that_is_taken_out(hooked: tuple[Repo, bytes]) -> None:
    """git lists it in comments, for an editor alone."""
    repo, _ = hooked
    name = make().decode()
    repo.write(f'd/{name}', b'x')
    repo.git('add', '-A')
    repo.git('commit', '-q', '--no-verify', '-m', 'x')
    repo.git('mv', f'd/{name}', 'fine')
    listed = b'subject\n\n#\tdeleted:    d/' + name.encode() + b'\n'
    assert commit(repo, 'commit', '-q', '-F', '-', stdin=listed) == 1
    for args in ((), ('-v',), ('-c', 'core.commentChar=;')):
        config, options = (args, ()) if args[:1] == ('-c',) else ((), args)
        assert commit(repo, *config, 'commit', '-q', *options, editor=WRITES.replace('subject', name)) == 1
        assert commit(repo, *config, 'commit', '-q', *options, editor=WRITES) == 0
        repo.git('reset', '-q', '--soft', 'HEAD~1')


def forged(token: bytes) -> bytes:
    return b'subject\n\n' + SCISSORS + BELOW + b'diff --git a/a b/a\n+' + token + b'\n'


@pytest.mark.parametrize(('args', 'editor'), (
    (('-F', '-'), ':'), (('-F', '-', '-e'), 'true'), (('-F', '-', '--cleanup=verbatim'), ':'), (('-F', '-', '--amend'), ':'),
))
def test_scissors_of_ones_own_hide_nothing(hooked: tuple[Repo, bytes], args: tuple[str, ...], editor: str) -> None:
    repo, _ = hooked
    token = make()
    assert commit(repo, 'commit', '-q', *args, editor=editor, stdin=forged(token)) == 1
    # without the hook git keeps it, which is why it counts
    assert commit(repo, 'commit', '-q', '--no-verify', *args, editor=editor, stdin=forged(token)) == 0
    assert token in repo.git('log', '-1', '--format=%B')

"""`pina-scan push`: as git calls it, and as pre-commit does."""
from __future__ import annotations

from pathlib import Path

import pytest

from pina_scan.token import make
from tests.helpers.gitrepo import Repo
from tests.helpers.history import found
from tests.helpers.history import origin
from tests.helpers.history import run

ZERO = '0' * 40


def _lines(*rows: tuple[str, str, str, str]) -> bytes:
    return ''.join(' '.join(row) + '\n' for row in rows).encode()


@pytest.fixture
def pushed(tmp_path: Path) -> tuple[Repo, bytes, str]:
    """A repository whose remote has one commit with a token: that is known, and is sent no more."""
    repo = Repo(str(tmp_path))
    token = make()
    first = repo.commit({'old': token})
    repo.git('update-ref', 'refs/remotes/origin/main', first)
    return repo, token, first


def test_a_new_branch_an_update_and_a_tag(pushed: tuple[Repo, bytes, str]) -> None:
    repo, old, first = pushed
    tokens = [make(), make(), make(), old]
    added = repo.commit({'a': b'\n' + tokens[0]})
    second = repo.commit({'a': b'clean'})
    repo.git('checkout', '-qb', 'side')
    side = repo.commit({'b': tokens[1]})
    repo.git('tag', '-am', 'about ' + tokens[2].decode(), 'v1')
    tag = repo.git('rev-parse', 'v1').decode().strip()
    rows = [
        ('refs/heads/main', second, 'refs/heads/main', first),
        ('refs/heads/side', side, 'refs/heads/side', ZERO),
        ('refs/tags/v1', tag, 'refs/tags/v1', ZERO),
        ('(delete)', ZERO, 'refs/heads/gone', first),
    ]
    for chosen, expected in ((rows[:1], {0}), (rows[1:2], {0, 1}), (rows[2:3], {0, 1, 2}), (rows[3:], set()), (rows, {0, 1, 2})):
        code, report = run(repo, 'push', 'origin', 'url', stdin=_lines(*chosen))
        assert (code, found(report, tokens), report['unread']) == (bool(expected), expected, [])
    life = origin(run(repo, 'push', 'origin', stdin=_lines(*rows))[1], tokens[0])
    assert (life['path'], life['line'], life['commit'], life['removed_by']) == ('a', 2, added, second)


def test_a_forced_update_and_a_remote_that_is_ahead(pushed: tuple[Repo, bytes, str]) -> None:
    repo, old, first = pushed
    token = make()
    new = repo.commit({'a': token})
    for there in (first, 'ab' * 20):
        code, report = run(repo, 'push', 'origin', stdin=_lines(('refs/heads/main', new, 'refs/heads/main', there)))
        assert (code, found(report, [token, old])) == (1, {0})


def test_a_first_push_to_a_url_sends_all(pushed: tuple[Repo, bytes, str]) -> None:
    repo, old, first = pushed
    code, report = run(repo, 'push', 'https://example.com/r', stdin=_lines(('HEAD', first, 'refs/heads/main', ZERO)))
    assert (code, found(report, [old])) == (1, {0})


def test_the_name_of_what_is_pushed(pushed: tuple[Repo, bytes, str]) -> None:
    repo, _, first = pushed
    token = make()
    code, report = run(repo, 'push', 'origin', stdin=_lines(('HEAD', first, f'refs/heads/{token.decode()}', ZERO)))
    assert (code, found(report, [token])) == (1, {0})


def test_nothing_to_push(pushed: tuple[Repo, bytes, str]) -> None:
    assert run(pushed[0], 'push', 'origin')[0] == 0


def test_lines_that_are_not_gits(pushed: tuple[Repo, bytes, str]) -> None:
    code, report = run(pushed[0], 'push', 'origin', stdin=b'what\n')
    assert (code, 'githooks(5)' in report['error']) == (2, True)


def test_under_pre_commit_every_ref_that_may_be_sent(pushed: tuple[Repo, bytes, str]) -> None:
    """pre-commit hands over one pair of all those that are pushed."""
    repo, old, first = pushed
    tokens = [make(), make(), old]
    new = repo.commit({'a': tokens[0]})
    repo.git('checkout', '-qb', 'side', first)
    repo.commit({'b': tokens[1]})
    env = {
        'PRE_COMMIT_FROM_REF': first, 'PRE_COMMIT_TO_REF': new, 'PRE_COMMIT_REMOTE_NAME': 'origin',
        'PRE_COMMIT_LOCAL_BRANCH': 'refs/heads/main', 'PRE_COMMIT_REMOTE_BRANCH': 'refs/heads/main',
    }
    code, report = run(repo, 'push', stdin=b'', **env)
    assert (code, found(report, tokens)) == (1, {0, 1})


def test_git_calls_both(tmp_path: Path) -> None:
    """The hooks in place of a real repository, with a real push."""
    import os
    import subprocess
    import sys

    from tests.helpers.gitrepo import ENVIRON
    repo = Repo(str(tmp_path / 'r'))
    remote = Repo(str(tmp_path / 'remote'), '--bare')
    repo.git('remote', 'add', 'origin', remote.path)
    top = str(Path(__file__).parents[2])
    for hook, command in (('pre-push', 'push "$@"'), ('commit-msg', 'message "$1"')):
        repo.write(f'.git/hooks/{hook}', f'#!/bin/sh\nPYTHONPATH={top} exec {sys.executable} -m pina_scan {command}\n'.encode())
        os.chmod(os.path.join(repo.path, '.git', 'hooks', hook), 0o755)

    def git(*args: str) -> int:
        return subprocess.run(('git', *args), cwd=repo.path, env=ENVIRON, capture_output=True, check=False).returncode

    repo.commit({'a': b'a'})
    assert git('push', '-q', 'origin', 'main') == 0
    assert git('commit', '-q', '--allow-empty', '-m', make().decode()) == 1
    repo.commit({'a': make()})
    repo.commit({'a': b'clean again'})
    assert git('push', '-q', 'origin', 'main') == 1
    repo.git('reset', '-q', '--hard', 'origin/main')
    repo.commit({'a': b'b'})
    assert git('push', '-q', 'origin', 'main') == 0

"""`pina-scan push`: as git calls it, and as pre-commit does."""
from __future__ import annotations

import hashlib
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


def test_a_url_that_a_remote_has(pushed: tuple[Repo, bytes, str]) -> None:
    """What is known to be there is known by the remote's name."""
    repo, old, first = pushed
    token = make()
    repo.git('config', 'remote.origin.url', 'https://example.com/r')
    repo.git('config', 'remote.other.url', 'https://example.com/other')
    new = repo.commit({'a': token})
    line = _lines(('HEAD', new, 'refs/heads/new', ZERO))
    for url, expected in (('https://example.com/r', {0}), ('https://example.com/other', {0, 1})):
        code, report = run(repo, 'push', url, url, stdin=line)
        assert (code, found(report, [token, old])) == (1, expected)


@pytest.mark.parametrize('under', ('git', 'pre-commit'))
def test_what_the_remote_has_taken_back(pushed: tuple[Repo, bytes, str], under: str) -> None:
    """This clone still notes it; what git says of the remote is newer."""
    repo, old, first = pushed
    token = make()
    noted = repo.commit({'a': token})
    repo.git('update-ref', 'refs/remotes/origin/main', noted)
    repo.git('update-ref', 'refs/remotes/origin/other', first)
    new = repo.commit({'a': b'clean'})
    for there, expected in ((noted, set()), ('ab' * 20, set()), (first, {0}), (ZERO, {0} if under == 'git' else set())):
        if under == 'git':
            line = _lines(('refs/heads/main', new, 'refs/heads/main', there))
            code, report = run(repo, 'push', 'origin', 'url', stdin=line)
        else:
            # of a commit that is not here pre-commit takes what the remote's branches don't have
            since = there if there in (noted, first) else noted
            env = _under(
                REMOTE_NAME='origin', REMOTE_URL='url', REMOTE_BRANCH='refs/heads/main', LOCAL_BRANCH='refs/heads/main',
                FROM_REF=since, TO_REF=new,
            )
            code, report = run(repo, 'push', **env)
        assert (code, found(report, [token, old])) == (bool(expected), expected)


def test_what_is_pushed_by_words(pushed: tuple[Repo, bytes, str]) -> None:
    """git gives the hook what was typed, where that is no ref."""
    repo, old, first = pushed
    token = make()
    new = repo.commit({'a': token}, 'mend it all')
    line = _lines(('HEAD^{/mend it all}', new, 'refs/heads/main', first))
    code, report = run(repo, 'push', 'origin', 'url', stdin=line)
    assert (code, found(report, [token, old])) == (1, {0})


@pytest.mark.parametrize('store', ('.git/lfs', 'elsewhere'))
def test_what_an_lfs_pointer_stands_for(pushed: tuple[Repo, bytes, str], store: str) -> None:
    """git-lfs has a hook of its own that sends it."""
    repo, _, first = pushed
    content = b'\n' + make()
    oid = hashlib.sha256(content).hexdigest()
    pointer = f'version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n'.encode()
    repo.commit({'d/f': pointer})
    last = repo.commit({'d/f': b'clean'})
    line = _lines(('HEAD', last, 'refs/heads/main', first))
    assert run(repo, 'push', 'origin', 'url', stdin=line)[0] == 0
    if store == 'elsewhere':
        repo.git('config', 'lfs.storage', '../elsewhere')
    repo.write(f'{store}/objects/{oid[:2]}/{oid[2:4]}/{oid}', content)
    code, report = run(repo, 'push', 'origin', 'url', stdin=line)
    assert (code, [(f['path'], f['line']) for f in report['findings']]) == (1, [('d/f', 2)])


@pytest.mark.parametrize('kind', ('blob', 'tree'))
def test_a_tag_of_what_is_no_commit(pushed: tuple[Repo, bytes, str], kind: str) -> None:
    repo, old, _ = pushed
    token = make()
    name = repo.blob(token)
    if kind == 'tree':
        name = repo.git('mktree', stdin=f'100644 blob {name}\tf\n'.encode()).decode().strip()
    repo.git('tag', 'light', name)
    repo.git('tag', '-am', 'x', 'annotated', name)
    for tag in ('light', 'annotated'):
        ref = f'refs/tags/{tag}'
        line = _lines((ref, repo.git('rev-parse', tag).decode().strip(), ref, ZERO))
        code, report = run(repo, 'push', 'origin', 'url', stdin=line)
        assert (code, found(report, [token, old])) == (1, {0})


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


def _under(**given: str) -> dict[str, str]:
    return {'PRE_COMMIT': '1', **{f'PRE_COMMIT_{name}': value for name, value in given.items()}}


def _sent(**given: str) -> dict[str, str]:
    return _under(REMOTE_NAME='origin', REMOTE_URL='url', REMOTE_BRANCH='refs/heads/x', **given)


def test_under_pre_commit_what_no_ref_has(pushed: tuple[Repo, bytes, str]) -> None:
    """With a root in it no ids are handed over, only what was typed."""
    repo, old, first = pushed
    tokens = [make(), make(), old]
    repo.git('checkout', '-q', '--orphan', 'lone')
    lone = repo.commit({'b': tokens[0]})
    repo.git('checkout', '-q', 'main')
    repo.git('branch', '-D', 'lone')
    repo.commit({'a': b'clean'})
    assert found(run(repo, 'push', **_sent(LOCAL_BRANCH='refs/heads/main'))[1], tokens) == set()
    for typed in (lone, 'HEAD@{2}'):
        code, report = run(repo, 'push', **_sent(LOCAL_BRANCH=typed))
        assert (code, found(report, tokens)) == (1, {0})
    code, report = run(repo, 'push', **_sent(LOCAL_BRANCH='nosuch'))
    assert (code, "git can't make out nosuch" in report['error']) == (2, True)


def test_under_pre_commit_before_the_first_commit_of_a_branch(pushed: tuple[Repo, bytes, str]) -> None:
    repo, old, first = pushed
    new = repo.commit({'a': b'clean'})
    repo.git('checkout', '-q', '--orphan', 'unborn')
    env = _sent(LOCAL_BRANCH='refs/heads/main', FROM_REF=first, TO_REF=new)
    assert run(repo, 'push', **env)[0] == 0


def test_under_pre_commit_what_the_remote_has(pushed: tuple[Repo, bytes, str]) -> None:
    """Of a URL nothing is known but what git told pre-commit."""
    repo, old, first = pushed
    token = make()
    new = repo.commit({'a': token})
    env = {**_sent(LOCAL_BRANCH='refs/heads/main', FROM_REF=first, TO_REF=new), 'PRE_COMMIT_REMOTE_NAME': 'https://example.com/r'}
    code, report = run(repo, 'push', **env)
    assert (code, found(report, [token, old])) == (1, {0})


def test_under_pre_commit_names_and_a_mirror(pushed: tuple[Repo, bytes, str]) -> None:
    repo, _, first = pushed
    repo.write('old', stashed := make())
    repo.git('stash')
    env = _sent(LOCAL_BRANCH='refs/heads/main', FROM_REF=first, TO_REF=first)
    assert run(repo, 'push', **env)[0] == 0
    name = make()
    for kind in ('branch', 'tag'):
        repo.git(kind, name)
        code, report = run(repo, 'push', **env)
        assert (code, found(report, [name])) == (1, {0})
        repo.git(kind, '-d', name)
    repo.git('update-ref', b'refs/heads/' + name, first)
    repo.git('update-ref', b'refs/remotes/origin/' + name, first)
    assert run(repo, 'push', **env)[0] == 0
    repo.git('config', 'remote.origin.mirror', 'true')
    code, report = run(repo, 'push', **env)
    assert (code, found(report, [stashed])) == (1, {0})


def test_under_pre_commit_by_hand(pushed: tuple[Repo, bytes, str]) -> None:
    repo, old, first = pushed
    tokens = [make(), make(), old]
    second = repo.commit({'a': tokens[0]})
    third = repo.commit({'a': b'clean'})
    code, report = run(repo, 'push', **_under())
    assert (code, found(report, tokens)) == (1, {0})
    # asked for, whoever has it
    repo.git('update-ref', 'refs/remotes/origin/main', third)
    for env, expected in (
            (_under(), set()), (_under(FROM_REF=first, TO_REF='main'), {0}), (_under(FROM_REF=second, TO_REF='main'), set()),
    ):
        code, report = run(repo, 'push', **env)
        assert (code, found(report, tokens)) == (bool(expected), expected)
    # a hook that pushes by itself: git gives the lines
    line = _lines(('HEAD', second, 'refs/heads/main', first))
    code, report = run(repo, 'push', 'else', 'url', stdin=line, **_under(FROM_REF=third, TO_REF=third, REMOTE_NAME='origin'))
    assert (code, found(report, tokens)) == (1, {0})


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

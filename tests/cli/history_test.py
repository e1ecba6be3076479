"""`pina-scan history` by every place git keeps a token, how objects may be stored, and what is damaged."""
from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pina_scan.token import make
from tests.helpers.gitrepo import ENVIRON
from tests.helpers.gitrepo import Repo
from tests.helpers.history import found
from tests.helpers.history import origin
from tests.helpers.history import pack_files
from tests.helpers.history import paths
from tests.helpers.history import run


def _author(repo: Repo, token: bytes) -> None:
    repo.commit({}, GIT_AUTHOR_NAME=f'Ann {token.decode()}')


def _committer(repo: Repo, token: bytes) -> None:
    repo.commit({}, GIT_COMMITTER_EMAIL=f'{token.decode()}@example.com')


def _extra_header(repo: Repo, token: bytes) -> None:
    tree = repo.git('write-tree').strip()
    data = b'tree %s\nauthor A <a> 0 +0000\ncommitter A <a> 0 +0000\nx-key %s\n\nm\n' % (tree, token)
    name = repo.git('hash-object', '-t', 'commit', '-w', '--stdin', stdin=data).decode().strip()
    repo.git('update-ref', 'refs/heads/extra', name)


def _tag(repo: Repo, token: bytes) -> None:
    repo.git('tag', '-a', '-m', b'see ' + token, 'v1')


def _note(repo: Repo, token: bytes) -> None:
    repo.git('notes', 'add', '-m', token)


def _entry_name(repo: Repo, token: bytes) -> None:
    repo.commit({f'd/{token.decode()}/x': b'x'})


def _symlink(repo: Repo, token: bytes) -> None:
    os.symlink(b'/to/' + token, os.path.join(repo.path, 'link'))
    repo.commit({})


def _branch(repo: Repo, token: bytes) -> None:
    repo.git('branch', b'b-' + token)


def _packed_branch(repo: Repo, token: bytes) -> None:
    repo.git('branch', b'b-' + token)
    repo.git('pack-refs', '--all')


def _stash(repo: Repo, token: bytes) -> None:
    repo.write('a', token)
    repo.git('stash')


def _stash_untracked(repo: Repo, token: bytes) -> None:
    repo.write('new', token)
    repo.git('stash', '-u')


def _stash_index(repo: Repo, token: bytes) -> None:
    repo.write('a', token)
    repo.git('add', 'a')
    repo.write('a', b'again')
    repo.git('stash')


def _amended(repo: Repo, token: bytes) -> None:
    repo.commit({'a': token})
    repo.write('a', b'clean')
    repo.git('commit', '-aq', '--amend', '-m', 'amended')


def _dropped(repo: Repo, token: bytes) -> None:
    _amended(repo, token)
    repo.git('reflog', 'expire', '--expire=now', '--all')


def _only_staged(repo: Repo, token: bytes) -> None:
    repo.write('s', token)
    repo.git('add', 's')
    repo.git('reset', '-q')


def _evil_merge(repo: Repo, token: bytes) -> None:
    repo.git('checkout', '-qb', 'side')
    repo.commit({'side': b's'})
    repo.git('checkout', '-q', 'main')
    repo.commit({'other': b'o'})
    repo.git('merge', '-q', '--no-commit', 'side')
    repo.commit({'evil': token})


def _removed(repo: Repo, token: bytes) -> None:
    repo.commit({'a': token})
    repo.commit({'a': None})


def _replaced(repo: Repo, token: bytes) -> None:
    old = repo.commit({'a': token})
    new = repo.commit({'a': b'clean'})
    repo.git('replace', old, new)


def _config(repo: Repo, token: bytes) -> None:
    repo.git('config', 'remote.origin.url', f'https://u:{token.decode()}@example.com/r.git')


def _message_file(repo: Repo, token: bytes) -> None:
    repo.write('.git/MERGE_MSG', b'draft ' + token)


def _rerere(repo: Repo, token: bytes) -> None:
    repo.write('.git/rr-cache/0123/preimage', token)


def _reflog_message(repo: Repo, token: bytes) -> None:
    repo.git('update-ref', '--create-reflog', '-m', token, 'refs/heads/log', 'HEAD')


def _worktree(repo: Repo, token: bytes) -> None:
    folder = repo.path + '-linked'
    repo.git('worktree', 'add', '-q', folder)
    with open(os.path.join(repo.path, '.git', 'worktrees', os.path.basename(folder), 'COMMIT_EDITMSG'), 'wb') as file:
        file.write(token)


PLACES = (
    _author, _committer, _extra_header, _tag, _note, _entry_name, _symlink, _branch, _packed_branch, _stash, _stash_untracked,
    _stash_index, _amended, _dropped, _only_staged, _evil_merge, _removed, _replaced, _config, _message_file, _rerere,
    _reflog_message, _worktree,
)
Store = Callable[[Repo], None]


def _loose(repo: Repo) -> None:
    pass


def _packed(repo: Repo) -> None:
    repo.git('repack', '-adkfq')


def _gc(repo: Repo) -> None:
    repo.git('repack', '-Adfq')
    repo.git('commit-graph', 'write', '--reachable')
    repo.git('multi-pack-index', 'write')


@pytest.mark.parametrize('store', (_loose, _packed, _gc), ids=lambda f: f.__name__)
@pytest.mark.parametrize('place', PLACES, ids=lambda f: f.__name__)
def test_every_place(tmp_path: Path, place: Callable[[Repo, bytes], None], store: Store) -> None:
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'a': b'a\n' * 50})
    code, report = run(repo)
    assert (code, report['findings'], report['unread']) == (0, [], [])
    token = make()
    place(repo, token)
    store(repo)
    code, report = run(repo)
    assert (code, found(report, [token]), report['unread']) == (1, {0}, [])
    assert token.decode() not in str(report)


@pytest.mark.parametrize('options', (('--object-format=sha256',), ('--bare',)), ids=lambda o: o[0])
def test_other_repositories(tmp_path: Path, options: tuple[str, ...]) -> None:
    repo = Repo(str(tmp_path), *options)
    tokens = [make(), make()]
    stream = b'commit refs/heads/main\ncommitter C <c> 1 +0000\ndata 101\n%s\nM 644 inline a\ndata 101\n%s\n'
    repo.git('fast-import', '--quiet', stdin=stream % (tokens[0], tokens[1]))
    assert found(run(repo)[1], tokens) == {0, 1}
    repo.git('repack', '-adq')
    assert found(run(repo)[1], tokens) == {0, 1}


def test_an_alternate_and_a_worktree(tmp_path: Path) -> None:
    token = make()
    lender = Repo(str(tmp_path / 'lender'))
    lender.commit({'a': token})
    lender.commit({'a': b'clean'})
    lender.git('repack', '-adq')
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'b': b'b'})
    repo.write('.git/objects/info/alternates', os.fsencode(lender.path + '/.git/objects\n'))
    code, report = run(repo)
    assert (code, found(report, [token])) == (1, {0})
    repo.git('worktree', 'add', '-q', str(tmp_path / 'linked'))
    assert found(run(str(tmp_path / 'linked'))[1], [token]) == {0}
    shutil.rmtree(lender.path)
    code, report = run(repo)
    assert (code, [item['reason'] for item in report['unread']]) == (2, ['objects are borrowed from it, and it is not there'])


def test_a_submodules_own_store(tmp_path: Path) -> None:
    token = make()
    inner = Repo(str(tmp_path / 'inner'))
    inner.commit({'a': token})
    inner.commit({'a': b'clean'})
    repo = Repo(str(tmp_path / 'r'))
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub')
    repo.commit({})
    code, report = run(repo)
    assert (code, found(report, [token])) == (1, {0})
    assert origin(report, token)['removed_by'] == inner.head()


def test_the_life_of_a_token(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token, kept, other = make(), make(), make()
    repo.commit({'x': b'x'})
    first = repo.commit({'a': b'k=' + token, 'kept': kept}, GIT_AUTHOR_NAME='Eve', GIT_AUTHOR_DATE='2026-03-04T05:06:07+0000')
    repo.commit({'a': b'# more\nk=' + token})
    last = repo.commit({'a': b'k=env'}, GIT_AUTHOR_DATE='2026-04-05T06:07:08+0000')
    repo.git('update-ref', 'refs/remotes/origin/main', first)
    repo.git('config', 'remote.origin.url', 'https://user:password@github.com/o/r.git')
    repo.git('tag', 'v1', last)
    repo.git('tag', '-a', '-m', '', 'v0', first, GIT_COMMITTER_DATE='2026-03-05T00:00:00+0000')
    repo.commit({'local': other})
    code, report = run(repo)
    assert code == 1
    assert len(report['findings']) == 3
    life = origin(report, token)
    assert life == {
        'path': 'a', 'line': 1, 'at': first, 'commit': first, 'author': 'Eve', 'date': '2026-03-04T05:06:07+00:00',
        'removed_by': last, 'removed_on': '2026-04-05T06:07:08+00:00', 'in_head': False,
        'refs': ['refs/heads/main', 'refs/remotes/origin/main', 'refs/tags/v0', 'refs/tags/v1'],
        'more_refs': 0, 'dangling': False,
        'exposure': 'On origin/main of a remote, since 2026-01-02 at the earliest. It has left this machine: make a new token.',
        'link': f'https://github.com/o/r/blob/{first}/a#L1', 'reach': 'remote',
        'releases': [['v1', '2026-01-02T03:04:05+00:00'], ['v0', '2026-03-05T00:00:00+00:00']],
    }
    assert (origin(report, kept)['in_head'], origin(report, kept)['removed_by']) == (True, None)
    assert origin(report, other)['exposure'].startswith('In local commits only')


@pytest.mark.parametrize(('place', 'reach', 'words'), (
    (_stash, 'stash', 'In a stash only'), (_amended, 'reflog', 'In a reflog only'),
    (_dropped, 'dangling', 'Nothing reaches it'), (_tag, 'tag', 'Under the tag v1'),
    (_only_staged, 'dangling', 'Nothing reaches it'),
), ids=lambda f: getattr(f, '__name__', f))
def test_exposure(tmp_path: Path, place: Callable[[Repo, bytes], None], reach: str, words: str) -> None:
    repo = Repo(str(tmp_path))
    repo.commit({'a': b'a'}, GIT_COMMITTER_DATE='', GIT_AUTHOR_DATE='')
    token = make()
    now = {'GIT_COMMITTER_DATE': '', 'GIT_AUTHOR_DATE': ''}
    real = repo.git
    repo.git = lambda *args, stdin=b'', **env: real(*args, stdin=stdin, **{**now, **env})  # type: ignore[method-assign]
    place(repo, token)
    told = origin(run(repo)[1], token)
    assert (told['reach'], told['exposure'].startswith(words)) == (reach, True)


def test_names_of_trees_have_their_path(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    repo.commit({f'd/{token.decode()}.d/x': b'x'})
    repo.git('repack', '-adq')
    _, report = run(repo)
    assert [path for path in paths(report, token) if not path.startswith('.git')] == [f'd/pina_{token[5:9].decode()}…(96).d']


def _cut_pack(path: str) -> None:
    os.chmod(path, 0o644)
    with open(path, 'r+b') as file:
        file.truncate(os.path.getsize(path) * 2 // 3)


def _flip(path: str) -> None:
    os.chmod(path, 0o644)
    with open(path, 'r+b') as file:
        file.seek(os.path.getsize(path) // 2)
        file.write(b'\xff' * 40)


@pytest.mark.parametrize('extension', ('.pack', '.idx'))
@pytest.mark.parametrize('damage', (_cut_pack, _flip))
def test_damage_is_said_and_the_rest_is_scanned(tmp_path: Path, extension: str, damage: Callable[[str], None]) -> None:
    repo = Repo(str(tmp_path))
    for number in range(30):
        repo.commit({f'f{number}': os.urandom(3000)})
    repo.git('repack', '-adq')
    damage(pack_files(repo, extension)[0])
    loose = make()
    repo.blob(loose)
    code, report = run(repo)
    assert (code, found(report, [loose])) == (2, {0})
    assert report['unread']


def test_a_damaged_loose_object(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    tokens = [make(), make()]
    repo.commit({'a': tokens[0], 'b': tokens[1]})
    name = repo.git('rev-parse', 'HEAD:a').decode().strip()
    path = os.path.join(repo.path, '.git', 'objects', name[:2], name[2:])
    for data in (b'', b'junk', Path(path).read_bytes()[:20]):
        os.unlink(path)
        with open(path, 'wb') as file:
            file.write(data)
        code, report = run(repo)
        assert (code, found(report, tokens)) == (2, {1})
        assert [item['path'] for item in report['unread']] == [f'object {name}']


def test_a_large_object_is_streamed(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    repo.commit({'big': b'filler\n' * (1 << 22) + token})
    for _ in range(2):
        code, report = run(repo)
        assert (code, [f['line'] for f in report['findings']]) == (1, [(1 << 22) + 1])
        repo.git('repack', '-adq')


def test_nothing_of_the_repository_runs(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    token = make()
    repo.commit({'a': token, '.gitattributes': b'* filter=x diff=x\n'})
    trap = tmp_path / 'ran'
    for key in (
            'core.fsmonitor', 'core.pager', 'diff.external', 'diff.x.textconv', 'filter.x.smudge', 'filter.x.clean',
            'core.sshCommand', 'gpg.program', 'core.alternateRefsCommand', 'pager.log',
    ):
        repo.git('config', key, f'touch {trap}; cat')
    repo.git('config', 'log.showSignature', 'true')
    assert found(run(repo)[1], [token]) == {0}
    assert found(run(repo, 'HEAD')[1], [token]) == {0}
    assert not trap.exists()


@pytest.mark.parametrize(
    'args', (('main~1..main',), ('main', '--not', 'main~1'), ('-1', 'main'), ('--all', '--not', 'refs/tags/old')),
)
def test_a_range(tmp_path: Path, args: tuple[str, ...]) -> None:
    repo = Repo(str(tmp_path))
    tokens = [make() for _ in range(4)]
    repo.commit({'a': tokens[0]})
    repo.git('tag', 'old')
    new = repo.commit({'b': b'\n' + tokens[1], f'{tokens[3].decode()}': b'x'}, tokens[2].decode())
    code, report = run(repo, *args)
    assert (code, found(report, tokens)) == (1, {1, 2, 3})
    life = origin(report, tokens[1])
    assert (life['path'], life['line'], life['commit']) == ('b', 2, new)
    assert run(repo, 'main..main')[0] == 0


@pytest.mark.parametrize(('args', 'expected'), (
    (('main~2..main', '--', 'm'), set()),
    (('side', '--', 'm'), set()),
    (('main~1..main',), {0, 1}),
    (('--first-parent', 'main~1..main'), {1}),
    (('--first-parent', '-1'), {1}),
    (('-1',), set()),
    (('main', '--', 'gone'), {0}),
    (('--', 'gone'), {0}),
    (('-1', '--', 'kept'), {1}),
    (('side~2..main', '--', 'gone', 'kept'), {0, 1}),
), ids=lambda args: ' '.join(args) if isinstance(args, tuple) else '')
def test_a_range_with_a_merge(tmp_path: Path, args: tuple[str, ...], expected: set[int]) -> None:
    """What a side took out again is no part of its merge, what it kept is; by paths git would leave out the first."""
    repo = Repo(str(tmp_path))
    tokens = [make(), make()]
    repo.commit({'a': b'a'})
    repo.git('checkout', '-qb', 'side')
    repo.commit({'gone': tokens[0]})
    repo.commit({'gone': None, 'kept': tokens[1]})
    repo.git('checkout', '-q', 'main')
    repo.commit({'m': b'm'})
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'side')
    code, report = run(repo, *args)
    assert (code, found(report, tokens), report['unread']) == (bool(expected), expected, [])


def test_what_no_commit_of_a_range_brought_in(tmp_path: Path) -> None:
    """A merge by its first parent, a tree by itself: told by the commit that did."""
    repo = Repo(str(tmp_path))
    token = make()
    repo.commit({'a': b'a'})
    repo.git('checkout', '-qb', 'side')
    side = repo.commit({'d/kept': token, f'{token.decode()}': b'x'})
    repo.git('checkout', '-q', 'main')
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'side')
    for args in (('--first-parent', '-1'), ('HEAD^{tree}',), ('HEAD:d',), ('HEAD:d/kept',)):
        told = run(repo, *args)[1]['findings']
        assert {(f['commit'], f['origin']['reach'], f['origin']['in_head']) for f in told} == {(side, 'local', True)}


def test_a_range_with_carriage_returns_in_names(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    tokens = [make(), make(), make()]
    repo.commit({'a': b'a'})
    repo.commit({'x\rHEAD': tokens[0], 'y\r\xe9': tokens[1], 'Icon\r': tokens[2]})
    code, report = run(repo, '-1')
    assert (code, found(report, tokens), report['unread']) == (1, {0, 1, 2}, [])


@pytest.mark.parametrize('option', (
    '--unpacked', '--no-kept-objects', '--no-kept-objects=on-disk', '--line-prefix=x', '--ignore-missing', '--filter=blob:none',
))
def test_an_option_that_leaves_objects_out(tmp_path: Path, option: str) -> None:
    repo = Repo(str(tmp_path))
    repo.commit({'a': make()})
    repo.git('repack', '-adq')
    code, report = run(repo, option, 'HEAD')
    assert (code, f'{option} says what git prints' in report['error']) == (2, True)


def test_a_range_that_git_does_not_know(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path))
    repo.commit({'a': b'a'})
    code, report = run(repo, 'nosuch..main')
    assert (code, 'git can\'t make out the range' in report['error']) == (2, True)


def test_a_shallow_clone(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path / 'r'))
    for number in range(5):
        repo.commit({'a': b'%d' % number})
    clone = str(tmp_path / 'c')
    subprocess.run(('git', 'clone', '-q', '--depth=2', 'file://' + repo.path, clone), env=ENVIRON, check=True)
    code, report = run(clone, 'HEAD')
    assert (code, 'fetch-depth: 0' in report['unread'][0]['reason']) == (2, True)
    assert run(clone, 'HEAD~1..HEAD')[0] == 0
    code, report = run(clone, 'HEAD~4..HEAD')
    assert (code, 'fetch-depth: 0' in report['error']) == (2, True)
    code, report = run(clone)
    assert (code, 'fetch-depth: 0' in report['unread'][0]['reason']) == (2, True)


@pytest.mark.parametrize(('args', 'behind'), (
    (('-1',), False), (('HEAD~1..',), False), (('--since=2026-02-15',), False), (('HEAD', '--not', '--remotes'), False),
    (('--no-walk', 'HEAD', '--', 'p'), False),
    (('HEAD', '--', 'p'), True), (('--author=Nobody',), True), (('--merges',), True), (('--skip=2',), True),
    (('-2', '--', 'p'), True), (('--until=2026-01-15',), True), (('origin/side..HEAD', '--', 'p'), True),
), ids=lambda args: ' '.join(args) if isinstance(args, tuple) else '')
def test_behind_the_edge_lies_what_a_range_may_choose(tmp_path: Path, args: tuple[str, ...], behind: bool) -> None:
    """The edge itself is none of the chosen commits."""
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'p': make()})
    repo.git('branch', 'side')
    repo.commit({'p': None})
    for number in (1, 2):
        date = f'2026-0{number}-20T00:00:00+0000'
        repo.commit({'a': b'%d' % number}, GIT_COMMITTER_DATE=date)
    clone = str(tmp_path / 'c')
    command = ('git', 'clone', '-q', '--depth=2', '--no-single-branch', 'file://' + repo.path, clone)
    subprocess.run(command, env=ENVIRON, check=True)
    code, report = run(clone, *args)
    assert (code, ['fetch-depth: 0' in item['reason'] for item in report['unread']]) == ((2, [True]) if behind else (0, []))


def test_no_repository(tmp_path: Path) -> None:
    code, report = run(str(tmp_path))
    assert (code, 'not a git repository' in report['error']) == (2, True)


def test_an_empty_repository(tmp_path: Path) -> None:
    assert run(Repo(str(tmp_path)))[0] == 0


def test_text(tmp_path: Path) -> None:
    from tests.helpers.command import pina_scan
    repo = Repo(str(tmp_path))
    token = make()
    first = repo.commit({'a': token})
    code, out, _ = pina_scan('history', cwd=repo.path)
    assert code == 1
    assert out.splitlines()[2:5] == [
        f'    brought in by {first[:12]} on 2026-01-02 (Ann Author); HEAD still has it',
        '    held by refs/heads/main',
        '    In local commits only: amend or rebase is enough, and `git reflog expire` with `git gc` takes the old ones.',
    ]


def test_a_pack_is_read_once(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path / 'r'))
    cache = tmp_path / 'cache'
    env = {'XDG_CACHE_HOME': str(cache)}
    tokens = [make(), make()]
    first = repo.commit({'a': b'\n' + tokens[0]})
    repo.git('repack', '-adq')
    fresh = run(repo, stdin=b'', **env)[1]['findings']
    [file] = (cache / 'pina-scan').iterdir()
    # with the pack unread: what is remembered is told again, with its line
    os.rename(pack_files(repo, '.pack')[0], tmp_path / 'away')
    shutil.copy(tmp_path / 'away', pack_files(repo, '.idx')[0].replace('.idx', '.pack'))
    assert run(repo, stdin=b'', **env)[1]['findings'] == fresh
    assert (fresh[0]['path'], fresh[0]['line'], fresh[0]['commit']) == ('a', 2, first)
    # what is new is read
    repo.commit({'b': tokens[1]})
    assert found(run(repo, stdin=b'', **env)[1], tokens) == {0, 1}
    # damage: read again, and mended
    good = file.read_bytes()
    assert all(token not in good for token in tokens)
    for bad in (b'', good[:-10], good.replace(b'\n', b'\n\n', 1), b'pina-scan pack 1\n'):
        file.write_bytes(bad)
        assert found(run(repo, stdin=b'', **env)[1], tokens) == {0, 1}
        assert file.read_bytes() == good
    file.unlink()
    assert found(run(repo, '--no-cache', stdin=b'', **env)[1], tokens) == {0, 1}
    assert not file.exists()


def test_what_is_unread_is_told_each_time_and_nothing_else_is_read_again(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path / 'r'))
    env = {'XDG_CACHE_HOME': str(tmp_path / 'cache')}
    token = make()
    repo.commit({'a': token, 'cut.gz': gzip.compress(os.urandom(3000))[:2000]})
    repo.git('repack', '-adq')
    first = run(repo, stdin=b'', **env)
    assert (first[0], len(first[1]['unread']), found(first[1], [token])) == (2, 1, {0})
    [file] = (tmp_path / 'cache' / 'pina-scan').iterdir()
    assert len(file.read_bytes().splitlines()) == 4
    again = run(repo, stdin=b'', **env)
    assert (again[0], again[1]['findings'], again[1]['unread']) == (2, first[1]['findings'], first[1]['unread'])
    # a pack that is damaged is not remembered
    file.unlink()
    _flip(pack_files(repo, '.pack')[0])
    assert run(repo, stdin=b'', **env)[0] == 2
    assert list((tmp_path / 'cache' / 'pina-scan').iterdir()) == []

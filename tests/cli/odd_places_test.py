"""Where a repository is laid out as few are: stores within stores, links, an environment that says where things are."""
from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.gitrepo import ENVIRON
from tests.helpers.gitrepo import Repo
from tests.helpers.history import paths
from tests.helpers.history import run

#: Where to run, the environment, and the path that is to be told.
Told = tuple[str, dict[str, str], str]


def _git(folder: str, *args: str | bytes) -> None:
    subprocess.run(('git', '-c', 'protocol.file.allow=always', *args), cwd=folder, env=ENVIRON, capture_output=True, check=True)


def _linked(repo: Repo) -> str:
    folder = repo.path + '-linked'
    repo.git('worktree', 'add', '-q', folder)
    return folder


def _inner(path: str, token: bytes, *options: str) -> Repo:
    repo = Repo(path, *options)
    repo.commit({'x': token})
    repo.commit({'x': b'clean'})
    return repo


def _submodule(repo: Repo, token: bytes, name: str) -> None:
    _git(repo.path, 'submodule', '--quiet', 'add', _inner(repo.path + '-inner', token).path, name)
    repo.commit({})


def _torn(folder: str, token: bytes) -> None:
    """A name that only an index has, after one that begins as it does."""
    for name in (b'pina_0', token):
        Path(folder, os.fsdecode(name)).touch()
    _git(folder, 'update-index', '--index-version', '4')
    _git(folder, 'add', '-N', '.')


def _git_dir_whose_name_begins_as_the_common_one(repo: Repo, token: bytes) -> Told:
    own = repo.path + '/.git-2'
    os.mkdir(own)
    Path(own, 'HEAD').write_text('ref: refs/heads/main\n')
    Path(own, 'commondir').write_text('../.git\n')
    Path(own, 'COMMIT_EDITMSG').write_bytes(token)
    return repo.path, {'GIT_DIR': own}, own + '/COMMIT_EDITMSG'


def _torn_in_a_worktree(repo: Repo, token: bytes) -> Told:
    _torn(_linked(repo), token)
    return repo.path, {}, '.git/worktrees/r-linked/index'


def _torn_in_the_main_worktree(repo: Repo, token: bytes) -> Told:
    _torn(repo.path, token)
    return _linked(repo), {}, '.git/index'


def _torn_in_a_submodule(repo: Repo, token: bytes) -> Told:
    _submodule(repo, b'', 'sub')
    _torn(repo.path + '/sub', token)
    return repo.path, {}, '.git/modules/sub/index'


def _torn_and_locked(repo: Repo, token: bytes) -> Told:
    _torn(repo.path, token)
    os.rename(repo.path + '/.git/index', repo.path + '/.git/index.lock')
    return repo.path, {}, '.git/index.lock'


def _torn_and_shared(repo: Repo, token: bytes) -> Told:
    _torn(repo.path, token)
    repo.git('update-index', '--split-index')
    repo.git('rm', '-q', '--cached', token)
    [shared] = Path(repo.path, '.git').glob('sharedindex.*')
    return repo.path, {}, f'.git/{shared.name}'


def _torn_where_no_bare_repository_is_trusted(repo: Repo, token: bytes) -> Told:
    _torn(repo.path, token)
    Path(repo.path + '-config').write_text('[safe]\n\tbareRepository = explicit\n')
    return repo.path, {'GIT_CONFIG_GLOBAL': repo.path + '-config'}, '.git/index'


def _submodule_where_no_bare_repository_is_trusted(repo: Repo, token: bytes) -> Told:
    _submodule(repo, token, 'sub')
    Path(repo.path + '-config').write_text('[safe]\n\tbareRepository = explicit\n')
    return repo.path, {'GIT_CONFIG_GLOBAL': repo.path + '-config'}, 'sub/x'


def _submodule_that_was_removed(repo: Repo, token: bytes) -> Told:
    _submodule(repo, token, 'sub')
    repo.git('rm', '-q', 'sub')
    return repo.path, {}, 'sub/x'


def _submodule_that_was_moved(repo: Repo, token: bytes) -> Told:
    _submodule(repo, token, 'sub')
    os.mkdir(repo.path + '/new')
    repo.git('mv', 'sub', 'new/place')
    return repo.path, {}, 'new/place/x'


def _submodule_below_modules(repo: Repo, token: bytes) -> Told:
    _submodule(repo, token, 'node_modules/a/modules/b')
    return repo.path, {}, 'node_modules/a/modules/b/x'


def _submodule_in_anothers_git_dir(repo: Repo, token: bytes) -> Told:
    _submodule(repo, b'', 'sub')
    os.rename(_inner(repo.path + '-b', token).path + '/.git', repo.path + '/.git/modules/sub/b')
    return repo.path, {}, 'sub/b/x'


def _store_that_somebody_put_there(repo: Repo, token: bytes) -> Told:
    inner = _inner(repo.path + '-b', token)
    inner.git('repack', '-adq')
    os.rename(inner.path + '/.git', repo.path + '/.git/old')
    return repo.path, {}, '.git/old/x'


def _store_in_a_store_in_the_work_tree(repo: Repo, token: bytes) -> Told:
    outer = _inner(repo.path + '/a', b'')
    _inner(repo.path + '/a/b', token)
    outer.git('add', 'b')
    repo.git('add', 'a')
    return repo.path, {}, 'a/b/x'


def _submodule_of_a_store_in_the_work_tree(repo: Repo, token: bytes) -> Told:
    _submodule(_inner(repo.path + '/a', b''), token, 'b')
    shutil.rmtree(repo.path + '/a-inner')
    repo.git('add', 'a')
    return repo.path, {}, 'a/b/x'


def _store_in_a_linked_work_tree(repo: Repo, token: bytes) -> Told:
    folder = _linked(repo)
    _inner(folder + '/a', token)
    _git(folder, 'add', 'a')
    return repo.path, {}, 'a/x'


def _store_in_a_work_tree_with_a_line_feed(repo: Repo, token: bytes) -> Told:
    folder = repo.path + '-\nlinked'
    repo.git('worktree', 'add', '-q', '--detach', folder)
    _inner(folder + '/a', token)
    _git(folder, 'add', 'a')
    return repo.path, {}, 'a/x'


def _store_that_a_file_names(repo: Repo, token: bytes) -> Told:
    _inner(repo.path + '/a', token, '--separate-git-dir', repo.path + '-elsewhere')
    repo.git('add', 'a')
    return repo.path, {}, 'a/x'


def _worktree_of_another_repository(repo: Repo, token: bytes) -> Told:
    other = _inner(repo.path + '-other', token)
    other.git('worktree', 'add', '-q', repo.path + '/a')
    repo.git('add', 'a')
    return repo.path, {}, 'a/x'


def _config_of_a_linked_git_dir(repo: Repo, token: bytes) -> Told:
    repo.git('config', 'a.b', token)
    return _new_workdir(repo), {}, '.git/config'


def _ref_of_a_linked_git_dir(repo: Repo, token: bytes) -> Told:
    repo.git('-c', 'core.logAllRefUpdates=false', 'branch', token)
    return _new_workdir(repo), {}, f'.git/refs/heads/pina_{token[5:9].decode()}…(96)'


def _reflog_of_a_linked_git_dir(repo: Repo, token: bytes) -> Told:
    repo.git('update-ref', '--create-reflog', '-m', token, 'refs/heads/log', 'HEAD')
    return _new_workdir(repo), {}, '.git/logs/refs/heads/log'


def _new_workdir(repo: Repo) -> str:
    """As git's contrib/workdir/git-new-workdir makes it."""
    folder = repo.path + '-new'
    os.makedirs(folder + '/.git/logs')
    for name in ('config', 'refs', 'logs/refs', 'objects', 'info', 'hooks', 'packed-refs', 'remotes', 'rr-cache', 'svn'):
        os.symlink(f'{repo.path}/.git/{name}', f'{folder}/.git/{name}')
    shutil.copy(repo.path + '/.git/HEAD', folder + '/.git/HEAD')
    return folder


def _beside_objects_that_are_elsewhere(repo: Repo, token: bytes) -> Told:
    shutil.copytree(repo.path + '/.git/objects', repo.path + '-objects')
    Path(repo.path + '-objects/note').write_bytes(token)
    return repo.path, {'GIT_OBJECT_DIRECTORY': '../r-objects'}, repo.path + '-objects/note'


def _own_objects_where_others_are_named(repo: Repo, token: bytes) -> Told:
    shutil.copytree(repo.path + '/.git/objects', repo.path + '-objects')
    return repo.path, {'GIT_OBJECT_DIRECTORY': '../r-objects'}, 'object ' + repo.blob(token)


def _alternates_from_below_the_top(repo: Repo, token: bytes) -> Told:
    lender = Repo(repo.path + '-lender')
    os.mkdir(repo.path + '/folder')
    alternates = {'GIT_ALTERNATE_OBJECT_DIRECTORIES': '../r-lender/.git/objects'}
    return repo.path + '/folder', alternates, 'object ' + lender.blob(token)


def _alternates_in_quotes(repo: Repo, token: bytes) -> Told:
    lender = Repo(repo.path + ':"lender\r')
    quoted = '"' + lender.path.replace('"', '\\"').replace('\r', '\\r') + '/.git/objects"'
    return repo.path, {'GIT_ALTERNATE_OBJECT_DIRECTORIES': f'{repo.path}/.git/objects:{quoted}'}, 'object ' + lender.blob(token)


def _included_config(repo: Repo, token: bytes) -> Told:
    Path(repo.path + '-a').write_text('[includeIf "gitdir:**"]\n\tpath = r-b\n')
    Path(repo.path + '-b').write_bytes(b'[a]\n\tb = c  # ' + token)
    repo.git('config', 'include.path', '../../r-a')
    return repo.path, {}, repo.path + '-b'


def _folder_that_was_left(repo: Repo, token: bytes) -> Told:
    os.mkdir(os.fsencode(repo.path) + b'/.git/refs/heads/' + token)
    return repo.path, {}, f'.git/refs/heads/pina_{token[5:9].decode()}…(96)'


def _beside_packs(repo: Repo, token: bytes) -> Told:
    repo.write('.git/objects/pack/multi-pack-index.d/README', token)
    return repo.path, {}, '.git/objects/pack/multi-pack-index.d/README'


def _path_with_a_carriage_return(repo: Repo, token: bytes) -> Told:
    repo.commit({'a\rb': token})
    return repo.path, {}, 'a\rb'


def _refs_that_are_elsewhere(repo: Repo, token: bytes) -> Told:
    """A git that knows no such address leaves it alone."""
    for name in ('HEAD', 'refs', 'logs'):
        source, target = f'{repo.path}/.git/{name}', f'{repo.path}-refs/{name}'
        os.makedirs(repo.path + '-refs', exist_ok=True)
        (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, target)
    Path(repo.path + '-refs/packed-refs').write_bytes(b'# ' + token + b'\n')
    return repo.path, {'GIT_REFERENCE_BACKEND': f'files://{repo.path}-refs'}, repo.path + '-refs/packed-refs'


def _lfs_store_that_is_elsewhere(repo: Repo, token: bytes) -> Told:
    os.makedirs(repo.path + '-lfs/objects/ab/cd')
    Path(repo.path + '-lfs/objects/ab/cd/abcd').write_bytes(token)
    repo.git('config', 'lfs.storage', '../../r-lfs')
    return repo.path, {}, repo.path + '-lfs/objects/ab/cd/abcd'


def _name_where_patterns_are_literal(repo: Repo, token: bytes) -> Told:
    repo.commit({f'folder/{token.decode()}': b'x'})
    os.unlink(repo.path + '/.git/index')
    return repo.path, {'GIT_LITERAL_PATHSPECS': '1'}, f'folder/pina_{token[5:9].decode()}…(96)'


PLACES = (
    _git_dir_whose_name_begins_as_the_common_one, _torn_in_a_worktree, _torn_in_the_main_worktree, _torn_in_a_submodule,
    _torn_and_locked, _torn_and_shared, _torn_where_no_bare_repository_is_trusted,
    _submodule_where_no_bare_repository_is_trusted, _submodule_that_was_removed, _submodule_that_was_moved,
    _submodule_below_modules, _submodule_in_anothers_git_dir, _store_that_somebody_put_there,
    _store_in_a_store_in_the_work_tree, _submodule_of_a_store_in_the_work_tree, _store_in_a_linked_work_tree,
    _store_in_a_work_tree_with_a_line_feed, _store_that_a_file_names, _worktree_of_another_repository,
    _config_of_a_linked_git_dir, _ref_of_a_linked_git_dir, _reflog_of_a_linked_git_dir,
    _beside_objects_that_are_elsewhere, _own_objects_where_others_are_named, _alternates_from_below_the_top,
    _alternates_in_quotes, _included_config, _folder_that_was_left, _beside_packs, _path_with_a_carriage_return,
    _refs_that_are_elsewhere, _lfs_store_that_is_elsewhere, _name_where_patterns_are_literal,
)


@pytest.mark.parametrize('place', PLACES, ids=lambda f: f.__name__)
def test_every_place(tmp_path: Path, place: Callable[[Repo, bytes], Told]) -> None:
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'base': b'b'})
    token = make()
    folder, env, told = place(repo, token)
    for args in ((), ('HEAD',)) if place is _path_with_a_carriage_return else ((),):
        code, report = run(folder, *args, stdin=b'', **env)
        assert (code, report['unread'], paths(report, token)) == (1, [], {told})
    code, out, err = pina_scan('history', '--no-cache', cwd=folder, **env)
    assert (code, token.decode() in out, err) == (1, False, '')


@pytest.mark.parametrize('target', ('/', '..', '/dev/zero'))
def test_no_link_leads_out(tmp_path: Path, target: str) -> None:
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'base': b'b'})
    repo.write('outside', make())
    for name in ('hooks', 'info', 'packed-refs', 'logs/refs', 'rr-cache'):
        path = os.path.join(repo.path, '.git', name)
        shutil.rmtree(path, ignore_errors=True)
        os.symlink(target, path)
    shutil.rmtree(os.path.join(repo.path, '.git', 'logs'))
    code, report = run(repo)
    assert (code, report['findings'], report['unread']) == (0, [], [])


@pytest.mark.parametrize(('target', 'reason'), (
    ('/nowhere/at/all', 'no such file or directory'), ('.', 'too many levels of symbolic links'),
))
@pytest.mark.parametrize('name', ('objects/00', 'objects/pack', 'objects/pack/pack-{0}.pack', 'objects/pack/pack-{0}.idx'))
def test_a_link_that_leads_nowhere(tmp_path: Path, name: str, target: str, reason: str) -> None:
    """What was there, such as a disk that is not mounted, is unread."""
    repo = Repo(str(tmp_path))
    repo.commit({'base': b'b'})
    repo.git('repack', '-adq')
    [pack] = Path(repo.path, '.git/objects/pack').glob('*.pack')
    path = Path(repo.path, '.git', name.format(pack.stem[5:]))
    if path.is_dir():
        path.rename(tmp_path / 'away')
    path.unlink(missing_ok=True)
    path.symlink_to(path if target == '.' else target)
    code, report = run(repo)
    told = str(path.relative_to(tmp_path)).replace('.idx', '.pack')
    assert (code, report['unread']) == (2, [{'path': told, 'reason': reason}])

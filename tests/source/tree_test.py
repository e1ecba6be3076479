from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from pina_scan.cli.main import main
from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.command import places
from tests.helpers.command import report
from tests.helpers.repo import Repo


def token_in(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b'k = ' + make() + b'\n')


def test_nothing(tmp_path: Path) -> None:
    code, found = report(cwd=tmp_path)
    assert (code, found['findings'], found['summary']['files']) == (0, [], 0)


def test_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    for name in ('a.env', 'd/b.env', 'd/e/c.env', '.hidden/f', 'ignored.log'):
        token_in(tmp_path / name)
    (tmp_path / '.gitignore').write_text('*.log\n')
    names = ['.hidden/f', 'a.env', 'd/b.env', 'd/e/c.env', 'ignored.log']
    assert places(cwd=tmp_path) == [(name, 1, 5, 'high') for name in names]
    assert places('d', cwd=tmp_path) == [(name, 1, 5, 'high') for name in names if name.startswith('d/')]
    assert places('./d/', 'a.env', cwd=tmp_path) == [(n, 1, 5, 'high') for n in ('./d/b.env', './d/e/c.env', 'a.env')]


def test_a_repository(repo: Repo) -> None:
    token_in(repo.path / 'untracked')
    for name in ('tracked', 'd/tracked', 'ignored/forced', 'gone'):
        token_in(repo.path / name)
        repo.git('add', '-f', name)
    (repo.path / 'gone').unlink()
    repo.write('.gitignore', 'ignored/\n*.log\n')
    for name in ('ignored/x', 'x.log', '.git/inside', '.git/hooks/pre-commit'):
        token_in(repo.path / name)
    names = ['d/tracked', 'ignored/forced', 'tracked', 'untracked']
    assert places(cwd=repo.path) == [(name, 1, 5, 'high') for name in names]
    assert places(cwd=repo.path / 'd') == [('tracked', 1, 5, 'high')]
    # asked for by name: ignored is no reason
    assert places('ignored', cwd=repo.path) == [('ignored/forced', 1, 5, 'high'), ('ignored/x', 1, 5, 'high')]
    assert places('x.log', cwd=repo.path) == [('x.log', 1, 5, 'high')]


def test_links_are_names_not_doors(repo: Repo, tmp_path: Path) -> None:
    token_in(tmp_path / 'outside' / 'f')
    (repo.path / 'door').symlink_to(tmp_path / 'outside')
    (repo.path / 'file').symlink_to(tmp_path / 'outside' / 'f')
    assert places(cwd=repo.path) == []
    (repo.path / 'named').symlink_to(os.fsdecode(make()))
    assert places(cwd=repo.path) == [('named', 1, 1, 'high')]
    # but who asks for a link by name asks for what is behind it
    assert places('door', cwd=repo.path) == [('door/f', 1, 5, 'high')]
    assert places('file', cwd=repo.path) == [('file', 1, 5, 'high')]


def test_a_submodule_that_became_a_link_leads_nowhere(repo: Repo, tmp_path: Path) -> None:
    token_in(tmp_path / 'outside' / 'f')
    repo.git('update-index', '--add', '--cacheinfo', f'160000,{"1" * 40},sub')
    (repo.path / 'sub').symlink_to(tmp_path / 'outside')
    assert places(cwd=repo.path) == []
    (repo.path / 'sub').unlink()
    (repo.path / 'sub').symlink_to(os.fsdecode(make()))
    assert places(cwd=repo.path) == [('sub', 1, 1, 'high')]


@pytest.mark.parametrize(('target', 'reason'), (
    ('link', 'too many levels of symbolic links'), ('other', 'too many levels of symbolic links'),
    ('/nowhere', 'no such file or directory'), ('/dev/zero', 'a device, not a file'),
))
def test_a_link_that_was_asked_for_and_leads_nowhere(tmp_path: Path, target: str, reason: str) -> None:
    (tmp_path / 'link').symlink_to(target)
    (tmp_path / 'other').symlink_to('link')
    code, found = report('link', cwd=tmp_path)
    assert (code, found['unread']) == (2, [{'path': 'link', 'reason': reason}])


@pytest.mark.parametrize('outer', (True, False))
def test_above_the_folder_that_a_link_leads_to(repo: Repo, tmp_path: Path, outer: bool) -> None:
    inside = repo.path / 'a' if outer else tmp_path / 'other'
    (inside / 'b').mkdir(parents=True)
    token_in(inside / 'f')
    (repo.path / 'link').symlink_to(inside / 'b')
    assert places('link/..', cwd=repo.path) == [('link/../f', 1, 5, 'high')]
    assert places('link/../f', cwd=repo.path) == [('link/../f', 1, 5, 'high')]


@pytest.mark.parametrize('elsewhere', ('../../other', '../sub', '/nowhere'))
def test_a_work_tree_that_is_said_to_be_elsewhere(repo: Repo, tmp_path: Path, elsewhere: str) -> None:
    """git lists what is there, and nothing of it is in the folder that was asked for."""
    for folder in (tmp_path / 'other', repo.path / 'sub'):
        folder.mkdir()
    token_in(repo.path / 'f')
    token_in(repo.path / 'd' / 'f')
    repo.git('config', 'core.worktree', elsewhere)
    assert places(cwd=repo.path) == [('d/f', 1, 5, 'high'), ('f', 1, 5, 'high')]
    assert places('d', cwd=repo.path) == [('d/f', 1, 5, 'high')]
    assert places('repo', cwd=tmp_path) == [('repo/d/f', 1, 5, 'high'), ('repo/f', 1, 5, 'high')]


def test_paths_that_overlap(repo: Repo) -> None:
    token_in(repo.path / 'd' / 'f')
    code, found = report('.', 'd', 'd/f', cwd=repo.path)
    assert (code, len(found['findings']), found['summary']['files']) == (1, 1, 1)


def test_a_link_in_place_of_what_says_what_is_ignored(repo: Repo) -> None:
    repo.write('ignored', '*\n')
    token_in(repo.path / 'd' / 'f')
    for name in ('.gitignore', 'd/.gitignore'):
        (repo.path / name).symlink_to(repo.path / 'ignored')
    assert places(cwd=repo.path) == [('d/f', 1, 5, 'high')]
    repo.git('add', '.gitignore')
    assert places(cwd=repo.path) == [('d/f', 1, 5, 'high')]


@pytest.mark.parametrize('tracked', ('d/f', 'd/e/f', 'd/e/e/f', 'e/d/f'))
def test_a_folder_of_the_index_that_is_a_link_leads_nowhere(repo: Repo, tmp_path: Path, tracked: str) -> None:
    """git makes none such; a work tree that somebody gave away may have it."""
    repo.add(tracked, 'nothing')
    link = repo.path / tracked.split('d/')[0] / 'd'
    shutil.move(link, tmp_path / 'outside')
    for path in (tmp_path / 'outside').rglob('f'):
        token_in(path)
    assert places(cwd=tmp_path / 'outside') != []
    link.symlink_to(tmp_path / 'outside')
    code, found = report(cwd=repo.path)
    assert (code, found['findings'], found['unread'], found['summary']['files']) == (0, [], [], 1)
    for jobs in ('1', '2'):
        assert pina_scan('--jobs', jobs, cwd=repo.path).code == 0


def test_nested_repositories_and_submodules(repo: Repo, tmp_path: Path) -> None:
    library = Repo(tmp_path / 'library')
    token_in(library.path / 'f')
    library.git('add', '.')
    library.commit()
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', str(library.path), 'sub')
    repo.commit()
    nested = Repo(repo.path / 'a' / 'nested')
    nested.write('.gitignore', '*.log')
    token_in(nested.path / 'g')
    token_in(nested.path / 'g.log')
    assert places(cwd=repo.path) == [('a/nested/g', 1, 5, 'high'), ('sub/f', 1, 5, 'high')]
    repo.git('submodule', 'deinit', '--quiet', '--force', 'sub')
    assert places(cwd=repo.path) == [('a/nested/g', 1, 5, 'high')]


@pytest.mark.parametrize('stages', (
    ((0, '100644'),), ((0, '120000'),), ((0, '160000'),), ((1, '100644'), (2, '160000')), ((1, '160000'), (2, '100644')),
    ((1, '160000'), (2, '160000'), (3, '160000')),
))
@pytest.mark.parametrize('place', ('repository', 'folder', 'file'))
def test_what_stands_in_the_place_of_a_tracked_name(repo: Repo, stages: tuple[tuple[int, str], ...], place: str) -> None:
    repo.add('a', '')
    entry = repo.git('ls-files', '--stage', 'a').split()[1].decode()
    entries = ''.join(f'{mode} {entry} {stage}\tf\n' for stage, mode in stages)
    subprocess.run(('git', 'update-index', '--index-info'), input=entries, cwd=repo.path, text=True, check=True)
    if place == 'repository':
        Repo(repo.path / 'f')
    token_in(repo.path / 'f' if place == 'file' else repo.path / 'f' / 'x')
    assert places(cwd=repo.path) == [('f' if place == 'file' else 'f/x', 1, 5, 'high')]


def test_repositories_below_a_plain_folder(tmp_path: Path) -> None:
    one = Repo(tmp_path / 'src' / 'one')
    one.write('.gitignore', 'built/')
    token_in(one.path / 'built' / 'x')
    token_in(one.path / 'y')
    token_in(tmp_path / 'src' / 'z')
    assert places(cwd=tmp_path) == [('src/one/y', 1, 5, 'high'), ('src/z', 1, 5, 'high')]


def test_repositories_nested_deep(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(600):
        folder = folder / 'n'
        folder.mkdir()
        (folder / '.git').write_text('gitdir: /nowhere\n')
    token_in(folder / 'f')
    assert places(cwd=tmp_path) == [('n/' * 600 + 'f', 1, 5, 'high')]


def test_a_conflict_is_read_once(repo: Repo) -> None:
    repo.add('f', 'base\n')
    repo.commit()
    repo.git('checkout', '-qb', 'other')
    repo.add('f', make())
    repo.commit()
    repo.git('checkout', '-q', 'main')
    repo.add('f', 'mine\n')
    repo.commit()
    repo.git('merge', 'other', ok=False)
    assert [place[:2] for place in places(cwd=repo.path)] == [('f', 4)]


def test_a_git_folder_that_has_lost_its_head(repo: Repo, tmp_path: Path) -> None:
    token_in(repo.path / '.git' / 'config')
    token_in(repo.path / 'f')
    assert places('f', cwd=repo.path) == [('f', 1, 5, 'high')]
    (repo.path / '.git' / 'HEAD').unlink()
    assert places(cwd=repo.path) == [('.git/config', 1, 5, 'high'), ('f', 1, 5, 'high')]
    assert places('repo', cwd=tmp_path) == [('repo/.git/config', 1, 5, 'high'), ('repo/f', 1, 5, 'high')]


def test_a_git_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / '.git').write_text('gitdir: /nowhere\n')
    token_in(tmp_path / 'f')
    assert places(cwd=tmp_path) == [('f', 1, 5, 'high')]


def test_odd_names(repo: Repo) -> None:
    names = [
        b'new\nline', b'"quoted"', b'-rf', b'--exclude=x', b'\xff\xfe', 'caf\u00e9'.encode(), b' space ', b'tab\t', b'? x',
        b'H x', b'$(x)', b'H 160000 x 0\ty',
    ]
    for name in names:
        repo.write(name, b'k = ' + make())
    wanted = sorted((name.decode('utf-8', 'surrogateescape'), 1, 5, 'high') for name in names)
    assert places(cwd=repo.path) == wanted
    repo.git('add', '-A')
    assert places(cwd=repo.path) == wanted
    assert places('staged', cwd=repo.path) == wanted


def test_names_that_hold_a_token(repo: Repo) -> None:
    one, two = make().decode(), make().decode()
    repo.write(f'{one}/a', 'x')
    repo.write(f'{one}/b/{two}.txt', 'x')
    short = [f'pina_{token[5:9]}…(96)' for token in (one, two)]
    wanted = sorted([(short[0], None, None, 'high'), (f'{short[0]}/b/{short[1]}.txt', None, None, 'high')])
    assert places(cwd=repo.path) == wanted
    repo.git('add', '.')
    assert places('staged', cwd=repo.path) == wanted
    _, out, _ = pina_scan(cwd=repo.path)
    assert one[9:] not in out
    assert two[9:] not in out


@pytest.mark.parametrize('kind', ('plain', 'nested', 'submodule', 'deinitialized'))
def test_the_name_of_a_folder_without_files(repo: Repo, tmp_path: Path, kind: str) -> None:
    token = make().decode()
    wanted = [(f'pina_{token[5:9]}…(96)', None, None, 'high')]
    folder = repo.path / token
    if kind == 'plain':
        shutil.rmtree(repo.path / '.git')
        folder.mkdir()
    else:
        Repo(folder).commit()
    if kind in ('submodule', 'deinitialized'):
        repo.git('add', token)
        assert places('staged', cwd=repo.path) == wanted
        repo.commit()
        assert places('staged', cwd=repo.path) == []
    if kind == 'deinitialized':
        shutil.rmtree(folder / '.git')
    assert places(cwd=repo.path) == wanted
    assert places('repo', cwd=tmp_path) == [('repo/' + wanted[0][0], None, None, 'high')]


def test_an_unread_name_is_redacted(tmp_path: Path) -> None:
    name = make().decode()
    os.mkfifo(tmp_path / name)
    code, out, err = pina_scan(cwd=tmp_path)
    assert code == 2
    assert name[9:] not in out + err
    assert 'a FIFO, not a file' in out
    assert 'in its name, high' in out


def test_many_files_over_several_processes(tmp_path: Path) -> None:
    for number in range(1500):
        (tmp_path / f'{number:04}').write_bytes(b'k = ' + make() if number % 100 == 7 else b'nothing')
    wanted = [(f'{number:04}', 1, 5, 'high') for number in range(7, 1500, 100)]
    assert places('--jobs', '3', cwd=tmp_path) == wanted
    assert places('--jobs', '1', cwd=tmp_path) == wanted


@pytest.mark.skipif(os.geteuid() != 0, reason='gives its rights away')
def test_an_unreadable_folder_is_said() -> None:
    folder = Path(tempfile.mkdtemp())  # pytest's own are closed to others
    try:
        check_unreadable_folder(Repo(folder))
    finally:
        shutil.rmtree(folder)


def check_unreadable_folder(repo: Repo) -> None:
    (repo.path / 'closed').mkdir(mode=0)
    token_in(repo.path / 'f')
    repo.git('add', 'f')
    os.chown(repo.path, 65534, 65534)
    os.chown(repo.path / '.git', 65534, 65534)
    # loaded before the rights are given away, which the interpreter's own files may need
    for module in (Path(__file__).parents[2] / 'pina_scan').rglob('*.py'):
        importlib.import_module('.'.join(module.relative_to(Path(__file__).parents[2]).with_suffix('').parts))
    child = os.fork()
    if not child:
        os.chdir(repo.path)
        os.setuid(65534)
        os._exit(main(['--output', 'report']))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    out = (repo.path / 'report').read_text()
    assert 'ermission denied' in out
    assert 'f:1:5' in out


@pytest.mark.skipif(os.geteuid() != 0, reason='gives its rights away')
@pytest.mark.parametrize('kind', ('plain', 'tracked'))
def test_a_folder_that_is_listed_but_not_entered(kind: str) -> None:
    """Its files are not gone."""
    folder = Path(tempfile.mkdtemp())
    try:
        token_in(folder / 'd' / 'f')
        if kind == 'tracked':
            Repo(folder).git('add', '.')
        for path in (folder, *folder.rglob('*')):
            os.chown(path, 65534, 65534)
        (folder / 'd').chmod(0o444)
        for module in (Path(__file__).parents[2] / 'pina_scan').rglob('*.py'):
            importlib.import_module('.'.join(module.relative_to(Path(__file__).parents[2]).with_suffix('').parts))
        child = os.fork()
        if not child:
            os.chdir(folder)
            os.setuid(65534)
            os._exit(main(['--output', 'report']))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
        assert (folder / 'report').read_text().splitlines()[0] == 'd/f: unread: permission denied'
    finally:
        shutil.rmtree(folder)


def test_a_path_that_is_too_long(tmp_path: Path) -> None:
    longest = os.pathconf(tmp_path, 'PC_PATH_MAX')
    folder = os.open(tmp_path, os.O_RDONLY)
    path = ''
    # a folder that can still be listed by its path, a file in it that can't be opened by its own
    while len(path) < longest - 100:
        name = 'x' * min(200, longest - 51 - len(path))
        os.mkdir(name, dir_fd=folder)
        folder, outer = os.open(name, os.O_RDONLY, dir_fd=folder), folder
        os.close(outer)
        path += name + '/'
    with open(os.open('y' * 100, os.O_WRONLY | os.O_CREAT, dir_fd=folder), 'wb') as file:
        file.write(make())
    os.close(folder)
    code, found = report(cwd=tmp_path)
    assert (code, found['unread']) == (2, [{'path': path + 'y' * 100, 'reason': 'file name too long'}])


def test_an_untrusted_repository_is_explained(repo: Repo) -> None:
    token_in(repo.path / 'f')
    os.chown(repo.path, 65534, 65534)
    os.chown(repo.path / '.git', 65534, 65534)
    code, out, _ = pina_scan(cwd=repo.path, SUDO_UID='0')
    assert code == 2
    assert 'git config --global --add safe.directory' in out


def test_nothing_of_the_repository_runs(repo: Repo) -> None:
    repo.add('.gitattributes', '* filter=evil diff=evil\n')
    repo.add('f', 'x\n')
    repo.commit()
    trap = repo.path / 'trap'
    trap.write_text(f'#!/bin/sh\necho ran >> {repo.path}/ran\n')
    trap.chmod(0o755)
    for key in (
            'core.fsmonitor', 'core.pager', 'core.editor', 'core.sshCommand', 'core.askPass', 'core.alternateRefsCommand',
            'filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process', 'diff.evil.command', 'diff.evil.textconv',
            'diff.external', 'gpg.program', 'alias.ls-files', 'credential.helper', 'interactive.diffFilter',
    ):
        repo.git('config', key, str(trap))
    (repo.path / '.git' / 'hooks').mkdir(exist_ok=True)
    for hook in ('post-index-change', 'pre-commit', 'post-checkout', 'reference-transaction'):
        (repo.path / '.git' / 'hooks' / hook).symlink_to(trap)
    repo.write('f', b'k = ' + make())
    (repo.path / 'ran').unlink(missing_ok=True)
    pina_scan(cwd=repo.path)
    pina_scan('hook', '--', 'f', cwd=repo.path)
    pina_scan('staged', cwd=repo.path)
    assert not (repo.path / 'ran').exists()

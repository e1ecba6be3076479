from __future__ import annotations

import os
from pathlib import Path

import pytest

from pina_scan.token import make
from pina_scan.token import sha256
from tests.helpers.command import pina_scan
from tests.helpers.command import places
from tests.helpers.command import report
from tests.helpers.repo import Repo

FILE = '.pina-scan-baseline'


def test_create_add_prune_list(repo: Repo) -> None:
    one, two = make(), make()
    repo.write('a b', one)
    assert pina_scan('baseline', 'list', cwd=repo.path) == (0, '', '')
    assert pina_scan('baseline', 'create', '--reason', 'old', '--owner', 'me', cwd=repo.path) == (0, f'1 added to {FILE}.\n', '')
    assert (repo.path / FILE).read_text() == f'{sha256(one)}  "a b"  # old, me\n'
    code, out, err = pina_scan('baseline', 'create', cwd=repo.path)
    assert (code, out) == (2, '')
    assert '`pina-scan baseline add` adds to it' in err
    assert places(cwd=repo.path) == []

    repo.write('d/c', two)
    assert places(cwd=repo.path) == [('d/c', 1, 1, 'high')]
    assert pina_scan('baseline', 'add', '--until', '2999-01-31', cwd=repo.path).code == 0
    lines = sorted([f'{sha256(one)}  "a b"  # old, me\n', f'{sha256(two)}  d/c  # until 2999-01-31\n'])
    assert (repo.path / FILE).read_text() == ''.join(lines)
    assert places(cwd=repo.path / 'd') == []
    code, out, _ = pina_scan('baseline', 'list', cwd=repo.path)
    assert out.splitlines() == sorted([f'{sha256(one)[:12]}  a b  old, me', f'{sha256(two)[:12]}  d/c  until 2999-01-31'])

    (repo.path / 'a b').unlink()
    _, found = report(cwd=repo.path)
    assert found['notices'] == [
        f'{FILE}: the entry for {sha256(one)[:12]} in a b (old, me) accepts nothing any more; `pina-scan baseline prune`',
    ]
    assert report('d', cwd=repo.path)[1]['notices'] == []
    assert pina_scan('baseline', 'prune', cwd=repo.path) == (0, f'1 removed from {FILE}.\n', '')
    assert (repo.path / FILE).read_text() == f'{sha256(two)}  d/c  # until 2999-01-31\n'


@pytest.mark.parametrize('action', ('create', 'add', 'prune', 'list'))
@pytest.mark.parametrize('option', ('--format=json', '--output=o', '--report=json=r', '--ci=off', '-q', '-v', '--color=never'))
def test_what_is_about_a_report_is_refused(repo: Repo, action: str, option: str) -> None:
    code, out, err = pina_scan('baseline', action, option, cwd=repo.path)
    assert (code, out) == (2, '')
    assert f'unrecognized arguments: {option}' in err
    assert sorted(os.listdir(repo.path)) == ['.git']


@pytest.mark.parametrize(
    ('reason', 'comment'), (
        ('a\n  b', 'a b'),
        ('{token}', '{cut}'),
        ('see {token}\x1b[31m', 'see {cut}\\e[31m'),
        (b'\xff', '\\xff'),
    ),
)
def test_what_a_comment_says(repo: Repo, reason: str | bytes, comment: str) -> None:
    token = make().decode()
    cut = f'pina_{token[5:9]}…(96)'
    repo.write('f', token.encode())
    given = reason.format(token=token) if isinstance(reason, str) else reason
    assert pina_scan('baseline', 'create', '--reason', given, cwd=repo.path).code == 0
    words = comment.format(cut=cut)
    assert (repo.path / FILE).read_text() == f'{sha256(token.encode())}  f  # {words}\n'
    # by hand it may say anything
    by_hand = (given.replace('\n', ' ') if isinstance(given, str) else given.decode('utf-8', 'surrogateescape'))
    repo.write(FILE, f'{sha256(token.encode())}  f  # {by_hand}\n'.encode('utf-8', 'surrogateescape'))
    code, out, _ = pina_scan('baseline', 'list', cwd=repo.path)
    assert (code, token[9:] in out, '\x1b' in out) == (0, False, False)


def test_a_comment_that_would_be_refused_is_not_written(repo: Repo) -> None:
    repo.write('f', make())
    code, _, err = pina_scan('baseline', 'create', '--reason', 'moved', '--owner', 'until friday', cwd=repo.path)
    assert (code, '"until friday" is no date' in err, (repo.path / FILE).exists()) == (2, True, False)


@pytest.mark.parametrize('name', ('../there', '/{tmp}/there', '.git/there', 'link/there'))
def test_a_config_has_none_written_elsewhere(repo: Repo, tmp_path: Path, name: str) -> None:
    (tmp_path / 'elsewhere').mkdir()
    (repo.path / 'link').symlink_to(tmp_path / 'elsewhere')
    repo.write('.pina-scan.toml', f'baseline = "{name.format(tmp=tmp_path)}"\n')
    for action in ('create', 'add', 'prune'):
        code, out, err = pina_scan('baseline', action, cwd=repo.path)
        assert (code, out, 'is written below its own folder only' in err) == (2, '', True)
    assert not list(tmp_path.rglob('there'))


def test_the_name_of_a_baseline_speaks_to_nobody(repo: Repo) -> None:
    token = make().decode()
    repo.write('.pina-scan.toml', f'baseline = "{token}\\u001b[31m"\n'.encode())
    code, out, _ = pina_scan('baseline', 'create', 'nosuch', cwd=repo.path)
    assert (code, out) == (2, f'0 added to pina_{token[5:9]}…(96)\\e[31m.\nnosuch: unread: no such file or directory\n')


def test_a_token_moves_within_its_file_but_not_to_another(repo: Repo) -> None:
    token = make()
    repo.write('f', token)
    pina_scan('baseline', 'create', cwd=repo.path)
    repo.write('f', b'a\nb\n' + token)
    assert places(cwd=repo.path) == []
    repo.write('g', token)
    assert places(cwd=repo.path) == [('g', 1, 1, 'high')]
    repo.write('f', b'a\nb\n' + token + b'\n' + make())
    assert places('f', cwd=repo.path) == [('f', 4, 1, 'high')]


def test_an_expired_entry_accepts_nothing(repo: Repo) -> None:
    token = make()
    repo.write('f', token)
    repo.write(FILE, f'{sha256(token)}  f  # for now, until 2020-01-01\n')
    code, out, _ = pina_scan(cwd=repo.path)
    assert code == 1
    assert '    its baseline entry has expired: for now, until 2020-01-01\n' in out
    assert f'note: {FILE}: the entry for {sha256(token)[:12]} in f (for now, until 2020-01-01) has expired\n' in out
    assert pina_scan('baseline', 'list', cwd=repo.path).code == 1
    assert pina_scan('baseline', 'add', '--until', '2999-01-01', cwd=repo.path).code == 0
    assert places(cwd=repo.path) == []


def test_a_token_in_a_name_stays_out_of_the_baseline(repo: Repo) -> None:
    token = make().decode()
    repo.write(token, token)
    assert pina_scan('baseline', 'create', cwd=repo.path).code == 0
    assert token[9:] not in (repo.path / FILE).read_text()
    assert places(cwd=repo.path) == []


def test_a_baseline_that_is_none_is_refused(repo: Repo) -> None:
    repo.write('f', 'x')
    repo.write(FILE, '<<<<<<< HEAD\n')
    code, _, err = pina_scan(cwd=repo.path)
    assert code == 2
    assert f'{FILE}:1: not a baseline entry' in err


def test_two_branches_merge(repo: Repo) -> None:
    known = sorted((make() for _ in range(8)), key=sha256)
    for number, token in enumerate(known[2:6]):
        repo.write(f'f{number}', token)
    pina_scan('baseline', 'create', cwd=repo.path)
    repo.git('add', '-A')
    repo.commit()
    for branch, token in (('one', known[0]), ('two', known[7])):
        repo.git('checkout', '-q', '-b', branch, 'main')
        repo.write(branch, token)
        pina_scan('baseline', 'add', cwd=repo.path)
        repo.git('add', '-A')
        repo.commit()
    repo.git('merge', '-q', 'one')
    assert places(cwd=repo.path) == []


def test_another_baseline(repo: Repo) -> None:
    repo.write('f', make())
    repo.write('.pina-scan.toml', 'baseline = "config/known"\n')
    (repo.path / 'config').mkdir()
    assert pina_scan('baseline', 'create', cwd=repo.path).code == 0
    assert (repo.path / 'config' / 'known').exists()
    assert pina_scan(cwd=repo.path).code == 0
    assert pina_scan('--baseline', 'none', cwd=repo.path).code == 1

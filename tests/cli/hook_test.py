from __future__ import annotations

import base64
import io
import os
import zipfile
from pathlib import Path

import pytest

from pina_scan.token import make
from pina_scan.token import make_fake
from tests.helpers.command import pina_scan
from tests.helpers.command import places
from tests.helpers.command import report
from tests.helpers.repo import Repo
from tests.helpers.tokens import dummy


def key() -> bytes:
    return b'k = ' + make() + b'\n'


def hook(*args: str | bytes, cwd: Path) -> tuple[int, str]:
    code, out, err = pina_scan('hook', *args, cwd=cwd)
    return code, out + err


@pytest.mark.parametrize('args', ((), ('--',), ('clean',), ('--', 'clean'), ('-q', 'clean'), ('-v', '--', 'clean', 'empty')))
def test_clean_runs_say_nothing(repo: Repo, args: tuple[str, ...]) -> None:
    repo.write('clean', 'x\n')
    repo.write('empty', '')
    code, out = hook(*args, cwd=repo.path)
    assert (code, out if '-v' not in args else '') == (0, '')


def test_the_whole_report(repo: Repo) -> None:
    token = make().decode()
    repo.write('d/.env', f'A=1\nPINTEREST_TOKEN={token}\n')
    repo.write('clean', 'x\n')
    code, out, err = pina_scan('hook', '--', 'd/.env', 'clean', cwd=repo.path)
    head, *rest = out.splitlines()
    sums = rest.pop(1)
    assert (code, err) == (1, '')
    assert head.startswith(f'd/.env:2:17: Pinterest access token, high: pina_{token[5:9]}…(96) sha256 ')
    assert sums.startswith('1 token (1 high) in 2 files, 124 bytes, ')
    assert rest == [
        '    "pina_" and 96 random base32 characters: the form of a Conversions API token.',
        'What to do:',
        '  Do not commit it: take it out, and read it from the environment or a secret store instead.',
        '  If it has left this machine (a push, a message, a log), make a new one and replace it where it is used:',
        '  Ads Manager: Business > Conversions > Conversion API > Generate new token.',
        '  If it is known and accepted: a comment "pina-scan: allow" on its line, or `pina-scan baseline add`.',
    ]
    assert token[9:] not in out


def test_a_dummy_fails_and_says_what_it_is(repo: Repo) -> None:
    repo.write('f', dummy())
    code, out = hook('--', 'f', cwd=repo.path)
    assert code == 1
    assert 'one character repeated' in out
    assert 'No real token' in out
    assert hook('--allow-placeholders', '--', 'f', cwd=repo.path)[0] == 0
    repo.write('.pina-scan.toml', 'placeholders = "allow"\n')
    assert hook('--', 'f', cwd=repo.path)[0] == 0


def test_a_fake_passes_and_is_listed_when_asked(repo: Repo) -> None:
    repo.write('f', make_fake())
    assert hook('--', 'f', cwd=repo.path)[0] == 0
    code, out = hook('-v', '--', 'f', cwd=repo.path)
    assert code == 0
    assert 'fake' in out


def test_a_file_named_like_an_option_switches_nothing_off(repo: Repo) -> None:
    names = ['--exclude=*', '-q', '--', '--help', '--allow-placeholders', '-', '--config=x', '--output=x', '--version']
    for name in names:
        repo.write(name, key())
    found = places('hook', '--', *names, cwd=repo.path)
    assert [path for path, *_ in found] == sorted(names)


@pytest.mark.parametrize('name', ('--exclude=*', '-q', '--help', '--allow-placeholders', '--version', '--nonsense'))
def test_without_the_separator_what_is_both_is_refused(repo: Repo, name: str) -> None:
    repo.write(name, key())
    repo.write('a', 'x')
    code, out, err = pina_scan('hook', '--no-inline-allow', name, 'a', cwd=repo.path)
    assert (code, out) == (2, '')
    assert err == (
        f'pina-scan: {name} is an option, and a file too. End the args of the hook with "--" in .pre-commit-config.yaml: '
        'args: [--no-inline-allow, --]\n'
    )


def test_without_the_separator_what_follows_a_file_is_a_file(repo: Repo) -> None:
    repo.write('a', 'x')
    repo.write('--exclude=a', key())
    assert places('hook', 'a', '--exclude=a', cwd=repo.path) == [('--exclude=a', 1, 5, 'high')]


def test_a_file_named_as_the_separator_is_read(repo: Repo) -> None:
    repo.write('--', key())
    assert hook('-q', '--', cwd=repo.path)[0] == 1


def test_links_and_odd_names(repo: Repo) -> None:
    names = [b'new\nline', b'\xff', b'a b']
    for name in names:
        repo.write(name, key())
    (repo.path / 'link').symlink_to(os.fsdecode(make()))
    (repo.path / 'door').symlink_to('a b')
    found = places('hook', '--', *names, 'link', 'door', cwd=repo.path)
    assert [(path, column) for path, _, column, _ in found] == [('a b', 5), ('link', 1), ('new\nline', 5), ('\udcff', 5)]


def test_a_submodule_is_passed_over_and_a_folder_is_said(repo: Repo) -> None:
    Repo(repo.path / 'sub').add('f', key())
    (repo.path / 'folder').mkdir()
    assert hook('--', 'sub', cwd=repo.path) == (0, '')
    code, out = hook('--', 'folder', cwd=repo.path)
    assert (code, out.splitlines()[0]) == (2, 'folder: unread: a folder, not a file')
    # who names a repository itself wants something else
    for path in ('.', './', '../repo', str(repo.path)):
        code, out = hook('--', path, cwd=repo.path)
        assert (code, out.splitlines()[0]) == (2, f'{path}: unread: a folder, not a file')


def test_what_is_missing_or_no_file_is_said_and_the_rest_is_read(repo: Repo) -> None:
    os.mkfifo(repo.path / 'fifo')
    repo.write('f', key())
    code, found = report('hook', '--', 'fifo', 'missing', 'f', '/dev/zero', cwd=repo.path)
    assert code == 2
    assert [f['path'] for f in found['findings']] == ['f']
    assert found['unread'] == [
        {'path': 'fifo', 'reason': 'a FIFO, not a file'}, {'path': 'missing', 'reason': 'no such file or directory'},
        {'path': '/dev/zero', 'reason': 'a device, not a file'},
    ]


# What git will store is the truth

XOR = "python3 -c 'import sys; sys.stdout.buffer.write(bytes(b ^ 85 for b in sys.stdin.buffer.read()))'"


def with_filter(repo: Repo, clean: str) -> None:
    repo.git('config', 'filter.f.clean', clean)
    repo.git('config', 'filter.f.required', 'true')
    repo.add('.gitattributes', 'secret* filter=f\n')


def test_a_file_that_a_filter_encrypts_is_no_leak(repo: Repo) -> None:
    with_filter(repo, XOR)
    repo.add('secret', key())
    repo.add('d/secret', key())
    assert hook('--', 'secret', 'd/secret', cwd=repo.path) == (0, '')
    assert places('hook', '--', 'secret', cwd=repo.path / 'd') == []
    repo.add('plain', key())
    assert places('hook', '--', 'secret', 'plain', cwd=repo.path) == [('plain', 1, 5, 'high')]


def test_a_filter_that_lets_it_through_is_a_leak(repo: Repo) -> None:
    with_filter(repo, 'cat')
    repo.add('secret', key())
    assert places('hook', '--', 'secret', cwd=repo.path) == [('secret', 1, 5, 'high')]


@pytest.mark.parametrize('leak', ('x.zip', 'x.zip!secret'))
def test_a_file_that_is_called_as_what_is_in_an_archive(repo: Repo, leak: str) -> None:
    """What a filter does to the one says nothing of the other."""
    with_filter(repo, XOR)
    repo.add('.gitattributes', f'{"x.zip" if leak == "x.zip!secret" else "x.zip!secret"} filter=f\n')
    content = io.BytesIO()
    with zipfile.ZipFile(content, 'w') as archive:
        archive.writestr('secret', key() if leak == 'x.zip' else b'clean')
    repo.add('x.zip', content.getvalue())
    repo.add('x.zip!secret', key() if leak == 'x.zip!secret' else b'clean')
    assert places('hook', '--', 'x.zip', 'x.zip!secret', cwd=repo.path) == [('x.zip!secret', 1, 5, 'high')]


def test_an_archive_that_a_filter_encrypts_is_no_leak(repo: Repo) -> None:
    with_filter(repo, XOR)
    content = io.BytesIO()
    with zipfile.ZipFile(content, 'w') as archive:
        archive.writestr('inner', key())
    repo.add('secret.zip', content.getvalue())
    repo.add('secret!.eml', b'Content-Transfer-Encoding: base64\n\n' + base64.encodebytes(content.getvalue()))
    assert hook('--', 'secret.zip', 'secret!.eml', cwd=repo.path) == (0, '')


def test_edited_since_it_was_staged_the_file_decides(repo: Repo) -> None:
    with_filter(repo, XOR)
    repo.add('secret', 'x\n')
    repo.write('secret', key())
    assert places('hook', '--', 'secret', cwd=repo.path) == [('secret', 1, 5, 'high')]


def test_not_staged_the_file_decides(repo: Repo) -> None:
    with_filter(repo, XOR)
    repo.write('secret', key())
    assert places('hook', '--', 'secret', cwd=repo.path) == [('secret', 1, 5, 'high')]


def test_behind_an_lfs_pointer_it_is_a_leak(repo: Repo) -> None:
    pointer = 'version https://git-lfs.github.com/spec/v1\\noid sha256:%064d\\nsize 1\\n'
    with_filter(repo, f"cat >/dev/null; printf '{pointer}' 1")
    repo.add('secret', key())
    assert repo.git('cat-file', '-p', ':secret').startswith(b'version https')
    assert places('hook', '--', 'secret', cwd=repo.path) == [('secret', 1, 5, 'high')]


def test_outside_a_repository_the_file_decides(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(key())
    assert places('hook', '--', 'f', cwd=tmp_path) == [('f', 1, 5, 'high')]


def test_unstaged_in_a_file_that_was_given_is_found(repo: Repo) -> None:
    repo.add('f', 'x\n')
    repo.write('f', key())
    assert places('hook', '--', 'f', cwd=repo.path) == [('f', 1, 5, 'high')]


def test_config_and_exclude(repo: Repo) -> None:
    repo.write('docs/f', key())
    repo.write('f', key())
    repo.write('pyproject.toml', '[tool.pina-scan]\nexclude = ["docs/"]\n')
    code, found = report('hook', '--', 'docs/f', 'f', cwd=repo.path)
    assert (code, [f['path'] for f in found['findings']], found['summary']['excluded']) == (1, ['f'], 1)
    repo.write('pyproject.toml', '[tool.pina-scan]\nexlude = ["docs/"]\n')
    code, out = hook('--', 'clean', cwd=repo.path)
    assert (code, 'there is no key "exlude". Did you mean "exclude"?' in out) == (2, True)


def test_the_hook_never_writes_a_baseline(repo: Repo) -> None:
    repo.write('f', key())
    assert pina_scan('baseline', 'add', cwd=repo.path).code == 0
    before = (repo.path / '.pina-scan-baseline').read_bytes()
    assert hook('--', 'f', cwd=repo.path)[0] == 0
    repo.write('g', key())
    assert hook('--', 'f', 'g', cwd=repo.path)[0] == 1
    assert (repo.path / '.pina-scan-baseline').read_bytes() == before

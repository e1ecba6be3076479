"""`pina-scan doctor`: what it says of real repositories, that it proves it, and that nothing of theirs changes."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.repo import Repo
from tests.helpers.tools import need
from tests.hooks.install_test import hook
from tests.hooks.install_test import install
from tests.hooks.install_test import tree

PROTECTED, OPEN, UNKNOWN = 0, 1, 2
LOCAL = """\
repos:
-   repo: local
    hooks:
    -   {id: pina-scan, name: a, entry: pina-scan hook, args: [--], language: system, types: [], types_or: [file, symlink]MORE}
    -   {id: pina-scan-message, name: b, entry: pina-scan message, language: system, stages: [commit-msg]}
    -   {id: pina-scan-push, name: c, entry: pina-scan push, language: system, stages: [pre-push], pass_filenames: false,
         always_run: true}
"""


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is left where temporary files go."""
    (tmp_path / 'temporary').mkdir()
    monkeypatch.setenv('TMPDIR', str(tmp_path / 'temporary'))
    monkeypatch.setenv('PATH', os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH'])))
    yield
    assert [path.name for path in (tmp_path / 'temporary').iterdir() if 'pina' in path.name] == []


@pytest.fixture
def first(repo: Repo) -> Repo:
    """With staged, changed, untracked and ignored files, a remote that is not there, and a reflog."""
    for name in ('src/a.py', 'docs/a.md', 'a.txt'):
        repo.add(name, 'nothing\n')
    repo.add('.gitignore', 'ignored\n')
    repo.commit()
    repo.git('remote', 'add', 'upstream', 'https://example.invalid/r')
    repo.add('staged', make())
    repo.write('a.txt', 'changed\n')
    repo.write('untracked', make())
    repo.write('ignored', make())
    return repo


def doctor(repo: Repo, *args: str, **env: str) -> tuple[int, dict[str, Any]]:
    """The report, with the proofs by what they are of; asserts that the repository is as it was."""
    before = tree(repo.path)
    code, out, err = pina_scan('doctor', '--format', 'json', *args, cwd=repo.path, **env)
    assert err == ''
    after = tree(repo.path)
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == set()
    found = json.loads(out)
    assert found['protected'] == {PROTECTED: True, OPEN: False, UNKNOWN: None}[code]
    return code, {**found, 'proofs': {proof['what']: proof for proof in found['proofs']}}


def stopped(found: dict[str, Any]) -> dict[str, bool | None]:
    return {what: proof['stopped'] for what, proof in found['proofs'].items()}


def said(found: dict[str, Any], *states: str) -> list[str]:
    return [f'{check["about"]}: {check["words"]}' for check in found['checks'] if check['state'] in states]


def all_of(value: bool | None) -> dict[str, bool | None]:
    return dict.fromkeys(('commit', 'message', 'push'), value)


def test_nothing_is_installed(first: Repo) -> None:
    code, found = doctor(first)
    assert (code, stopped(found)) == (OPEN, all_of(False))
    assert said(found, 'bad')[:3] == [f'{name}: there is no such hook' for name in ('pre-commit', 'commit-msg', 'pre-push')]


def test_installed(first: Repo) -> None:
    install(first)
    code, found = doctor(first)
    assert (code, stopped(found)) == (PROTECTED, all_of(True))
    assert said(found, 'bad', 'note', 'unknown') == []
    assert all(proof['named'] and proof['missed'] == [] for proof in found['proofs'].values())


def test_another_pina_scan_on_the_path(first: Repo, tmp_path: Path) -> None:
    hook(tmp_path / 'bin' / 'pina-scan', '#!/bin/sh\necho pina-scan 0.0.9\n')
    for path, words in ((f'{tmp_path}/bin:{os.environ["PATH"]}', 'has pina-scan 0.0.9'), ('/usr/bin:/bin', 'has no pina-scan')):
        assert words in ' '.join(said(doctor(first, '--no-proof', PATH=path)[1], 'note'))


def test_with_a_hooks_variables(first: Repo) -> None:
    install(first)
    assert doctor(first, GIT_DIR='.git', GIT_INDEX_FILE='.git/index', GIT_WORK_TREE='.', GIT_PREFIX='')[0] == PROTECTED


def test_the_whole_text(first: Repo) -> None:
    install(first, '--hook-type', 'pre-commit')
    code, out, err = pina_scan('doctor', cwd=first.path)
    lines = out.splitlines()
    assert (code, err) == (OPEN, '')
    assert lines[0] == f'pina-scan doctor: {first.path}'
    assert lines[2:] == [
        f'  ok      hooks: in {first.path}/.git/hooks',
        "  ok      pre-commit: pina-scan's",
        '  note    pre-merge-commit: there is no such hook',
        '  bad     commit-msg: there is no such hook',
        '  bad     pre-push: there is no such hook',
        '  ok      proof: commit: stopped by pina-scan',
        '  bad     proof: message: a token in a message goes through',
        '  bad     proof: push: a token in a push goes through',
        '          type: pina-scan install',
        'Not protected: see above for what goes through, and what to type.',
    ]


def test_in_a_worktree_a_folder_below_and_a_detached_head(first: Repo) -> None:
    install(first)
    first.git('worktree', 'add', '-q', '--detach', '../other')
    other = Repo.__new__(Repo)
    other.path = first.path.parent / 'other'
    assert doctor(other)[0] == PROTECTED
    code, out, _ = pina_scan('doctor', cwd=first.path / 'src')
    assert code == PROTECTED, out
    first.git('config', 'extensions.worktreeConfig', 'true')
    subprocess.run(('git', 'config', '--worktree', 'core.hooksPath', '/dev/null'), cwd=other.path, check=True)
    code, found = doctor(other)
    assert (code, stopped(found)) == (OPEN, all_of(False))
    code, found = doctor(first)
    assert code == PROTECTED
    assert [words for words in said(found, 'note') if str(other.path) in words] != []


def test_a_repository_without_a_commit(repo: Repo) -> None:
    install(repo)
    assert doctor(repo)[0] == PROTECTED


def test_sha256(tmp_path: Path) -> None:
    repo = Repo(tmp_path / 'repo', '--object-format=sha256')
    install(repo)
    assert doctor(repo)[0] == PROTECTED


def test_not_executable(first: Repo) -> None:
    install(first)
    (first.path / '.git/hooks/pre-push').chmod(0o644)
    code, found = doctor(first)
    assert (code, stopped(found)) == (OPEN, {**all_of(True), 'push': False})
    [check] = [check for check in found['checks'] if check['about'] == 'pre-push']
    subprocess.run(('sh', '-c', check['advice']), check=True)
    assert doctor(first)[0] == PROTECTED


@pytest.mark.parametrize('value', ('/dev/null', '.git/nowhere'))
def test_hooks_path_leads_nowhere(first: Repo, value: str) -> None:
    install(first)
    first.git('config', 'core.hooksPath', value)
    code, found = doctor(first)
    assert (code, stopped(found)) == (OPEN, all_of(False))
    [check] = [check for check in found['checks'] if check['about'] == 'hooks']
    assert 'none is run' in check['words']
    subprocess.run(check['advice'].split(), cwd=first.path, check=True)
    assert doctor(first)[0] == PROTECTED


@pytest.mark.parametrize('where', ('hooks', '.git/mine', '../outside', 'global'))
def test_hooks_path(first: Repo, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if where == 'global':
        (tmp_path / 'gitconfig').touch()
        monkeypatch.setenv('GIT_CONFIG_GLOBAL', str(tmp_path / 'gitconfig'))
        assert install(first, '--global').code == 0
    else:
        (first.path / where).mkdir()
        first.git('config', 'core.hooksPath', where if where == 'hooks' else os.path.normpath(first.path / where))
        assert install(first).code == 0
    assert doctor(first)[0] == PROTECTED


@pytest.mark.parametrize(('text', 'expected', 'words'), (
    ('exit 1', None, 'is stopped with and without a token'),
    ('grep -rq "pina_[A-Z2-7]\\{96\\}" . && exit 1; exit 0', None, 'is stopped with and without a token'),
    ('exec < /dev/tty', None, 'is stopped with and without a token'),
    ('sleep 60', None, 'took too long'),
    ('exit 0', False, 'goes through'),
    # a scanner of another's: it stops the canary for what it is, and lets the fake one pass
    ('pina-scan staged >/dev/null 2>&1', True, ''),
    ('pina-scan staged --exclude "*.json" --exclude src/', True, 'files of these kinds go through: JSON'),
))
def test_another_hook(first: Repo, text: str, expected: bool | None, words: str) -> None:
    first.git('reset', '-q', '--hard')
    install(first)
    (first.path / '.git/hooks/pre-commit').unlink()
    hook(first.path / '.git/hooks/pre-commit', f'#!/bin/sh\n{text}\n')
    code, found = doctor(first, '--timeout', '1' if 'sleep' in text else '100')
    assert stopped(found)['commit'] is expected
    assert words in ' '.join(said(found, 'bad', 'unknown', 'note'))
    if 'json' in text:
        assert found['proofs']['commit']['missed'][0] == 'JSON'
        assert 'src/' in found['proofs']['commit']['missed']
    assert code == (OPEN if expected is False or 'json' in text else UNKNOWN if expected is None else PROTECTED)


def test_what_a_failing_hook_says_has_no_canary_in_it(first: Repo) -> None:
    first.git('reset', '-q', '--hard')
    install(first)
    hook(first.path / '.git/hooks/pre-commit', '#!/bin/sh\ngit diff --cached | grep -a TOKEN\nexit 1\n')
    before = tree(first.path)
    code, out, err = pina_scan('doctor', cwd=first.path)
    assert code == UNKNOWN
    assert 'TOKEN=pina_' in out
    assert not [word for word in out.split('pina_')[1:] if word[:5].isalnum()]
    assert tree(first.path) == before


def pre_commit(repo: Repo, more: str = '', types: tuple[str, ...] = ('pre-commit', 'commit-msg', 'pre-push')) -> None:
    repo.git('reset', '-q', '--hard')
    repo.add('.pre-commit-config.yaml', LOCAL.replace('MORE', more))
    words = [word for name in types for word in ('--hook-type', name)]
    subprocess.run((need('pre-commit', 'pip install .[test]'), 'install', *words), cwd=repo.path, check=True, capture_output=True)


def test_pre_commit(first: Repo) -> None:
    pre_commit(first)
    code, found = doctor(first)
    assert (code, stopped(found)) == (PROTECTED, all_of(True))
    assert ', pre-commit ' in said(found, 'ok')[0]
    assert said(found, 'bad', 'note', 'unknown') == [
        'pre-merge-commit: there is no such hook',
        '.pre-commit-config.yaml: has pina-scan, but the hook for pre-merge-commit is not installed',
    ]


@pytest.mark.parametrize(('more', 'types', 'env', 'code', 'expected', 'words'), (
    ('', ('pre-commit',), {}, OPEN, {'message': False, 'push': False}, 'has pina-scan-push, but the hook for'),
    ('', (), {'SKIP': 'x,pina-scan'}, OPEN, {'commit': False}, 'SKIP: names pina-scan'),
    (r', files: \.py$', (), {}, OPEN, {}, 'its "files" keeps files from it'),
    (', exclude: ^docs/', (), {}, PROTECTED, {}, 'files below docs/ go through'),
    (', stages: [manual]', (), {}, OPEN, {'commit': False}, 'its stages are [manual]'),
))
def test_pre_commit_narrowed(
        first: Repo, more: str, types: tuple[str, ...], env: dict[str, str], code: int, expected: dict[str, bool], words: str,
) -> None:
    pre_commit(first, more, types or ('pre-commit', 'commit-msg', 'pre-push'))
    got, found = doctor(first, **env)
    assert words in ' '.join(said(found, 'bad', 'note'))
    assert (got, stopped(found)) == (code, {**all_of(True), **expected})


def test_pre_commit_without_a_config(first: Repo) -> None:
    pre_commit(first)
    first.git('rm', '-qf', '.pre-commit-config.yaml')
    for env, expected in (({}, None), ({'PRE_COMMIT_ALLOW_NO_CONFIG': '1'}, False)):
        code, found = doctor(first, **env)
        assert stopped(found)['commit'] is expected
        assert ('PRE_COMMIT_ALLOW_NO_CONFIG: ' in ' '.join(said(found, 'bad'))) is bool(env)


@pytest.mark.parametrize('name', ('lefthook', 'husky'))
def test_a_switch_of_a_managers(first: Repo, name: str) -> None:
    first.git('reset', '-q', '--hard')
    if name == 'husky':
        # as husky 9 does it
        stub = '#!/bin/sh\n[ "$HUSKY" = 0 ] && exit 0\nexec sh "$(dirname "$0")/../$(basename "$0")" "$@"\n'
        for kind in ('pre-commit', 'commit-msg', 'pre-push'):
            hook(first.path / '.husky' / '_' / kind, stub)
            hook(first.path / '.husky' / kind, f'pina-scan git-hook {kind} "$@"\n')
        first.git('config', 'core.hooksPath', '.husky/_')
    else:
        text = install_advice(first)
        first.write('lefthook.yml', text)
        subprocess.run((need('lefthook', 'pip install .[test]'), 'install'), cwd=first.path, check=True, capture_output=True)
    assert doctor(first)[0] == PROTECTED
    code, found = doctor(first, **{name.upper(): '0'})
    assert (code, stopped(found)) == (OPEN, all_of(False))
    assert f'{name.upper()}: is 0: {name} runs nothing' in said(found, 'bad')


def install_advice(repo: Repo) -> str:
    from pina_scan.hooks.managers import advice
    return '\n'.join(line[4:] for line in advice('lefthook').splitlines()[1:]) + '\n'


@pytest.mark.parametrize(('name', 'text', 'words'), (
    ('.pina-scan.toml', 'placeholders = "allow"\nexclude = ["docs/"]\n', 'config: lets placeholders pass'),
    ('.pina-scan.toml', 'nonsense = 1\n', 'there is no key "nonsense"'),
    ('.pina-scan-baseline', f'{"ab" * 32}  a\n', 'baseline: accepts 1 token'),
))
def test_the_config(first: Repo, name: str, text: str, words: str) -> None:
    install(first)
    first.write(name, text)
    assert words in ' '.join(said(doctor(first, '--no-proof')[1], 'bad', 'note'))


def test_aliases(first: Repo) -> None:
    for value in ('commit --no-verify', 'commit -an', 'log -n 1'):
        first.git('config', '--add', f'alias.x{len(value)}', value)
    found = said(doctor(first, '--no-proof')[1], 'note')
    assert [line for line in found if line.startswith('alias')] == [
        'alias.x18: goes past the hooks', 'alias.x10: goes past the hooks',
    ]


def test_bare(tmp_path: Path) -> None:
    code, _, err = pina_scan('doctor', cwd=Repo(tmp_path / 'bare', '--bare').path)
    assert (code, 'no work tree' in err) == (2, True)

"""CI systems found by their environment: what a run adds there, where, and when it doesn't."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

from pina_scan.cli.annotate import CHOICES
from pina_scan.cli.annotate import SYSTEMS
from pina_scan.judge.config_file import KEYS
from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.repo import Repo

GITHUB = {'GITHUB_ACTIONS': 'true'}
HEADS = {
    'github': '::error ', 'azure': '##vso[task.logissue ', 'gitlab': '\x1b[0Ksection_end:', 'buildkite': '+++ pina-scan: ',
    'teamcity': '##teamcity[',
}


def test_the_config_knows_them_all() -> None:
    assert KEYS['ci'][1] == CHOICES
    assert HEADS.keys() == SYSTEMS.keys()


@pytest.mark.parametrize('name', SYSTEMS)
def test_by_environment_option_and_config(tmp_path: Path, name: str) -> None:
    (tmp_path / 'f').write_bytes(make())
    env = {SYSTEMS[name].variable: 'True'}
    plain = pina_scan('-q', 'f', cwd=tmp_path)
    told = pina_scan('-q', 'f', cwd=tmp_path, **env)
    assert told.code == plain.code == 1
    assert plain.out in told.out
    assert HEADS[name] in told.out
    assert HEADS[name] in pina_scan('-q', '--ci', name, 'f', cwd=tmp_path).out
    for args in (('--no-ci',), ('--ci', 'off'), ('--ci=off',)):
        assert pina_scan('-q', *args, 'f', cwd=tmp_path, **env) == plain
    (tmp_path / '.pina-scan.toml').write_text('ci = "off"')
    assert pina_scan('-q', 'f', cwd=tmp_path, **env) == plain
    assert HEADS[name] in pina_scan('-q', '--ci', 'auto', 'f', cwd=tmp_path, **env).out


@pytest.mark.parametrize('value', ('', 'false'))
def test_one_that_is_not_there(tmp_path: Path, value: str) -> None:
    (tmp_path / 'f').write_bytes(make())
    assert '::error' not in pina_scan('f', cwd=tmp_path, GITHUB_ACTIONS=value).out


def test_only_beside_the_text(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    for args in (('--format', 'json'), ('--format', 'csv'), ('--output', 'o')):
        assert '::error' not in pina_scan(*args, 'f', cwd=tmp_path, **GITHUB).out
    assert '::error' not in (tmp_path / 'o').read_text()
    assert '::error' in pina_scan('--report', 'json=r', 'f', cwd=tmp_path, **GITHUB).out


def test_a_quiet_run_that_finds_nothing_says_nothing(repo: Repo) -> None:
    summary = repo.path / 'summary'
    repo.add('f', b'x')
    for args in (('-q', 'f'), ('hook', '--', 'f'), ('staged', '-q')):
        assert pina_scan(*args, cwd=repo.path, **GITHUB, GITHUB_STEP_SUMMARY=str(summary)) == (0, '', '')
    assert not summary.exists()


def test_the_hook_annotates(repo: Repo) -> None:
    repo.add('f', make())
    done = pina_scan('hook', '--', 'f', cwd=repo.path, **GITHUB)
    assert done.code == 1
    assert '\n::error file=f,line=1,endLine=1,col=1,endColumn=101,title=Pinterest access token (high)::' in done.out


@pytest.mark.parametrize(
    ('workspace', 'cwd', 'path', 'file'), (
        ('.', '.', '.', 'sub/d/f'),
        ('.', 'sub', '.', 'sub/d/f'),
        ('sub', 'sub', '.', 'd/f'),
        ('.', 'sub/d', 'f', 'sub/d/f'),
        ('', 'sub/d', 'f', 'd/f'),
        ('other', 'sub', '.', 'd/f'),
    ),
)
def test_files_are_named_from_the_workspace(tmp_path: Path, workspace: str, cwd: str, path: str, file: str) -> None:
    repo = Repo(tmp_path / 'sub')
    repo.add('d/f', make())
    (tmp_path / 'other').mkdir()
    env = {**GITHUB, 'GITHUB_WORKSPACE': str(tmp_path / workspace) if workspace else ''}
    assert f'::error file={file},' in pina_scan(path, cwd=tmp_path / cwd, **env).out


def test_the_summary_of_a_job_on_github(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    summary = tmp_path / 'summary'
    summary.write_text('before\n')
    env = {**GITHUB, 'GITHUB_STEP_SUMMARY': str(summary)}
    assert pina_scan('f', cwd=tmp_path, **env).code == 1
    (tmp_path / 'f').write_bytes(b'')
    assert pina_scan('f', cwd=tmp_path, **env).code == 0
    text = summary.read_text()
    assert text.startswith('before\n## pina-scan\n\n❌ **1 token (1 high) in 1 file**\n')
    assert text.endswith('\n## pina-scan\n\n✅ **no token in 1 file**\n\n')
    assert '`f:1:1`' in text


def test_a_summary_that_is_nearly_full(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(b'\n'.join(make() for _ in range(50)))
    summary = tmp_path / 'summary'
    for taken, shown in ((1 << 19, 50), ((1 << 20) - 2000, 10), ((1 << 20) - 50, 0)):
        summary.write_bytes(b'x' * taken)
        pina_scan('f', cwd=tmp_path, **GITHUB, GITHUB_STEP_SUMMARY=str(summary))
        data = summary.read_bytes()
        assert len(data) <= 1 << 20
        assert data.count('🔴'.encode()) == shown


def test_a_summary_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    done = pina_scan('f', cwd=tmp_path, **GITHUB, GITHUB_STEP_SUMMARY=str(tmp_path / 'missing' / 'x'))
    assert (done.code, done.err) == (1, '')
    assert done.out.endswith('note: the summary could not be written: No such file or directory\n')


def test_the_summary_of_a_run_on_azure(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    (tmp_path / 'temp').mkdir()
    done = pina_scan('f', cwd=tmp_path, TF_BUILD='True', AGENT_TEMPDIRECTORY=str(tmp_path / 'temp'))
    [name] = os.listdir(tmp_path / 'temp')
    assert done.out.endswith(f'##vso[task.uploadsummary]{tmp_path}/temp/{name}\n')
    assert (tmp_path / 'temp' / name).read_text().startswith('## pina-scan\n\n❌')

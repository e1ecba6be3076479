"""Several reports of one run: each whole and private, or said to be missing; never a file that nobody asked for."""
from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pina_scan.cli.hook import _WITH_VALUE
from pina_scan.cli.options import common
from pina_scan.cli.scan import parser
from pina_scan.judge.config_file import KEYS
from pina_scan.report.formats import FORMATS
from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.repo import Repo


def test_every_format_is_one_of_the_config() -> None:
    assert KEYS['format'][1] == tuple(FORMATS)


def test_the_hook_knows_the_options_that_take_a_value() -> None:
    made = parser()
    common(made)
    taking = {flag for action in made._actions for flag in action.option_strings if action.nargs is None and flag[:2] == '--'}
    assert set(_WITH_VALUE) == taking


def test_beside_the_text(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    (tmp_path / 'r').mkdir()
    plain = pina_scan('-q', 'f', cwd=tmp_path)
    done = pina_scan('-q', '--report', 'json=r/one.json', '--report=text=r/two.txt', 'f', cwd=tmp_path)
    assert done == plain
    assert len(json.loads((tmp_path / 'r' / 'one.json').read_text())['findings']) == 1
    assert (tmp_path / 'r' / 'two.txt').read_text() == plain.out
    assert sorted(os.listdir(tmp_path / 'r')) == ['one.json', 'two.txt']
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / 'r').iterdir()} == {0o600}


def test_output_and_report(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    done = pina_scan('--format', 'json', '--output', 'a', '--report', 'text=b', 'f', cwd=tmp_path)
    assert done == (1, '', '')
    assert json.loads((tmp_path / 'a').read_text())['summary']['findings'] == 1
    assert (tmp_path / 'b').read_text().startswith('f:1:1: ')


def test_a_clean_run_writes_it_too(tmp_path: Path) -> None:
    assert pina_scan('hook', '--report', 'json=../r', '--', cwd=Repo(tmp_path / 'repo').path) == (0, '', '')
    assert json.loads((tmp_path / 'r').read_text())['findings'] == []


@pytest.mark.parametrize('command', (('scan', '.'), ('hook', '--', 'f'), ('staged',), ('history',), ('message', 'f')))
def test_a_name_is_from_where_the_command_was_given(repo: Repo, command: tuple[str, ...]) -> None:
    repo.add('below/f', make())
    repo.commit()
    repo.add('below/f', make())
    code = pina_scan(command[0], '--report', 'json=r', '--output', 'o', *command[1:], cwd=repo.path / 'below').code
    assert code == 1
    assert sorted(os.listdir(repo.path / 'below')) == ['f', 'o', 'r']


@pytest.mark.parametrize(
    ('word', 'said'), (
        ('json', '--report takes FORMAT=FILE, not "json"'),
        ('xml=f', '--report takes FORMAT=FILE, not "xml=f"'),
        ('=f', '--report takes FORMAT=FILE, not "=f"'),
        ('json=', '"json=" names none'),
        ('json=-', '`--format json` writes to standard output'),
        ('json=same', 'two reports go to '),
    ),
)
def test_what_is_refused(tmp_path: Path, word: str, said: str) -> None:
    code, out, err = pina_scan('--report', 'text=./same', '--report', word, cwd=tmp_path)
    assert (code, out) == (2, '')
    assert said in err
    assert os.listdir(tmp_path) == []


def test_one_that_cannot_be_written_keeps_no_other_from_it(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    (tmp_path / 'folder').mkdir()
    reports = ('json=missing/x', 'json=folder', 'json=whole')
    done = pina_scan('-q', *(word for report in reports for word in ('--report', report)), 'f', cwd=tmp_path)
    assert done.code == 2
    assert done.out.startswith('f:1:1: ')
    assert done.err == (
        f'pina-scan: {tmp_path}/missing/x could not be written: No such file or directory.\n'
        f'{tmp_path}/folder could not be written: Is a directory.\n'
    )
    assert len(json.loads((tmp_path / 'whole').read_text())['findings']) == 1
    assert sorted(os.listdir(tmp_path)) == ['f', 'folder', 'whole']


def test_the_findings_of_an_output_that_cannot_be_written_are_printed(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    done = pina_scan('-q', '--output', 'missing/x', 'f', cwd=tmp_path)
    assert done.code == 2
    assert done.out.startswith('f:1:1: ')


def test_standard_output_that_is_full_keeps_no_file_from_being_written(tmp_path: Path) -> None:
    with open('/dev/full', 'wb') as full:
        done = subprocess.run(
            (sys.executable, '-m', 'pina_scan', '--report', 'json=r', '.'), cwd=tmp_path, stdout=full, stderr=subprocess.PIPE,
            env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])}, check=False,
        )
    assert done.returncode == 2
    assert b'No space left on device' in done.stderr
    assert json.loads((tmp_path / 'r').read_text())['findings'] == []


def test_a_device_and_a_pipe_are_written_into(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    os.mkfifo(tmp_path / 'pipe')
    reader = os.open(tmp_path / 'pipe', os.O_RDONLY | os.O_NONBLOCK)
    done = pina_scan('--output', '/dev/stderr', '--report', 'json=pipe', '--report', 'text=/dev/null', 'f', cwd=tmp_path)
    assert done.code == 1
    assert done.err.startswith('f:1:1: ')
    assert len(json.loads(os.read(reader, 1 << 16))['findings']) == 1
    os.close(reader)
    assert not os.path.isfile('/dev/null')


@pytest.mark.parametrize('path', ('/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'))
def test_what_a_log_has_already_stays(tmp_path: Path, path: str) -> None:
    (tmp_path / 'f').write_bytes(make())
    env = {**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])}
    with open(tmp_path / 'log', 'wb') as log:
        log.write(b'before\n')
        log.flush()
        command = (sys.executable, '-m', 'pina_scan', '-q', '--report', f'csv={path}', 'f')
        done = subprocess.run(command, stdout=log, cwd=tmp_path, env=env, check=False)
    lines = (tmp_path / 'log').read_text().splitlines()
    assert (done.returncode, [line.split(':')[0].split(',')[0] for line in lines]) == (
        1, ['before', 'kind', 'finding', 'f', '    "pina_" and 96 random base32 characters'],
    )


@pytest.mark.skipif(not os.access('/dev/shm', os.W_OK), reason='no such folder')
def test_a_file_below_dev_is_one_like_any_other(tmp_path: Path) -> None:
    with tempfile.NamedTemporaryFile(dir='/dev/shm') as file:
        file.write(b'x' * 9000)
        file.flush()
        assert pina_scan('--report', f'json={file.name}', cwd=tmp_path).code == 0
        assert json.loads(Path(file.name).read_text())['findings'] == []


def test_a_hyphen_is_standard_output(tmp_path: Path) -> None:
    assert json.loads(pina_scan('--format', 'json', '--output', '-', cwd=tmp_path).out)['findings'] == []
    assert os.listdir(tmp_path) == []


def test_a_folder_by_two_names_is_one(tmp_path: Path) -> None:
    (tmp_path / 'folder').mkdir()
    (tmp_path / 'link').symlink_to('folder')
    code, _, err = pina_scan('--report', 'json=folder/r', '--report', 'csv=link/r', cwd=tmp_path)
    assert (code, err.startswith('pina-scan: two reports go to ')) == (2, True)


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / 'precious').write_text('kept')
    (tmp_path / 'r').symlink_to('precious')
    assert pina_scan('--report', 'text=r', cwd=tmp_path).code == 0
    assert (tmp_path / 'precious').read_text() == 'kept'
    assert not (tmp_path / 'r').is_symlink()


def test_a_config_names_reports_below_its_folder(repo: Repo) -> None:
    repo.write('.pina-scan.toml', 'report = ["json=out/r.json"]\n')
    (repo.path / 'out').mkdir()
    (repo.path / 'below').mkdir()
    assert pina_scan('--report', 'text=t', cwd=repo.path / 'below').code == 0
    assert json.loads((repo.path / 'out' / 'r.json').read_text())['findings'] == []
    assert (repo.path / 'below' / 't').exists()


@pytest.mark.parametrize('path', ('/tmp/x', '../x', 'a/../../x', 'link/x', '.git/config', 'a/.GIT/x', 'git/HEAD'))
def test_a_config_cannot_write_elsewhere(repo: Repo, path: str) -> None:
    (repo.path / 'link').symlink_to('..')
    (repo.path / 'git').symlink_to('.git')
    repo.write('.pina-scan.toml', f'report = ["text={path}"]\n')
    code, out, err = pina_scan(cwd=repo.path)
    assert (code, out) == (2, '')
    assert 'files below its own folder' in err


@pytest.mark.parametrize(('value', 'said'), (('"json=f"', 'a list of strings'), ('["f"]', 'takes FORMAT=FILE, not "f"')))
def test_a_config_that_means_nothing(tmp_path: Path, value: str, said: str) -> None:
    (tmp_path / '.pina-scan.toml').write_text(f'report = {value}\n')
    code, _, err = pina_scan(cwd=tmp_path)
    assert code == 2
    assert said in err

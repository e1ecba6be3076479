from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pina_scan.errors import GitError
from pina_scan.git.process import Process
from pina_scan.git.process import spawn
from pina_scan.git.run import Git
from pina_scan.git.run import output
from pina_scan.git.run import run
from tests.helpers.repo import Repo

#: Larger than any pipe.
LARGE = os.urandom(1 << 20)
BOTH = 'import sys; data = sys.stdin.buffer.read(); {} sys.stderr.buffer.write(data); sys.stdout.buffer.write(data[::-1])'


def started(program: str, piped: bool = True) -> Process:
    made = spawn([sys.executable, '-c', program], os.environ, piped)
    assert isinstance(made, Process)
    return made


@pytest.mark.parametrize('data', (b'', b'x', LARGE))
def test_all_three_pipes(data: bytes) -> None:
    process = started(BOTH.format(''))
    assert process.communicate(data) == (data[::-1], data)
    assert (process.wait(), process.returncode) == (0, 0)


def test_one_that_says_all_before_it_reads() -> None:
    process = started('import sys; sys.stderr.write("e" * 2**20); sys.stdout.write("o" * 2**20); print(len(sys.stdin.read()))')
    assert process.communicate(b'i' * 2**20) == (b'o' * 2**20 + b'1048576\n', b'e' * 2**20)


def test_one_that_reads_nothing() -> None:
    process = started('import sys; sys.stdin.close(); print("done")')
    assert process.communicate(LARGE) == (b'done\n', b'')


def test_an_error_that_is_not_heard() -> None:
    assert started(BOTH.format(''), piped=False).communicate(b'ab') == (b'ba', b'')


@pytest.mark.parametrize(('program', 'code'), (
    ('raise SystemExit(7)', 7),
    ('import os; os.kill(os.getpid(), 9)', -9),
))
def test_how_it_ended(program: str, code: int) -> None:
    process = started(program)
    process.communicate()
    assert process.returncode == code


def test_a_broken_pipe_ends_it_as_in_a_shell() -> None:
    # the interpreter ignores that signal, and what it starts would too
    process = spawn(['/bin/sh', '-c', 'kill -PIPE $$; exit 3'], os.environ, False)
    process.communicate(b'')
    assert process.returncode == -13


def test_nothing_else_is_handed_on() -> None:
    first = started('import sys; sys.stdin.read()')
    second = started('import sys; sys.stdin.read()')
    # the second would keep the first's standard input open
    assert first.communicate() == (b'', b'')
    assert second.communicate() == (b'', b'')


def test_what_is_not_there() -> None:
    before = sorted(os.listdir('/dev/fd'))
    with pytest.raises(FileNotFoundError):
        spawn(['/nowhere/git'], os.environ, True)
    assert sorted(os.listdir('/dev/fd')) == before


@pytest.mark.parametrize('closed', ('<&-', '>&-', '2>&-', '<&- >&- 2>&-'))
def test_with_standard_streams_closed(repo: Repo, closed: str) -> None:
    repo.add('f', LARGE)
    shell = f'"$1" -m pina_scan git-hook pre-commit {closed}; echo $?'
    done = subprocess.run(
        ('sh', '-c', shell, 'sh', sys.executable), cwd=repo.path, capture_output=True, check=False,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])},
    )
    assert (done.stdout, done.stderr) == (b'0\n', b'')


def test_git_from_another_folder(repo: Repo, tmp_path: Path) -> None:
    repo.commit()
    (repo.path / 'd').mkdir()
    top = os.fsencode(os.path.realpath(repo.path))
    for folder in ('.', 'd'):
        assert output(Git(os.path.join(top, os.fsencode(folder)), os.environ), 'rev-parse', '--show-toplevel') == top + b'\n'
    # git's relative variables are relative to where it starts
    inside = Git(os.path.join(top, b'd'), {**os.environ, 'GIT_DIR': '../.git'})
    assert output(inside, 'rev-parse', '--absolute-git-dir') == top + b'/.git\n'


@pytest.mark.parametrize(('name', 'words'), ((b'missing', 'no such file or directory'), (b'file', 'not a directory')))
def test_git_from_a_folder_that_is_none(tmp_path: Path, name: bytes, words: str) -> None:
    (tmp_path / 'file').write_bytes(b'')
    folder = os.path.join(os.fsencode(tmp_path), name)
    with pytest.raises(GitError) as caught:
        run(Git(folder, os.environ), 'version')
    assert str(caught.value) == f'git could not be started: {os.fsdecode(folder)}: {words}.'

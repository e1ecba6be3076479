"""Progress: on a terminal, once a run takes longer than a moment, and nowhere else."""
from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.gitrepo import Repo

#: As if the run had been going on for long: a test waits for nobody.
AT_ONCE = 'import pina_scan.cli.progress as p; p._AFTER = 0.0; p._EVERY = 0.001\n'
SLOW = AT_ONCE + (
    'import sys, time; from pina_scan.meter import Meter; add = Meter.add\n'
    'Meter.add = lambda self, count: (add(self, count), time.sleep(0.02))[0]\n'
    'from pina_scan.cli.main import main; sys.exit(main(sys.argv[1:]))'
)


def on_terminal(*args: str, cwd: Path, script: str = SLOW) -> tuple[int, str, str]:
    """Exit code, standard output through a pipe, and what was drawn on the terminal."""
    ours, theirs = pty.openpty()
    env = {**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2]), 'TERM': 'xterm', 'COLUMNS': '120'}
    process = subprocess.Popen(
        (sys.executable, '-c', script, *args), cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs,
    )
    os.close(theirs)
    drawn = b''
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:
            break
        if not piece:
            break
        drawn += piece
    out = process.communicate(timeout=120)[0]
    os.close(ours)
    return process.returncode, out.decode(), drawn.decode()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    repo = Repo(str(tmp_path))
    repo.commit({f'f{number}': b'%d\n' % number for number in range(40)})
    repo.git('repack', '-adq')
    return tmp_path


@pytest.mark.parametrize(('args', 'words'), (
    (('scan', '.'), ' of 40 files'),
    (('history', '--no-cache'), ' objects'),
    (('history', 'HEAD'), ' files'),
))
def test_on_a_terminal(files: Path, args: tuple[str, ...], words: str) -> None:
    code, out, drawn = on_terminal(*args, cwd=files)
    assert (code, words in drawn, out.startswith('no token in ')) == (0, True, True), drawn


def test_of_several_processes_that_tell_what_they_find(tmp_path: Path) -> None:
    for number in range(600):
        (tmp_path / f'{number}').touch()
    code, out, drawn = on_terminal('--format', 'jsonl', '--jobs', '2', '.', cwd=tmp_path, script=SLOW.replace('0.02', '0.001'))
    counted = {int(count) for count in re.findall(r'(\d+) of 600 files', drawn)}
    assert (code, out.count('\n'), len(counted) > 2) == (0, 1, True), drawn


def test_not_where_what_is_found_is_told_on_the_same_terminal(files: Path) -> None:
    script = SLOW.replace('from pina_scan.cli.main', 'import os; os.dup2(2, 1)\nfrom pina_scan.cli.main')
    drawn = on_terminal('--format', 'jsonl', '.', cwd=files, script=script)[2]
    assert (drawn.count('\n'), drawn[:19]) == (1, '{"type": "summary",')


@pytest.mark.parametrize('option', ('--no-progress', '-q'))
def test_not_where_it_is_not_wanted(files: Path, option: str) -> None:
    assert on_terminal('scan', option, '.', cwd=files)[2] == ''


def test_not_for_what_is_done_at_once(files: Path) -> None:
    script = 'import sys; from pina_scan.cli.main import main; sys.exit(main(sys.argv[1:]))'
    assert on_terminal('scan', '--jobs', '1', 'f1', cwd=files, script=script)[2] == ''


def test_not_in_a_pipe(files: Path) -> None:
    done = subprocess.run(
        (sys.executable, '-c', SLOW, 'scan', '--progress', '.'), cwd=files, capture_output=True, check=False,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])},
    )
    assert (done.returncode, done.stderr) == (0, b'')


def test_counts_of_several_processes() -> None:
    from pina_scan.meter import Meter
    from pina_scan.parallel import fan_out

    meter = Meter()
    meter.begin(1, 64)
    fan_out(64, 4, lambda number: meter.add(1))
    assert meter.read() == (1, 64, 64)

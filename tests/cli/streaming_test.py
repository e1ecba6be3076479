"""JSON Lines: the same as the whole report, told while the scan goes on."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pina_scan.cli.lots import SIZE
from pina_scan.token import make
from pina_scan.token import make_fake
from tests.helpers.command import pina_scan
from tests.helpers.command import report
from tests.helpers.repo import Repo


def told(out: str) -> tuple[list[Any], list[Any], Any]:
    """Findings, unread, and the last line; none but the last is a summary."""
    lines = [json.loads(line) for line in out.splitlines()]
    kinds: dict[str, list[Any]] = {'finding': [], 'unread': [], 'summary': [], 'found': []}
    for line in lines:
        kinds[line.pop('type')].append(line)
    [summary] = kinds['summary']
    assert lines[-1] is summary
    # what is told before it is traced comes first, and is among the findings
    foretold = kinds.pop('found', [])
    assert lines[:len(foretold)] == foretold
    assert {found['token_sha256'] for found in foretold} <= {finding['token_sha256'] for finding in kinds['finding']}
    return kinds['finding'], kinds['unread'], summary


def place(finding: Any) -> tuple[Any, ...]:
    return finding['path'], finding['line'] or 0, finding['token_sha256']


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Enough files for several processes, a folder whose name has a token, what can't be read, and what is accepted."""
    named = tmp_path / f'x{make().decode()}'
    named.mkdir()
    for number in range(3 * SIZE):
        folder = named if number % 2 else tmp_path
        (folder / f'{number:04}').write_bytes(make() if number % 100 == 0 else b'nothing')
    (tmp_path / 'ok').write_bytes(make() + b' # pina-scan: allow')
    (tmp_path / 'fake').write_bytes(make_fake())
    os.mkfifo(named / 'fifo')
    return tmp_path


@pytest.mark.parametrize('jobs', ('1', '2', '4'))
@pytest.mark.parametrize('verbose', ((), ('-v',)))
def test_the_same_as_the_whole(tree: Path, jobs: str, verbose: tuple[str, ...]) -> None:
    code, whole = report('--jobs', '1', '.', cwd=tree)
    done = pina_scan('--format', 'jsonl', '--jobs', jobs, *verbose, '.', cwd=tree)
    findings, unread, summary = told(done.out)
    assert (done.code, done.err) == (code, '') == (2, '')
    wanted = [f for f in whole['findings'] if verbose or f['suppressed'] is None]
    assert sorted(findings, key=place) == sorted(wanted, key=place)
    assert len(findings) == summary['findings'] + (summary['suppressed'] if verbose else 0)
    assert unread == whole['unread']
    assert {key: summary[key] for key in ('files', 'bytes', 'findings', 'suppressed')} == {
        key: whole['summary'][key] for key in ('files', 'bytes', 'findings', 'suppressed')
    }
    assert summary['exit_code'] == 2


def test_a_clean_scan(tmp_path: Path) -> None:
    findings, unread, summary = told(pina_scan('--format', 'jsonl', cwd=tmp_path).out)
    assert (findings, unread, summary['exit_code']) == ([], [], 0)


def test_a_finding_does_not_wait_for_the_end() -> None:
    """Standard input stays open: what is found in its first part is told before the second comes."""
    process = subprocess.Popen(
        (sys.executable, '-m', 'pina_scan', '--format', 'jsonl', '-'), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(make() + b'\n' + b'\0' * (4 << 20))
    process.stdin.flush()
    assert json.loads(process.stdout.readline())['line'] == 1
    process.stdin.close()
    assert json.loads(process.stdout.readline())['type'] == 'summary'
    assert process.wait(timeout=60) == 1
    process.stdout.close()


@pytest.fixture
def everywhere(repo: Repo) -> Repo:
    """A token in a commit, one staged, one in a message."""
    repo.add('kept', make())
    repo.commit()
    repo.add('staged', b'\n' + make())
    repo.write('msg', b'a message\n' + make())
    return repo


COMMANDS = (
    ('scan', 'finding', 3), ('staged', 'finding', 1), ('message msg', 'finding', 1), ('hook -- staged msg', 'finding', 2),
    ('history --jobs 1', 'found', 2), ('history --jobs 3', 'found', 2), ('history HEAD', 'found', 1), ('push origin', 'found', 1),
)


def options(command: str) -> list[str]:
    name, *rest = command.split()
    return [name, '--format', 'jsonl', *(('--no-cache',) if name == 'history' else ()), *rest]


@pytest.mark.parametrize(('command', 'kind', 'count'), COMMANDS, ids=[command for command, _, _ in COMMANDS])
def test_every_command_tells_what_it_finds_before_it_is_done(everywhere: Repo, command: str, kind: str, count: int) -> None:
    """A run that comes to no end has told it all the same."""
    script = (
        'import sys, pina_scan.cli.outcome as outcome\n'
        'outcome.settled = lambda *args: sys.exit(9)\n'
        'from pina_scan.cli.main import main; sys.exit(main(sys.argv[1:]))'
    )
    done = subprocess.run(
        (sys.executable, '-c', script, *options(command)), cwd=everywhere.path, input=updates(everywhere), capture_output=True,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])}, check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, [line['type'] for line in lines]) == (9, [kind] * count), done.stderr.decode()


@pytest.mark.parametrize('command', [command for command, _, _ in COMMANDS])
def test_every_command_says_what_its_whole_report_says(everywhere: Repo, command: str) -> None:
    stdin = updates(everywhere)
    whole = json.loads(pina_scan(*(w.replace('jsonl', 'json') for w in options(command)), cwd=everywhere.path, stdin=stdin).out)
    findings, unread, summary = told(pina_scan(*options(command), cwd=everywhere.path, stdin=stdin).out)
    assert sorted(findings, key=place) == sorted(whole['findings'], key=place) != []
    assert (unread, summary['findings']) == (whole['unread'], whole['summary']['findings'])


def updates(repo: Repo) -> bytes:
    """What git tells a pre-push hook of a new branch."""
    head = repo.git('rev-parse', 'HEAD').strip()
    return b'refs/heads/main %s refs/heads/main %s\n' % (head, b'0' * 40)


def test_beside_other_reports_and_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    with open('/dev/full', 'wb') as full:
        done = subprocess.run(
            (sys.executable, '-m', 'pina_scan', '--format', 'jsonl', '--report', 'json=r', 'f'), cwd=tmp_path, stdout=full,
            stderr=subprocess.PIPE, env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])}, check=False,
        )
    assert done.returncode == 2
    assert b'No space left on device' in done.stderr
    assert json.loads((tmp_path / 'r').read_text())['summary']['findings'] == 1


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    assert pina_scan('--format', 'jsonl', '--output', 'o', 'f', cwd=tmp_path) == (1, '', '')
    findings, _, summary = told((tmp_path / 'o').read_text())
    assert (len(findings), summary['exit_code']) == (1, 1)

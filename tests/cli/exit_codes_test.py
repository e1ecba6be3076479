"""0 clean, 1 findings, 2 a wrong request or something unread, 3 a bug, 130 interrupted; and what is said."""
from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pina_scan.cli import boundary
from pina_scan.errors import UsageError
from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.command import report
from tests.helpers.repo import Repo

COMMAND = (sys.executable, '-m', 'pina_scan')


@pytest.mark.parametrize('args', ('', '.', 'scan', 'scan .', '--version', '--help', 'hook --help', 'staged --help', 'fake'))
def test_0(tmp_path: Path, args: str) -> None:
    assert pina_scan(*args.split(), cwd=tmp_path)[::2] == (0, '')


def test_1(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    assert pina_scan(cwd=tmp_path).code == 1


@pytest.mark.parametrize(
    ('args', 'words'), (
        (('missing',), ''),
        (('--nonsense',), 'unrecognized arguments: --nonsense'),
        (('--exc', 'x'), 'unrecognized arguments: --exc'),
        (('--format', 'xml'), "invalid choice: 'xml'"),
        (('--config', 'missing.toml'), 'missing.toml'),
        (('--exclude', '*'), 'excludes everything'),
        (('--jobs', '-1'), '--jobs'),
        (('--output', 'missing/x'), 'could not be written'),
        (('fake', '-n', '0'), 'above 0'),
        (('baseline',), 'required'),
        (('baseline', 'add', '--until', 'soon'), 'until'),
        (('history', 'x'), ''),
    ),
)
def test_2(tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    code, _, err = pina_scan(*args, cwd=tmp_path)
    assert code == 2
    assert words in err
    assert 'Traceback' not in err


@pytest.mark.parametrize('name', ('.pina-scan.toml', 'pyproject.toml', '.pina-scan-baseline'))
@pytest.mark.parametrize('kind', ('fifo', 'device', 'folder'))
def test_settings_that_are_no_file(tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / name
    if kind == 'fifo':
        os.mkfifo(path)
    elif kind == 'device':
        path.symlink_to('/dev/zero')
    else:
        path.mkdir()
    (tmp_path / 'f').write_bytes(make())
    code, _, err = pina_scan('hook', '--', 'f', cwd=tmp_path)
    assert code == 2
    assert f'{name}: no file of settings' in err


def test_2_still_shows_findings(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    code, found = report('missing', 'f', cwd=tmp_path)
    assert (code, len(found['findings']), len(found['unread'])) == (2, 1, 1)


def test_a_report_that_cannot_be_written_is_no_all_clear(tmp_path: Path) -> None:
    with open('/dev/full', 'wb') as full:
        done = subprocess.run((*COMMAND, str(tmp_path)), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b'No space left on device' in done.stderr


@pytest.mark.parametrize(
    ('closed', 'args', 'code', 'words'), (
        ((), ('clean',), 0, ''),
        ((0,), ('clean',), 0, ''),
        ((0,), ('f',), 1, ''),
        ((0,), ('-',), 2, '-: unread: bad file descriptor'),
        ((0,), ('push', 'origin'), 2, "git's lines could not be read from standard input"),
        ((1,), ('clean',), 2, 'the report could not be written'),
        ((1,), ('--report', 'json=r', 'f'), 2, 'the report could not be written'),
        ((1,), ('--help',), 2, 'the report could not be written'),
        ((2,), ('clean',), 0, 'no token'),
        ((2,), ('f',), 1, 'f:1:1: '),
        ((2,), ('--nonsense',), 2, ''),
        ((0, 1, 2), ('--report', 'json=r', 'f'), 2, ''),
    ),
)
def test_streams_that_are_closed(repo: Repo, closed: tuple[int, ...], args: tuple[str, ...], code: int, words: str) -> None:
    repo.write('f', make())
    repo.write('clean', b'')
    done = subprocess.run(
        COMMAND + args, cwd=repo.path, stdin=subprocess.DEVNULL, capture_output=True, check=False,
        preexec_fn=lambda: [os.close(number) for number in closed],
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])},
    )
    said = (done.stdout + done.stderr).decode()
    assert (done.returncode, words in said, 'Traceback' in said) == (code, True, False)
    assert (repo.path / 'r').exists() == ('json=r' in args)


def test_an_error_that_cannot_be_written_keeps_its_exit_code() -> None:
    with open('/dev/full', 'wb') as full:
        assert subprocess.run((*COMMAND, '--nonsense'), stderr=full, check=False).returncode == 2


def test_a_closed_pipe_keeps_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run((*COMMAND, str(tmp_path)), stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b'')


def test_tokens_that_nobody_reads_are_not_made() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run((*COMMAND, 'fake', '-n', '9' * 20), stdout=write, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b'')


def test_3_is_a_bug_and_cuts_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    token = make().decode()

    def command() -> int:
        raise RuntimeError(f'about {token}')

    assert boundary.guarded(command) == 3
    err = capsys.readouterr().err
    assert 'Traceback' in err
    assert 'this is a bug' in err
    assert token[9:] not in err


@pytest.mark.parametrize('broken', (False, True))
@pytest.mark.parametrize(
    'write', (
        lambda token: token,
        lambda token: base64.b64encode(token.encode()).decode(),
        lambda token: token.encode().hex(),
        lambda token: token.replace('_', '%5F'),
        lambda token: repr(token.encode('utf-16-le')),
        lambda token: token[:40] + '\\n' + token[40:],
    ), ids=('plain', 'base64', 'hex', 'percent', 'utf-16', 'split'),
)
def test_a_trace_cuts_tokens_however_they_are_written(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, write: Callable[[str], str], broken: bool,
) -> None:
    written = write(make().decode())

    def command() -> int:
        raise RuntimeError(f'about {written}')

    def fails(name: bytes) -> bytes:
        raise RuntimeError('a bug')

    if broken:
        # what cuts tokens is what the bug is in
        monkeypatch.setattr('pina_scan.cli.redaction.redacted', fails)
    assert boundary.guarded(command) == 3
    err = capsys.readouterr().err
    assert 'this is a bug' in err
    assert not [at for at in range(12, len(written) - 24) if written[at:at + 24] in err]


def test_errors_cut_tokens_and_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    token = make().decode()

    def command() -> int:
        raise UsageError(f'no {token}\x1b[2J')

    assert boundary.guarded(command) == 2
    assert capsys.readouterr().err == f'pina-scan: no pina_{token[5:9]}…(96)\\e[2J\n'


@pytest.mark.parametrize('written', (bytes, base64.b64encode, bytes.hex), ids=('plain', 'base64', 'hex'))
@pytest.mark.parametrize('args', ('{t}', '--{t}', '--format {t}', '--config {t}', '--output {t}/x', 'hook -- {t}', 'fake {t}'))
def test_a_token_on_the_command_line_is_not_repeated(tmp_path: Path, args: str, written: Callable[[bytes], bytes | str]) -> None:
    shown = written(make())
    token = shown.decode() if isinstance(shown, bytes) else shown
    code, out, err = pina_scan(*args.format(t=token).split(), cwd=tmp_path)
    assert code == 2
    assert token[18:] not in out + err


def test_130(tmp_path: Path) -> None:
    read, write = os.pipe()
    process = subprocess.Popen(
        (*COMMAND, '-'), stdin=read, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # a shell that runs these tests in the background has it ignored, and whatever it starts as well
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    # more than a pipe and some windows hold: once it is written, the command is reading, and has loaded all that it takes;
    # while a module is loaded Python may lose a ^C in a callback of its own
    os.write(write, b'x' * (4 << 20))
    process.send_signal(signal.SIGINT)
    try:
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        os.close(write)
        os.close(read)
    assert (process.returncode, out, err) == (130, b'', b'')

"""The text report on a real terminal: a pty of a stated width."""
from __future__ import annotations

import fcntl
import os
import pty
import re
import socket
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from pina_scan.cli.terminal import _links
from pina_scan.token import make
from tests.helpers.gitrepo import Repo

KITTY = {'TERM': 'xterm-kitty'}


def on_terminal(*args: str, cwd: Path | str, columns: int = 80, **env: str) -> str:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    environ = {
        **{name: value for name, value in os.environ.items() if name not in ('TERM_PROGRAM', 'VTE_VERSION', 'TMUX', 'COLUMNS')},
        'PYTHONPATH': str(Path(__file__).parents[2]), 'TERM': 'xterm', **env,
    }
    process = subprocess.Popen((sys.executable, '-m', 'pina_scan', *args), stdout=slave, env=environ, cwd=cwd)
    os.close(slave)
    out = b''
    try:
        while piece := os.read(master, 4096):
            out += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(master)
    assert process.wait(timeout=60) in (0, 1)
    return out.decode().replace('\r\n', '\n')


def links(out: str) -> list[str]:
    return sorted(set(re.findall(r'\x1b\]8;[^;]*;([^\x1b]+)\x1b', out)))


def test_a_clean_run_is_one_line(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(b'nothing')
    assert re.fullmatch(r'no token in 1 file, 7 bytes, [0-9.]+ s\.\n', on_terminal('--color', 'never', cwd=tmp_path))
    assert on_terminal('-q', cwd=tmp_path) == ''


@pytest.mark.parametrize('columns', (40, 100))
def test_width(tmp_path: Path, columns: int) -> None:
    (tmp_path / ('n' * 150)).write_bytes(make())
    lines = on_terminal('--color', 'never', cwd=tmp_path, columns=columns).splitlines()
    assert max(map(len, lines)) <= columns
    lines = on_terminal('--color', 'never', cwd=tmp_path, columns=columns, COLUMNS='60').splitlines()
    assert 50 < max(map(len, lines)) <= 60
    # one that was given no size
    assert max(map(len, on_terminal('--color', 'never', cwd=tmp_path, columns=0).splitlines())) <= 80


def test_a_token_in_two_places_is_told_once(tmp_path: Path) -> None:
    token = make()
    (tmp_path / 'a').write_bytes(token)
    (tmp_path / 'b').write_bytes(b'x\n' + token)
    out = on_terminal('--color', 'never', cwd=tmp_path)
    assert out.count('sha256') == 1
    assert out.startswith('Pinterest access token in 2 places, high: ')
    assert '\n    a:1:1\n    b:2:1\n' in out
    assert '\n1 token in 2 places (2 high) in 2 files, ' in out


def test_links(tmp_path: Path) -> None:
    token = make()
    (tmp_path / 'a #1é').write_bytes(b'\n' + token)
    file = f'file://{socket.gethostname()}{tmp_path}/a%20%231%C3%A9'
    assert links(on_terminal(cwd=tmp_path, **KITTY)) == [f'{file}#2']
    assert links(on_terminal(cwd=tmp_path, VTE_VERSION='6003')) == [file]
    for env in ({'TERM': 'xterm'}, {**KITTY, 'NO_COLOR': '1'}, {**KITTY, 'CI': 'true'}, {**KITTY, 'TMUX': 'x'}):
        assert '\x1b]8' not in on_terminal(cwd=tmp_path, **env)
    assert '\x1b' not in on_terminal('--color', 'never', cwd=tmp_path, **KITTY)


def test_links_of_history(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path / 'r'))
    first = repo.commit({'gone': make(), 'there': b'\n' + make()})
    repo.git('update-ref', 'refs/remotes/origin/main', first)
    repo.git('config', 'remote.origin.url', 'https://github.com/o/r')
    repo.commit({'gone': None})
    out = on_terminal('history', '--no-cache', cwd=repo.path, **KITTY)
    page = f'https://github.com/o/r/blob/{first}'
    # the place leads to the file where it is still there, else to the page; the page's own line leads to it always
    assert links(out) == [f'file://{socket.gethostname()}{repo.path}/there#2', f'{page}/gone#L1', f'{page}/there#L2']


@pytest.mark.parametrize(
    ('environ', 'expected'), (
        ({}, (False, False)),
        ({'TERM': 'xterm-256color'}, (False, False)),
        ({'TERM_PROGRAM': 'Apple_Terminal'}, (False, False)),
        ({'VTE_VERSION': '4601'}, (False, False)),
        ({'VTE_VERSION': ''}, (False, False)),
        ({'VTE_VERSION': '7006'}, (True, False)),
        ({'KONSOLE_VERSION': '230804'}, (True, False)),
        ({'TERM_PROGRAM': 'iTerm.app'}, (True, True)),
        ({'TERM_PROGRAM': 'vscode'}, (True, True)),
        ({'TERM_PROGRAM': 'WezTerm'}, (True, False)),
        ({'TERM': 'foot'}, (True, False)),
        ({'WT_SESSION': 'x'}, (True, False)),
        ({'TERM_PROGRAM': 'tmux', 'TERM_PROGRAM_VERSION': '3.3a', 'VTE_VERSION': '7006', 'TMUX': 'x'}, (False, False)),
        ({'TERM_PROGRAM': 'tmux', 'TERM_PROGRAM_VERSION': '3.4', 'TMUX': 'x'}, (True, False)),
        ({'STY': 'x', 'VTE_VERSION': '7006'}, (False, False)),
        ({'FORCE_HYPERLINK': '1'}, (True, False)),
        ({'FORCE_HYPERLINK': '0', 'TERM_PROGRAM': 'vscode'}, (False, False)),
    ),
)
def test_terminals_that_follow_links(environ: dict[str, str], expected: tuple[bool, bool]) -> None:
    assert _links(environ) == expected

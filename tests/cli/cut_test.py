"""Tokens where no scan looks: in the folder that a repository lies in, its branches, settings and arguments. None is told."""
from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from pina_scan.report.formats import FORMATS
from pina_scan.token import make
from tests.helpers.command import pina_scan
from tests.helpers.repo import Repo


@pytest.fixture
def token() -> str:
    return make().decode()


@pytest.fixture
def named(tmp_path: Path, token: str) -> Repo:
    """A repository in a folder and on a branch named like a token, with an alias and a remote that have it too."""
    repo = Repo(tmp_path / token / f'in-{token}')
    repo.add('f', make())
    repo.commit()
    repo.git('checkout', '--quiet', '-b', f'of/{token}')
    repo.git('config', 'alias.x', f'commit --no-verify -m {token}')
    repo.git('config', f'remote.{token}.url', f'https://host/{token}')
    return repo


@pytest.mark.parametrize(
    'args', (
        *(('--format', form, 'f') for form in FORMATS),
        ('history', '--format', 'html'),
        ('ci', '--print', '--range', 'of/{token}'),
        ('ci', '--range', 'of/{token}'),
        ('doctor', '--no-proof'),
        ('doctor', '--no-proof', '--format', 'json'),
        ('install',),
        ('--format', 'sarif', '../../{token}/in-{token}/f', '/nosuch'),
    ),
)
def test_it_is_cut(named: Repo, token: str, args: tuple[str, ...]) -> None:
    done = pina_scan(*(word.format(token=token) for word in args), cwd=named.path)
    assert done.code in (0, 1, 2)
    assert token[9:] not in done.out + done.err


def test_no_link_has_it(named: Repo, token: str) -> None:
    master, slave = pty.openpty()
    env = {**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2]), 'TERM': 'xterm', 'FORCE_HYPERLINK': '1', 'CI': ''}
    done = subprocess.run((sys.executable, '-m', 'pina_scan', 'f'), cwd=named.path, stdout=slave, check=False, env=env)
    os.close(slave)
    out = os.read(master, 1 << 16).decode()
    os.close(master)
    assert (done.returncode, 'Pinterest access token' in out, token[9:] in out) == (1, True, False)

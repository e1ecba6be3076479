"""The cache of what packs held, where it can't be written or isn't the user's own."""
from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pina_scan.source.known import Known
from tests.helpers.gitrepo import Repo


def test_what_is_put_there_is_got(tmp_path: Path) -> None:
    known = Known(os.fsencode(tmp_path / 'a' / 'b'), '1')
    assert known.get('pack') is None
    known.put('pack', ['ab'])
    assert (known.get('pack'), known.get('other')) == (['ab'], None)


def _of_everybody(folder: Path) -> None:
    folder.chmod(0o777)


def _of_another(folder: Path) -> None:
    os.chown(folder, 12345, 12345)


@pytest.mark.parametrize('change', (
    _of_everybody,
    pytest.param(_of_another, marks=pytest.mark.skipif(os.geteuid() != 0, reason='only root gives folders away')),
))
def test_what_another_may_have_put_there_is_not_believed(tmp_path: Path, change: Callable[[Path], None]) -> None:
    folder = tmp_path / 'cache'
    known = Known(os.fsencode(folder), '1')
    known.put('pack', [])
    change(folder)
    assert known.get('pack') is None
    known.put('second', [])
    assert len(list(folder.iterdir())) == 1


def test_a_full_disk(tmp_path: Path) -> None:
    repo = Repo(str(tmp_path / 'r'))
    repo.commit({'a': b'a'})
    repo.git('repack', '-adq')
    done = subprocess.run(
        ('sh', '-c', 'ulimit -f 0; exec "$@"', 'sh', sys.executable, '-m', 'pina_scan', 'history'), cwd=repo.path, check=False,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2]), 'XDG_CACHE_HOME': str(tmp_path)}, capture_output=True,
    )
    assert (done.returncode, done.stderr, list((tmp_path / 'pina-scan').iterdir())) == (0, b'', [])

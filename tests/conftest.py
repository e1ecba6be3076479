from __future__ import annotations

import compileall
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings

from pina_scan.ci.event import SYSTEMS as ABOUT
from pina_scan.cli.annotate import SYSTEMS
from pina_scan.parallel import usable_cpus
from tests.helpers.repo import Repo

# a shared machine is slow at times: no example is timed; in CI the same examples every time
settings.register_profile(
    'project', deadline=None, suppress_health_check=(HealthCheck.too_slow,), derandomize='CI' in os.environ,
)
settings.load_profile('project')

#: What may be a token, and what is too long to be a name.
_RANDOM = re.compile('[A-Za-z0-9+/]{20}')
_LONG = 120


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One a processor for the whole suite; a few files are done before a second process has begun."""
    return usable_cpus() if config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0


def pytest_sessionstart() -> None:
    # commands under test write no bytecode, so each of a thousand would compile the modules it loads once more
    compileall.compile_dir(Path(__file__).parents[1] / 'pina_scan', quiet=2)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Tokens are made anew in each process: processes that share the tests have to call them the same."""
    if isinstance(val, bytes):
        return argname
    return argname if isinstance(val, str) and (len(val) > _LONG or _RANDOM.search(val)) else None


@pytest.fixture(autouse=True)
def _cut_off(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the developer's: no git config, no home, no hook's variables, no colour."""
    for name in list(os.environ):
        if name.startswith(('GIT_', 'PRE_COMMIT', 'PREK_')) and name != 'GIT_SSL_CAINFO':
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp('home')
    shared = tmp_path_factory.getbasetemp()
    if 'PYTEST_XDIST_WORKER' in os.environ:
        shared = shared.parent
    for name, value in {
        'HOME': str(home), 'XDG_CONFIG_HOME': str(home / '.config'), 'GIT_CONFIG_GLOBAL': os.devnull,
        'GIT_CONFIG_NOSYSTEM': '1', 'GIT_AUTHOR_NAME': 'A', 'GIT_AUTHOR_EMAIL': 'a@example.org',
        'GIT_COMMITTER_NAME': 'A', 'GIT_COMMITTER_EMAIL': 'a@example.org', 'GIT_TERMINAL_PROMPT': '0',
        'GIT_TEMPLATE_DIR': '', 'PYTHONDONTWRITEBYTECODE': '1',
        # environments that tests make get the same packages again and again
        'PIP_CACHE_DIR': str(shared / 'pip'),
    }.items():
        monkeypatch.setenv(name, value)
    for name in ('NO_COLOR', 'FORCE_COLOR', 'CI', *ABOUT, *(system.variable for system in SYSTEMS.values())):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / 'repo')

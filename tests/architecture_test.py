"""The layout of DESIGN, held: who imports whom, what a clean run loads, what late imports lead to."""
from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pina_scan.cli import plain
from pina_scan.cli.annotate import SYSTEMS
from pina_scan.cli.main import COMMANDS
from pina_scan.decode.containers import CONTAINERS
from pina_scan.decode.encodings import ENCODINGS
from pina_scan.judge.config import Config
from pina_scan.report.formats import FORMATS
from tests.helpers.repo import Repo

PACKAGE = Path(__file__).parents[1] / 'pina_scan'
MODULES = sorted(PACKAGE.rglob('*.py'))
BASE = {'records', 'errors', 'blob', 'token', '__init__'}
MAY_IMPORT = {
    'records': {'blob'}, 'errors': set(), 'blob': set(), 'token': set(), '__init__': set(), '__main__': {'cli'},
    'workers': set(), 'parallel': {'workers'}, 'as_found': {'workers'}, 'fragments': set(), 'meter': set(),
    'chance': {'fragments'},
    'git': {'git', 'errors'},
    'source': {'source', 'git', 'parallel', 'meter'} | BASE,
    # git's formats are containers too
    'decode': {'decode', 'git'} | BASE,
    'match': {'match'} | BASE,
    'judge': {'judge'} | BASE,
    'report': {'report'} | BASE,
    'matched': BASE, 'covered': {'decode', 'match'} | BASE,
    'examine': {'decode', 'match', 'judge', 'matched', 'covered'} | BASE,
    'unpack': {'unpack', 'decode', 'match', 'examine'} | BASE,
    'pipeline': {'decode', 'match', 'judge', 'examine', 'unpack'} | BASE,
    'suspect': {'decode', 'match', 'git', 'fragments', 'chance'} | BASE,
    'hooks': {'hooks', 'git'} | BASE,
    'ci': {'ci', 'git'} | BASE,
    'doctor': {'doctor', 'hooks', 'git'} | BASE,
    'cli': {
        'cli', 'hooks', 'ci', 'doctor', 'pipeline', 'suspect', 'parallel', 'as_found', 'meter', 'source', 'git', 'decode',
        'match', 'judge', 'report',
    } | BASE,
}


def stage(name: str) -> str:
    parts = name.split('.')
    return parts[1] if len(parts) > 1 else '__init__'


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split('.')[0] == 'pina_scan':
            # `from pina_scan import token` names a module too
            yield from (f'{node.module}.{a.name}' for a in node.names) if node.module == 'pina_scan' else (node.module,)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split('.')[0] == 'pina_scan')


@pytest.mark.parametrize('module', MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_imports_point_down(module: Path) -> None:
    own = module.relative_to(PACKAGE).parts[0].removesuffix('.py')
    found = {stage(name) for name in imports(module)} - {'__version__'}
    assert found - {own} <= MAY_IMPORT[own] | ({'__init__'} if own == 'cli' else set())


@pytest.mark.parametrize('module', MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_a_module_is_under_300_lines(module: Path) -> None:
    assert len(module.read_text().splitlines()) <= 300


def test_only_cli_touches_the_process() -> None:
    words = ('sys.argv', 'sys.exit', 'print(', 'os.environ', 'sys.stdout', 'sys.stderr')
    below = [m for m in MODULES if m.parent.name != 'cli' and m.name != '__main__.py']
    assert [(m.name, word) for m in below for word in words if word in m.read_text()] == []


LATE = [
    *COMMANDS.values(), *FORMATS.values(), *filter(None, (module for _, _, module in ENCODINGS)),
    *(module for _, module in CONTAINERS.values()),
]


@pytest.mark.parametrize('name', LATE)
def test_late_imports_resolve(name: str) -> None:
    module = importlib.import_module(name)
    wanted = {'cli': 'main', 'report': 'render', 'decode': 'read'}[stage(name)]
    if name in {module for _, module in CONTAINERS.values()}:
        wanted = 'members'
    assert callable(getattr(module, wanted))


#: What every clean run loads, and the interpreter's own, which are loaded already where `site` runs.
CLEAN = {
    '__future__', 'ahocorasick_rs', 'ahocorasick_rs.ahocorasick_rs', 'pina_scan', 'pina_scan.blob', 'pina_scan.cli',
    'pina_scan.cli.boundary', 'pina_scan.cli.main', 'pina_scan.cli.root',
    'pina_scan.decode', 'pina_scan.decode.containers', 'pina_scan.decode.encodings', 'pina_scan.errors',
    'pina_scan.git', 'pina_scan.git.repo', 'pina_scan.match', 'pina_scan.match.anchors', 'pina_scan.pipeline',
    'pina_scan.source', 'pina_scan.source.files', 'pina_scan.source.windows',
    'os', 'stat', '_stat', 'posixpath', 'genericpath', '_collections_abc', '_abc', 'abc', 'io', 'os.path',
}
STAGED = CLEAN | {
    'itertools', 'select', 'time', 'pina_scan.cli.plain', 'pina_scan.cli.staged', 'pina_scan.cli.stdout', 'pina_scan.git.index',
    'pina_scan.git.objects', 'pina_scan.git.process', 'pina_scan.git.run', 'pina_scan.report', 'pina_scan.report.sums',
    'pina_scan.source.from_git', 'pina_scan.source.staged',
}


@pytest.mark.parametrize(('args', 'may'), (
    (('hook', '--', 'clean'), CLEAN | {'pina_scan.cli.hook'}),
    (('staged',), STAGED),
    (('git-hook', 'pre-commit'), STAGED | {'pina_scan.cli.git_hook', 'pina_scan.hooks', 'pina_scan.hooks.types'}),
))
def test_a_clean_run_loads_little(repo: Repo, args: tuple[str, ...], may: set[str]) -> None:
    repo.add('clean', 'nothing here\n' * 1000)
    script = (
        'import sys; before = set(sys.modules)\n'
        'from pina_scan.cli.main import main\n'
        f'assert main({args!r}) == 0\n'
        'print(*sorted(set(sys.modules) - before))'
    )
    done = subprocess.run(
        (sys.executable, '-S', '-c', f'import sys; sys.path[:0] = {sys.path!r}\n{script}'), cwd=repo.path,
        capture_output=True, text=True, check=True,
    )
    assert set(done.stdout.splitlines()[-1].split()) <= may


def test_a_clean_run_knows_the_systems_and_the_baseline() -> None:
    assert (set(plain.SYSTEMS), plain.BASELINE) == ({system.variable for system in SYSTEMS.values()}, Config().baseline)


def test_no_file_holds_a_whole_token() -> None:
    from tests.helpers.command import places
    assert places('--no-inline-allow', cwd=PACKAGE.parent) == []

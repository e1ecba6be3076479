"""Every command in README, the docs and the examples of `--help`, run in a scratch repository.

A block marked `sh` is run by bash, which stops at the first command that fails; `sh exit=1` ends with that code. The blocks
of a page run one after another in one repository.
"""
from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pina_scan.cli.examples import EXAMPLES
from tests.helpers.repo import Repo
from tests.helpers.tools import need

ROOT = Path(__file__).parents[1]
PAGES = ('README.md', *sorted(f'docs/{path.name}' for path in (ROOT / 'docs').glob('*.md')))
_BLOCK = re.compile(r'^```([^\n]*)\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str]]:
    """Each fenced block: what is said behind the fence, and its text."""
    return _BLOCK.findall((ROOT / page).read_text())


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repo]:
    """A branch one commit ahead of `main`, which is at the remote `origin`; a home and a global config of its own."""
    need('pina-scan', 'pip install .')
    monkeypatch.setenv('PATH', os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH'])))
    (tmp_path / 'gitconfig').touch()
    monkeypatch.setenv('GIT_CONFIG_GLOBAL', str(tmp_path / 'gitconfig'))
    Repo(tmp_path / 'origin', '--bare')
    repo = Repo(tmp_path / 'repo')
    for name in ('README.md', 'src/app.py', 'docs/a.md'):
        repo.add(name, 'nothing\n')
    repo.commit()
    repo.git('remote', 'add', 'origin', str(tmp_path / 'origin'))
    repo.git('push', '-q', 'origin', 'main')
    repo.git('checkout', '-qb', 'feature')
    repo.add('src/new.py', 'nothing\n')
    repo.commit()
    repo.write('.git/COMMIT_EDITMSG', 'a commit\n')
    yield repo
    assert not (tmp_path / 'repo' / 'injected').exists()


def bash(repo: Repo, text: str) -> tuple[int, str]:
    done = subprocess.run(
        ('bash', '-e', '-o', 'pipefail', '-c', text), cwd=repo.path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, timeout=300,
    )
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize('page', [page for page in PAGES if any(info.startswith('sh') for info, _ in blocks(page))])
def test_a_page(page: str, scratch: Repo) -> None:
    for info, text in blocks(page):
        if info.split()[:1] == ['sh']:
            code, out = bash(scratch, text)
            assert code == int(dict(word.split('=') for word in info.split()[1:]).get('exit', 0)), f'{text}{out}'


@pytest.mark.parametrize('page', PAGES)
def test_no_command_goes_unrun(page: str) -> None:
    unmarked = [text for info, text in blocks(page) if not info]
    assert [text for text in unmarked if re.match(r'(\$ )?(pina-scan|git|pre-commit|pip|printenv)\b', text)] == []
    assert {info.split()[0] for info, _ in blocks(page) if info} <= {'sh', 'yaml', 'toml', 'json', 'groovy'}


@pytest.mark.parametrize('command', EXAMPLES)
def test_the_examples(command: str, scratch: Repo) -> None:
    for line, _ in EXAMPLES[command]:
        code, out = bash(scratch, line)
        # nothing is installed: the doctor says so
        assert code == (0 if command != 'doctor' else 1), f'{line}\n{out}'

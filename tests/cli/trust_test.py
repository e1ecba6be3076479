"""What a change to a repository can do about the scan of that change: some of it can be accepted, none of it in silence."""
from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pina_scan.report.formats import FORMATS
from pina_scan.token import make
from pina_scan.token import sha256
from tests.helpers.command import pina_scan
from tests.helpers.repo import Repo

CONFIG = '.pina-scan.toml'
QUIET = 'quiet = true\n'


@pytest.fixture
def leak(repo: Repo) -> Repo:
    """A token that something is to keep quiet about."""
    repo.add('f', make())
    return repo


@pytest.mark.parametrize(('config', 'files', 'said'), (
    ('exclude = ["f"]\n', {}, '1 path excluded'),
    ('exclude = ["*f"]\n', {}, '1 path excluded'),
    ('', {'f': '{token} # pina-scan: allow'}, '1 suppressed'),
    ('', {'.pina-scan-baseline': '{hash}  f\n'}, '1 suppressed'),
    ('baseline = "x"\n', {'x': '{hash}  f\n'}, '1 suppressed'),
))
def test_a_config_that_asks_for_silence_is_not_heard_where_it_matters(
        repo: Repo, config: str, files: dict[str, str], said: str,
) -> None:
    token = make()
    for name, text in {'f': '{token}', **files}.items():
        repo.add(name, text.format(token=token.decode(), hash=sha256(token)))
    repo.add(CONFIG, config + QUIET)
    repo.commit()
    for args in ((), ('history', '--no-cache'), ('history', 'HEAD')):
        code, out, err = pina_scan(*args, cwd=repo.path)
        assert (code, err, said in out) == (0, '', True), out
        assert pina_scan(*args, '-q', cwd=repo.path).out == ''


def test_it_is_heard_where_it_hides_nothing(repo: Repo) -> None:
    repo.add(CONFIG, QUIET)
    assert pina_scan(cwd=repo.path) == (0, '', '')


def test_hooks_have_nothing_to_say_of_it(leak: Repo) -> None:
    leak.add(CONFIG, 'exclude = ["f"]\n' + QUIET)
    for args in (('hook', '--', 'f'), ('git-hook', 'pre-commit')):
        assert pina_scan(*args, cwd=leak.path) == (0, '', '')


@pytest.mark.parametrize('form', sorted(FORMATS.keys() - {'csv', 'codequality', 'gitlab', 'sarif'}))
def test_what_is_left_out_is_counted(leak: Repo, form: str) -> None:
    leak.add(CONFIG, 'exclude = ["f"]\n')
    out = pina_scan('--format', form, cwd=leak.path).out
    assert any(words in out for words in ('1 path excluded', '"excluded": 1', '>excluded<')), out


@pytest.mark.parametrize(('name', 'text', 'told'), (
    ('README', 'x', False),
    (CONFIG, 'exclude = ["g"]\n', True),
    ('.pina-scan-baseline', '', True),
    ('pyproject.toml', '[tool.pina-scan]\nexclude = ["g"]\n', True),
    ('pyproject.toml', '[tool.other]\n', False),
))
def test_a_range_that_changes_what_decides_about_it(repo: Repo, name: str, text: str, told: bool) -> None:
    repo.add('f', 'x')
    repo.commit()
    base = repo.git('rev-parse', 'HEAD').decode().strip()
    repo.add(name, text)
    repo.commit()
    words = f'note: the range changes {name}, which says what is excluded and accepted\n'
    for args in (('history', f'{base}..HEAD'), ('ci', '--range', f'{base}..HEAD')):
        assert (words in pina_scan(*args, cwd=repo.path).out) == told
    assert words not in pina_scan('history', base, cwd=repo.path).out


@pytest.mark.parametrize('form', FORMATS)
@pytest.mark.parametrize('found', (False, True))
def test_a_config_replaces_earlier_reports(repo: Repo, form: str, found: bool) -> None:
    repo.add(CONFIG, f'report = ["{form}=out"]\n')
    if found:
        repo.add('f', make())
        os.mkfifo(repo.path / 'g')
        repo.git('add', '-N', 'f')
    for _ in range(2):
        assert pina_scan('f' if found else '.', cwd=repo.path).code == int(found)
    before = (repo.path / 'out').read_bytes()
    (repo.path / 'out').write_bytes(b'')
    assert pina_scan('f' if found else '.', cwd=repo.path).code == int(found)
    assert len((repo.path / 'out').read_bytes()) - len(before) in range(-20, 20)


@pytest.mark.parametrize('text', ('KEY=1\n', 'PINTEREST_TOKEN=x  # pina-scan: allow\n', '[1]', '\0'))
def test_a_config_replaces_nothing_else(repo: Repo, text: str) -> None:
    repo.write('.gitignore', '.env\n')
    repo.write('.env', text)
    repo.write(CONFIG, 'report = ["text=.env", "json=r"]\n')
    code, out, err = pina_scan(cwd=repo.path)
    assert (code, (repo.path / '.env').read_text()) == (2, text)
    assert 'the config\'s "report" does not replace it' in err
    assert out.startswith('no token in ')
    assert json.loads((repo.path / 'r').read_text())['findings'] == []
    assert pina_scan('--report', 'text=.env', '--config', 'empty', cwd=repo.path).code == 2


@pytest.mark.parametrize('kind', ('folder', 'FIFO', 'link'))
def test_a_config_waits_for_nobody(repo: Repo, tmp_path: Path, kind: str) -> None:
    (tmp_path / 'precious').write_text('kept')
    out = repo.path / 'out'
    if kind == 'folder':
        out.mkdir()
    elif kind == 'FIFO':
        os.mkfifo(out)
    else:
        out.symlink_to(tmp_path / 'precious')
    repo.write(CONFIG, 'report = ["text=out"]\nexclude = ["/out"]\n')
    code, _, err = pina_scan(cwd=repo.path)
    assert (code, 'does not replace it' in err) == (2, True)
    assert (tmp_path / 'precious').read_text() == 'kept'

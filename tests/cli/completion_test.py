"""Completions in the real shells, the manual page in the real man, and the examples of `--help`."""
from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from pathlib import Path

import pytest

import pina_scan as package
from pina_scan.cli.completion import SHELLS
from pina_scan.cli.examples import EXAMPLES
from pina_scan.cli.main import COMMANDS
from pina_scan.cli.tree import whole
from tests.helpers.command import pina_scan
from tests.helpers.tools import need

PAGE = Path(package.__file__).parent / 'pina-scan.1'
#: what is typed -> all that may follow; None: among others
TYPED = (
    ('pina-scan doc', ['doctor']),
    ('pina-scan doctor --no', ['--no-proof']),
    ('pina-scan ci --mode h', ['history']),
    ('pina-scan baseline pr', ['prune']),
    ('pina-scan install --un', ['--uninstall']),
    ('pina-scan history --col', ['--color']),
    ('pina-scan staged --format js', ['json', 'jsonl']),
    ('pina-scan scan --config some-f', ['some-file']),
    ('pina-scan scan some-f', ['some-file']),
    ('pina-scan completion z', ['zsh']),
)


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    program = need(request.param, f'apt-get install {request.param}')
    code, out, err = pina_scan('completion', request.param)
    assert (code, err) == (0, '')
    # zsh finds it by this name
    path = tmp_path / '_pina-scan'
    path.write_text(out)
    (tmp_path / 'work').mkdir()
    (tmp_path / 'work' / 'some-file').touch()
    return program, path


def bash(program: str, path: Path, line: str) -> list[str]:
    words = ' '.join(f"'{word}'" for word in line.split(' '))
    script = (
        f'source "$1"; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); '
        '_shtab_pina_scan pina-scan "${COMP_WORDS[COMP_CWORD]}"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return output(program, path, '--norc', '-c', script, 'bash', str(path))


def fish(program: str, path: Path, line: str) -> list[str]:
    found = output(program, path, '--no-config', '-c', f'source {path}; complete -C "{line}"')
    return [row.split('\t')[0] for row in found]


def output(program: str, path: Path, *args: str) -> list[str]:
    done = subprocess.run((program, *args), cwd=path.parent / 'work', capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ''
    return sorted(done.stdout.split('\n')[:-1])


def zsh(program: str, path: Path, line: str) -> list[str]:
    """What stands on the command line after a tab: one match whole, several as far as they agree."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(path.parent / 'work')
        env = {'PATH': os.environ['PATH'], 'TERM': 'dumb', 'PS1': '$ ', 'HOME': str(path.parent)}
        os.execve(program, (program, '-f', '-i'), env)
    try:
        os.write(terminal, f'fpath=({path.parent} $fpath); autoload -U compinit; compinit -D -u; echo rea""dy\n'.encode())
        _until(terminal, b'ready')
        os.write(terminal, f'{line}\t\x01echo "<\x05>"\n'.encode())
        said = _until(terminal, b'>\r\n')
        return [said.rsplit(b'\n<', 1)[1].split(b'>\r\n')[0].decode().split()[-1]]
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


def _until(terminal: int, words: bytes) -> bytes:
    said = b''
    end = time.monotonic() + 60
    while words not in said:
        if time.monotonic() > end or not select.select([terminal], [], [], 60)[0]:
            raise AssertionError(said)
        said += os.read(terminal, 4096)
    return said


@pytest.mark.parametrize(('line', 'expected'), TYPED)
def test_completion(shell: tuple[str, Path], line: str, expected: list[str]) -> None:
    program, path = shell
    name = os.path.basename(program)
    if name == 'zsh':
        assert zsh(program, path, line) == [os.path.commonprefix(expected)]
    else:
        assert {'bash': bash, 'fish': fish}[name](program, path, line) == expected


def test_the_page_is_what_the_parsers_say() -> None:
    assert pina_scan('man') == (0, PAGE.read_text(), ''), 'pina-scan man > pina_scan/pina-scan.1'


def test_the_page_renders() -> None:
    done = subprocess.run(
        (need('man', 'apt-get install man-db'), '--warnings', '-l', str(PAGE)), capture_output=True, text=True, check=True,
        env={'PATH': os.environ['PATH'], 'MANWIDTH': '100', 'LC_ALL': 'C.UTF-8', 'MANPAGER': 'cat'},
    )
    assert done.stderr == ''
    missing = [name for name in COMMANDS if f'pina-scan {name}\n' not in done.stdout]
    assert missing == []
    told = ' '.join(done.stdout.split())
    assert [line for rows in EXAMPLES.values() for line, _ in rows if line not in told] == []


def test_every_command_has_examples() -> None:
    assert set(EXAMPLES) == set(COMMANDS)


@pytest.mark.parametrize('name', COMMANDS)
def test_help(name: str) -> None:
    code, out, err = pina_scan(*(() if name == 'scan' else (name,)), '--help')
    assert (code, err) == (0, '')
    assert [line for line, words in EXAMPLES[name] if f'  {line}\n      {words}\n' not in out] == []
    assert 'exit codes: 0 ' in out


def test_the_tree_has_all_commands() -> None:
    [commands] = [action.choices for action in whole()._actions if isinstance(action.choices, dict)]
    assert list(commands) == list(COMMANDS)

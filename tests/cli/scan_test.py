from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import pina_scan as package
from pina_scan.token import make
from pina_scan.token import make_fake
from pina_scan.token import sha256
from tests.helpers.command import pina_scan
from tests.helpers.command import places
from tests.helpers.command import report
from tests.helpers.tokens import dummy

SCHEMA = json.loads((Path(package.__file__).parent / 'report' / 'schema.json').read_text())


def test_standard_input(tmp_path: Path) -> None:
    assert places('-', cwd=tmp_path) == []
    assert places('-', cwd=tmp_path, stdin=b'a\n' + make()) == [('-', 2, 1, 'high')]
    (tmp_path / 'f').write_bytes(make())
    assert places('f', '-', cwd=tmp_path, stdin=make()) == [('-', 1, 1, 'high'), ('f', 1, 1, 'high')]


def test_a_command_is_one_only_in_first_place_and_by_its_exact_name(tmp_path: Path) -> None:
    (tmp_path / 'staged').write_bytes(make())
    for args in (('./staged',), ('scan', 'staged'), ('-q', 'staged'), ('--', 'staged')):
        assert pina_scan(*args, cwd=tmp_path).code == 1


def test_json_by_its_schema(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(b'\n'.join((make(), dummy(), make()[:60], make_fake(), make() + b' # ggignore')))
    (tmp_path / os.fsdecode(b'\xff')).write_bytes(('x' + make().decode()).encode('utf-16'))
    os.mkfifo(tmp_path / 'fifo')
    for args in ((), ('-v',)):
        done = pina_scan('--format', 'json', *args, cwd=tmp_path)
        jsonschema.validate(json.loads(done.out), SCHEMA)
    assert done.code == 2


def test_the_whole_json(tmp_path: Path) -> None:
    token = make()
    (tmp_path / 'f').write_bytes(b'x\n  ' + token)
    code, found = report('f', cwd=tmp_path)
    found['summary']['seconds'] = 0
    assert code == 1
    assert found == {
        'schema': 1,
        'tool': {'name': 'pina-scan', 'version': package.__version__},
        'findings': [{
            'rule': 'pinterest-access-token', 'confidence': 'high',
            'reason': '"pina_" and 96 random base32 characters: the form of a Conversions API token.',
            'path': 'f', 'line': 2, 'column': 3, 'end_line': 2, 'end_column': 104, 'token_sha256': sha256(token),
            'redacted': f'pina_{token[5:9].decode()}…(96)', 'via': [], 'commit': None, 'object': None, 'suppressed': None,
            'note': None,
        }],
        'unread': [], 'notices': [],
        'summary': {'files': 1, 'bytes': 105, 'findings': 1, 'suppressed': 0, 'excluded': 0, 'seconds': 0},
    }


def test_suppressed_is_counted_always_and_listed_when_asked(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make() + b' # pina-scan: allow for the docs')
    code, out, _ = pina_scan(cwd=tmp_path)
    assert code == 0
    assert '; 1 suppressed (-v lists them).' in out
    assert 'high' not in out
    code, out, _ = pina_scan('-v', cwd=tmp_path)
    assert code == 0
    assert '    suppressed: pina-scan: allow: for the docs\n' in out
    assert json.loads(pina_scan('--format', 'json', cwd=tmp_path).out)['summary']['suppressed'] == 1
    assert pina_scan('--no-inline-allow', cwd=tmp_path).code == 1


def test_quiet_prints_findings_only(tmp_path: Path) -> None:
    assert pina_scan('-q', cwd=tmp_path) == (0, '', '')
    (tmp_path / 'f').write_bytes(make())
    code, out, _ = pina_scan('-q', cwd=tmp_path)
    assert (code, len(out.splitlines())) == (1, 2)


def test_output_is_private_and_whole(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    code, out, _ = pina_scan('--format', 'json', '--output', 'r.json', 'f', cwd=tmp_path)
    assert (code, out) == (1, '')
    assert (tmp_path / 'r.json').stat().st_mode & 0o777 == 0o600
    assert len(json.loads((tmp_path / 'r.json').read_text())['findings']) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ['f', 'r.json']


def test_names_do_not_speak(tmp_path: Path) -> None:
    for name in ('::error::x', '##[group]x', '\x1b[31mred', 'a\nb', '\u202egnp.exe', '=1+1'):
        (tmp_path / name).write_bytes(make())
    out = pina_scan('-q', cwd=tmp_path).out
    heads = [line for line in out.splitlines() if not line.startswith(' ')]
    assert [head.partition(':1:1: ')[0] for head in heads] == [
        './\\e[31mred', './#\\x23[group]x', './::error::x', './=1+1', 'a\\nb', './\\u202egnp.exe',
    ]


@pytest.mark.parametrize('pattern', ('.', './', '.*', '.*/', '?', '??'))
@pytest.mark.parametrize('path', ('.', '..', '../d', '{here}'))
def test_the_folder_that_is_asked_for_is_no_hidden_one(tmp_path: Path, pattern: str, path: str) -> None:
    (tmp_path / 'd').mkdir()
    (tmp_path / 'd' / 'leak').write_bytes(make())
    assert pina_scan('--exclude', pattern, path.format(here=tmp_path / 'd'), cwd=tmp_path / 'd').code == 1


def test_an_exclude_is_counted(tmp_path: Path) -> None:
    (tmp_path / 'd').mkdir()
    (tmp_path / 'd' / 'f').write_bytes(make())
    code, out, _ = pina_scan('--exclude', 'd/*', cwd=tmp_path)
    assert code == 0
    assert '; 1 path excluded.' in out


@pytest.mark.parametrize(
    ('args', 'env', 'coloured'), (
        ((), {}, True),
        ((), {'NO_COLOR': '1'}, False),
        ((), {'NO_COLOR': ''}, True),
        ((), {'TERM': 'dumb'}, False),
        (('--color', 'never'), {}, False),
        (('--color', 'always'), {'NO_COLOR': '1'}, True),
    ),
)
def test_colour_on_a_terminal(tmp_path: Path, args: tuple[str, ...], env: dict[str, str], coloured: bool) -> None:
    (tmp_path / 'f').write_bytes(make())
    master, slave = pty.openpty()
    environ = {**os.environ, 'TERM': 'xterm', **env}
    process = subprocess.Popen((sys.executable, '-m', 'pina_scan', *args, str(tmp_path)), stdout=slave, env=environ)
    os.close(slave)
    out = b''
    try:
        while piece := os.read(master, 4096):
            out += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(master)
    assert process.wait(timeout=60) == 1
    assert (b'\x1b[' in out) == coloured


def test_no_colour_in_a_pipe(tmp_path: Path) -> None:
    (tmp_path / 'f').write_bytes(make())
    assert '\x1b' not in pina_scan(cwd=tmp_path).out
    assert '\x1b' in pina_scan('--color', 'always', cwd=tmp_path).out


def test_fake(tmp_path: Path) -> None:
    code, out, _ = pina_scan('fake', '-n', '3')
    assert (code, len(set(out.splitlines()))) == (0, 3)
    (tmp_path / 'f').write_text(out)
    code, found = report(cwd=tmp_path)
    assert code == 0
    assert [(f['confidence'], f['suppressed']) for f in found['findings']] == [('fake', 'fake')] * 3


@pytest.mark.parametrize('end', (b'', b'\n', b'\r', b'\r\n'))
@pytest.mark.parametrize('between', (b'\n', b'\r', b'\r\n'))
def test_line_ends(tmp_path: Path, between: bytes, end: bytes) -> None:
    (tmp_path / 'f').write_bytes(b'a' + between + between + b'b\xe9 ' + make() + end)
    assert places(cwd=tmp_path) == [('f', 3, 4, 'high')]


def test_a_long_line_and_binary_around(tmp_path: Path) -> None:
    (tmp_path / 'line').write_bytes(b'x' * 200_000 + make() + b'y' * 200_000)
    (tmp_path / 'nul').write_bytes(b'\0\xff\0' * 1000 + make() + b'\0' * 1000)
    assert places(cwd=tmp_path) == [('line', 1, 200_001, 'high'), ('nul', 1, 3001, 'high')]

"""README against the code: every hook id, command, flag, key and exit code, both ways."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from pina_scan.cli import baseline
from pina_scan.cli import boundary
from pina_scan.cli import history
from pina_scan.cli import hook
from pina_scan.cli import message
from pina_scan.cli import push
from pina_scan.cli import scan
from pina_scan.cli import staged
from pina_scan.cli.main import COMMANDS
from pina_scan.cli.options import common
from pina_scan.judge.config import Config
from pina_scan.judge.config_file import load
from pina_scan.records import Limits

ROOT = Path(__file__).parents[1]
README = (ROOT / 'README.md').read_text()
CODE = re.findall(r'`([^`\n]+)`', README)


def flags() -> set[str]:
    found = set()
    for module in (scan, hook, staged, history, message, push, baseline):
        made = module.parser()
        if module is not baseline:
            common(made)
        below = [action.choices for action in made._actions if isinstance(action.choices, dict)]
        parsers = [made, *(parser for choices in below for parser in choices.values())]
        found |= {flag for parser in parsers for action in parser._actions for flag in action.option_strings}
    return found | {'-n'}


def test_hook_ids() -> None:
    hooks = [entry['id'] for entry in yaml.safe_load((ROOT / '.pre-commit-hooks.yaml').read_text())]
    assert [name for name in hooks if f'id: {name}\n' not in README] == []
    assert set(re.findall(r'id: ([\w-]+)', README)) <= set(hooks)


def test_commands() -> None:
    told = {words.split()[1] for words in CODE if words.startswith('pina-scan ') and re.match(r'[a-z]', words.split()[1])}
    assert told == set(COMMANDS)
    assert set(baseline.ACTIONS) <= {word for words in CODE for word in words.split()}


def test_flags() -> None:
    told = set(re.findall(r'(?<![\w-])--?[a-z][a-z-]*', '\n'.join(CODE)))
    known = flags()
    # pre-commit's own
    assert told - {'--all-files'} <= known
    assert {flag for flag in known if flag.startswith('--')} - {'--help', '--version'} <= told


def test_exit_codes() -> None:
    table = README.split('## Exit codes')[1].split('##')[0]
    codes = {boundary.CLEAN, boundary.FOUND, boundary.WRONG, boundary.BUG, boundary.INTERRUPTED}
    assert {int(code) for code in re.findall(r'^\| `(\d+)`', table, re.MULTILINE)} == codes


def test_config_keys() -> None:
    text = README.split('```toml\n')[1].split('```')[0]
    config = load(text.encode(), '.pina-scan.toml')
    assert set(re.findall(r'^(\w+) =', text, re.MULTILINE)) == {*Config._fields, *Limits._fields} - {'limits'}
    # but for the examples it shows the defaults
    assert config._replace(exclude=(), placeholders='fail') == Config()


@pytest.mark.parametrize('words', ('.[test]', 'pytest'))
def test_the_two_commands_are_one_line_each(words: str) -> None:
    blocks = re.findall(r'```\n(python3 -m venv [^\n]+)\n```', README)
    assert len(blocks) == 2
    assert sum(words in block for block in blocks) == 1


def test_links_lead_somewhere() -> None:
    assert [link for link in re.findall(r'\]\(([^):]+)\)', README) if not (ROOT / link).exists()] == []

"""README against the code: every hook id, command, flag, key and exit code, both ways."""
from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pina_scan.cli import baseline
from pina_scan.cli import boundary
from pina_scan.cli.main import COMMANDS
from pina_scan.cli.tree import whole
from pina_scan.judge.config import Config
from pina_scan.judge.config_file import load
from pina_scan.records import Limits

ROOT = Path(__file__).parents[1]
README = (ROOT / 'README.md').read_text()
PAGES = {path.name: path.read_text() for path in sorted((ROOT / 'docs').glob('*.md'))}
ALL = '\n'.join((README, *PAGES.values()))
#: but for the page that has the command lines of other tools
CODE = re.findall(r'`([^`\n]+)`', '\n'.join((README, *(text for name, text in PAGES.items() if name != 'detection.md'))))


def parsers(made: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield made
    for action in made._actions:
        for below in action.choices.values() if isinstance(action.choices, dict) else ():
            yield from parsers(below)


def flags() -> set[str]:
    return {flag for made in parsers(whole()) for action in made._actions for flag in action.option_strings}


def test_hook_ids() -> None:
    hooks = [entry['id'] for entry in yaml.safe_load((ROOT / '.pre-commit-hooks.yaml').read_text())]
    assert [name for name in hooks if f'-   id: {name}\n' not in ALL] == []
    assert set(re.findall(r'-   id: ([\w-]+)', ALL)) <= set(hooks)


def test_commands() -> None:
    told = {words.split()[1] for words in CODE if re.match(r'pina-scan [a-z]', words)}
    assert told == set(COMMANDS)
    assert set(baseline.ACTIONS) <= {word for words in CODE for word in words.split()}


#: git's, Python's, pre-commit's and npm's own
OTHERS = {
    '-F', '-m', '-n', '--all-files', '--assume-unchanged', '--count', '--filter', '--first-parent', '--from-ref',
    '--full-history', '--hook-stage', '--no-verify', '--skip-worktree', '--stdin', '--to-ref', '--unpacked', '--unshallow',
}


def test_flags() -> None:
    told = set(re.findall(r'(?<![\w-])--?[a-z][a-z-]*', '\n'.join(CODE)))
    known = flags()
    assert told - OTHERS <= known
    told |= set(re.findall(r'(?<=\s)--[a-z][a-z-]*', ALL))
    assert {flag for flag in known if flag.startswith('--')} - {'--help', '--version'} <= told


def test_exit_codes() -> None:
    codes = {boundary.CLEAN, boundary.FOUND, boundary.WRONG, boundary.BUG, boundary.INTERRUPTED}
    assert {int(code) for code in re.findall(r'^\| `(\d+)`', PAGES['exit-codes.md'], re.MULTILINE)} == codes


def test_config_keys() -> None:
    text = PAGES['config.md'].split('```toml\n')[1].split('```')[0]
    config = load(text.encode(), '.pina-scan.toml')
    assert set(re.findall(r'^(\w+) =', text, re.MULTILINE)) == {*Config._fields, *Limits._fields} - {'limits'}
    # but for the examples it shows the defaults
    assert config._replace(exclude=(), placeholders='fail') == Config()


@pytest.mark.parametrize('words', ('.[test]', 'pytest'))
def test_the_two_commands_are_one_line_each(words: str) -> None:
    blocks = re.findall(r'```\n(python3 -m venv [^\n]+)\n```', README)
    assert len(blocks) == 2
    assert sum(words in block for block in blocks) == 1


def test_the_figures_beside_other_scanners_are_those_of_their_page() -> None:
    """If this fails, the page was made again: README has what the page says of all classes, the best first."""
    rows = re.findall(r'^\| (?:class|all) .*$', PAGES['detection.md'], re.MULTILINE)
    tools, shares, alarms = ([cell.strip() for cell in row.split('|')[3:-1]] for row in rows)
    found = sorted(zip(tools, map(float, shares), alarms), key=lambda row: -row[1])
    assert re.findall(r'^\| ([^|`]+) \| ([\d.]+ %) \| (\d+) \|$', README, re.MULTILINE) == [
        (tool, f'{100 * share:.1f} %', alarm) for tool, share, alarm in found
    ]
    [sizes] = re.findall(r'[\d,]+ leaks in [\d,]+ variants, [\d,]+ harmless files', PAGES['detection.md'])
    leaks, variants, files = re.findall(r'[\d,]+(?= )', sizes.replace(', ', '; '))
    assert f'Of {leaks} leaks in {variants} ways' in README
    assert f'of {files} files without one' in README


@pytest.mark.parametrize('name', ('README.md', *(f'docs/{name}' for name in PAGES)))
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    assert [link for link in re.findall(r'\]\(([^):]+)\)', path.read_text()) if not (path.parent / link).exists()] == []


def test_readme_leads_to_every_page() -> None:
    assert [name for name in PAGES if f'](docs/{name})' not in README] == []

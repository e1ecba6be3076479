"""Every tool over one folder, each in its best mode for this token, and which files it reported."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from collections.abc import Iterable
from typing import Any
from typing import NamedTuple

from benchmarks import peers

_LIMIT = 900
#: For a tool that has no rule of its own: the prefix and what pina-scan calls `high`.
_PATTERN = 'pina_[A-Z2-7]{80,}'
_PRESET = '@secretlint/secretlint-rule-preset-recommend'
_GITLEAKS = f"""\
[extend]
useDefault = true
[[rules]]
id = "pinterest-access-token"
description = "Pinterest access token"
regex = '''{_PATTERN}'''
keywords = ["pina_"]
"""


class Tool(NamedTuple):
    """`arguments` has `{report}` where it writes a report, `{rules}` where it reads `rules`, whose content that is;
    without `{report}` its output is the report. `names` reads the files from one. `git`: it reads commits only."""

    title: str
    program: str
    arguments: tuple[str, ...]
    names: Callable[[str], Iterable[str]]
    rules: str = ''
    git: bool = False


class Outcome(NamedTuple):
    """`names` is what it reported, relative to the folder, of archives the outermost file. `failed` says why there is none."""

    title: str
    version: str
    command: str
    names: frozenset[str]
    seconds: float
    failed: str = ''


def _json_lines(*keys: str) -> Callable[[str], Iterable[str]]:
    def names(text: str) -> Iterable[str]:
        for line in text.splitlines():
            value: Any = json.loads(line)
            for key in keys:
                value = value.get(key, {})
            if isinstance(value, str):
                yield value
    return names


def _colons(text: str) -> Iterable[str]:
    return (line.split(':', 1)[0] for line in text.splitlines() if ':' in line)


def _with_messages(text: str) -> Iterable[str]:
    return (one['filePath'] for one in json.loads(text) if one['messages'])


#: gitleaks and secretlint have no rule for this token, ripsecrets and trufflehog none either: one is given to them. gitleaks is
#: asked without it too, since that is how it is run.
TOOLS = (
    Tool(
        'kingfisher', 'kingfisher',
        ('--no-update-check', 'scan', '--rule', 'betterleaks.pinterest-access-token', '--no-validate', '--git-history',
            'none', '--no-dedup', '--no-ignore',
         '--confidence', 'low', '--extraction-depth', '0', '--format', 'jsonl', '--output', '{report}', '.'),
        _json_lines('finding', 'path'),
    ),
    Tool(
        'gitleaks and a rule', 'gitleaks',
        ('dir', '--no-banner', '--ignore-gitleaks-allow', '--max-decode-depth', '8', '--max-archive-depth', '8',
            '--config', '{rules}',
         '--report-format', 'json', '--report-path', '{report}', '.'),
        lambda text: (one['File'] for one in json.loads(text)), rules=_GITLEAKS,
    ),
    Tool(
        'gitleaks', 'gitleaks',
        ('dir', '--no-banner', '--ignore-gitleaks-allow', '--max-decode-depth', '8', '--max-archive-depth', '8',
         '--report-format', 'json', '--report-path', '{report}', '.'),
        lambda text: (one['File'] for one in json.loads(text)),
    ),
    Tool('ripsecrets and a pattern', 'ripsecrets', ('--additional-pattern', _PATTERN, '--only-matching', '.'), _colons),
    Tool('detect-secrets', 'detect-secrets', ('scan', '--all-files', '.'), lambda text: json.loads(text)['results']),
    Tool(
        'trufflehog 2 and a rule', 'trufflehog', ('--regex', '--rules', '{rules}', '--entropy', 'False', '--json',
            'file://{folder}'),
        _json_lines('path'), rules=json.dumps({'Pinterest': _PATTERN}), git=True,
    ),
    Tool(
        'secretlint and a pattern', 'secretlint',
        # into a file: what goes through a pipe is cut at 64 kB where it ends the process
        ('--format', 'json', '--output', '{report}', '--secretlintrcJSON', json.dumps({'rules': [
            {'id': _PRESET}, {'id': '@secretlint/secretlint-rule-pattern',
                'options': {'patterns': [{'name': 'pinterest', 'pattern': f'/{_PATTERN}/'}]}},
        ]}), '**/*'),
        _with_messages,
    ),
    Tool('betterleaks', 'betterleaks', ('dir', '--no-banner', '--report-format', 'json', '--report-path', '{report}', '.'),
         lambda text: (one['File'] for one in json.loads(text))),
)


def run(tool: Tool, folder: str, prefix: str | None) -> Outcome:
    """One tool, once. Whatever goes wrong with it is said in its outcome."""
    path = peers.which(tool.program, prefix)
    shown = ' '.join((tool.program, *tool.arguments)).replace(json.dumps(_PRESET), '…')
    if path is None:
        return Outcome(tool.title, '', shown, frozenset(), 0, 'not to be had')
    with tempfile.TemporaryDirectory() as place:
        report, rules = os.path.join(place, 'report'), os.path.join(place, 'rules')
        with open(rules, 'w') as file:
            file.write(tool.rules)
        if tool.git:
            folder = _repository(folder, os.path.join(place, 'repository'))
        words = [word.replace('{report}', report).replace('{rules}', rules).replace('{folder}',
            folder) for word in tool.arguments]
        started = time.monotonic()
        try:
            done = subprocess.run((path, *words), cwd=folder, capture_output=True, stdin=subprocess.DEVNULL,
                timeout=_LIMIT, check=False)
        except subprocess.TimeoutExpired:
            return Outcome(tool.title, peers.version(tool.program, path), shown, frozenset(), _LIMIT,
                f'took more than {_LIMIT} s')
        seconds = time.monotonic() - started
        text = done.stdout.decode('utf-8', 'replace')
        if os.path.exists(report):
            with open(report, encoding='utf-8', errors='replace') as file:
                text = file.read()
        try:
            names = frozenset(_relative(name, folder) for name in tool.names(text))
        except ValueError:
            return Outcome(tool.title, peers.version(tool.program, path), shown, frozenset(), seconds,
                f'ended with {done.returncode} and no report')
    return Outcome(tool.title, peers.version(tool.program, path), shown, names, seconds)


def remembered(tool: Tool, corpus: str, folder: str, prefix: str | None, memory: str | None) -> Outcome:
    """As `run`, or what an earlier one kept in the folder `memory` for a corpus that is named the same."""
    if memory is None:
        return run(tool, folder, prefix)
    path = os.path.join(memory, f'{tool.title.replace(" ", "-")}.json')
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            kept: Any = json.load(file)
        if kept.pop('corpus') == corpus:
            return Outcome(**{**kept, 'names': frozenset(kept['names'])})
    outcome = run(tool, folder, prefix)
    os.makedirs(memory, exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({**outcome._asdict(), 'names': sorted(outcome.names), 'corpus': corpus}, file)
    return outcome


def _relative(name: str, folder: str) -> str:
    name = name.split('!', 1)[0]
    return os.path.relpath(os.path.join(folder, name), folder)


def _repository(folder: str, place: str) -> str:
    """A copy of the folder, committed."""
    shutil.copytree(folder, place)
    identity = ('-c', 'user.name=a', '-c', 'user.email=a@example.org')
    for words in (('init', '--quiet'), ('add', '--all', '--force'), (*identity, 'commit', '--quiet', '--message', 'x')):
        subprocess.run(('git', *words), cwd=place, check=True, capture_output=True)
    return place

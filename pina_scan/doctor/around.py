"""What is around the hooks: variables, aliases, worktrees and managers' own switches that lead past them."""
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from collections.abc import Mapping

from pina_scan.doctor.check import BAD
from pina_scan.doctor.check import NOTE
from pina_scan.doctor.check import Check
from pina_scan.git.run import Git
from pina_scan.git.run import elsewhere
from pina_scan.git.run import output
from pina_scan.git.run import run
from pina_scan.git.run import zsplit
from pina_scan.hooks import managers
from pina_scan.hooks.script import quoted
from pina_scan.hooks.setting import Place
from pina_scan.hooks.setting import place

#: variable -> the values that turn something off, whose, what is to be said
_SWITCHES = {
    'HUSKY': (r'0', 'husky', 'husky runs nothing'),
    'HUSKY_SKIP_HOOKS': (r'.+', 'husky', 'husky runs nothing'),
    'LEFTHOOK': (r'0|false', 'lefthook', 'lefthook runs nothing'),
    'LEFTHOOK_EXCLUDE': (r'.*pina.*', 'lefthook', 'lefthook leaves out what it names'),
    'OVERCOMMIT_DISABLE': (r'1', 'overcommit', 'overcommit runs nothing'),
    'SKIP_SIMPLE_GIT_HOOKS': (r'1', 'simple-git-hooks', 'simple-git-hooks runs nothing'),
}
_PAST = re.compile(rb'--no-verify|(?:^|\s)commit\s+(?:\S+\s+)*-[a-zA-Z]*n|core\.hooksPath', re.IGNORECASE)
_LEFTHOOK_FILES = ('lefthook', '.lefthook', 'lefthook-local', '.config/lefthook')
_HUSKY_FILES = {'pre-commit': 'git-hook pre-commit', 'commit-msg': 'git-hook commit-msg', 'pre-push': 'git-hook pre-push'}


def variables(owners: Mapping[str, str | None], environ: Mapping[str, str], configured: bool) -> Iterator[Check]:
    present = set(owners.values())
    for name, (values, manager, words) in _SWITCHES.items():
        if manager in present and re.fullmatch(values, environ.get(name, '')):
            yield Check(name, BAD, f'is {environ[name]}: {words}', f'unset {name}')
    if environ.get('PRE_COMMIT_ALLOW_NO_CONFIG') and present & set(managers.RUN_LEGACY):
        state = NOTE if configured else BAD
        name = 'PRE_COMMIT_ALLOW_NO_CONFIG'
        yield Check(name, state, 'is set: without a config every hook passes', f'unset {name}')


def aliases(git: Git) -> Iterator[Check]:
    answer = run(git, 'config', '-z', '--get-regexp', r'^alias\.', ok=(0, 1))[0]
    for line in zsplit(answer):
        name, _, value = line.partition(b'\n')
        if _PAST.search(value):
            key = os.fsdecode(name)
            yield Check(key, NOTE, 'goes past the hooks', f'git config --unset {key}')


def worktrees(git: Git, here: Place) -> Iterator[Check]:
    """Others of the repository's whose hooks are looked for elsewhere, by a config of their own."""
    for line in output(git, 'worktree', 'list', '--porcelain').splitlines():
        word, _, path = line.partition(b' ')
        if word != b'worktree' or path == here.top or not os.path.lexists(os.path.join(path, b'.git')):
            continue
        other = place(elsewhere(git, path))
        if _from_top(other) != _from_top(here):
            yield Check(
                'worktrees', NOTE, f'{os.fsdecode(path)} looks for its hooks in {os.fsdecode(other.setting.path)}',
                f'cd {os.fsdecode(quoted(path))} && pina-scan doctor',
            )


def _from_top(here: Place) -> bytes:
    return os.path.relpath(here.setting.path, here.top) if here.top and here.setting.scope else here.setting.path


def managed(here: Place, owners: Mapping[str, str | None]) -> Iterator[Check]:
    """Whether the config of a program that keeps the hooks names pina-scan."""
    assert here.top is not None
    top = os.fsdecode(here.top)
    present = set(owners.values())
    if 'husky' in present:
        for hook, words in _HUSKY_FILES.items():
            if owners.get(hook) == 'husky' and b'pina' not in _text(os.path.join(top, '.husky', hook)):
                advice = f'put first in .husky/{hook}: pina-scan {words} "$@"'
                yield Check(f'.husky/{hook}', BAD, 'does not call pina-scan', advice)
    if 'lefthook' in present:
        texts = [_text(os.path.join(top, f'{name}.{end}')) for name in _LEFTHOOK_FILES for end in ('yml', 'yaml', 'toml', 'json')]
        if not any(b'pina' in text for text in texts):
            yield Check('lefthook.yml', BAD, 'does not call pina-scan', managers.advice('lefthook'))


def _text(path: str) -> bytes:
    try:
        with open(path, 'rb') as file:
            return file.read(1 << 20)
    except OSError:
        return b''

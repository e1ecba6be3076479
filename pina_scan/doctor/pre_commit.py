"""The config of pre-commit and prek: is pina-scan in it, for which stages, and what keeps files from it.

As pre-commit.com has it: `stages` of a hook go over those of its manifest, `files` and `exclude` hold at the top and at
the hook, `SKIP` names ids and aliases.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from pina_scan.doctor.check import BAD
from pina_scan.doctor.check import NOTE
from pina_scan.doctor.check import OK
from pina_scan.doctor.check import Check

CONFIG = '.pre-commit-config.yaml'
#: What `.pre-commit-hooks.yaml` of this project says of each: the stages, and which of them is its main one.
STAGES = {
    'pina-scan': ('pre-commit', 'pre-merge-commit', 'manual'), 'pina-scan-message': ('commit-msg',),
    'pina-scan-push': ('pre-push',), 'pina-scan-history': ('manual',),
}
IDS = {
    'pre-commit': 'pina-scan', 'pre-merge-commit': 'pina-scan', 'commit-msg': 'pina-scan-message', 'pre-push': 'pina-scan-push',
}
_OLD_STAGES = {'commit': 'pre-commit', 'push': 'pre-push', 'merge-commit': 'pre-merge-commit'}
_NARROW: dict[str, Any] = {'files': '', 'exclude': '^$', 'types': None, 'types_or': None, 'exclude_types': []}
_TAKEN_FOR = ('--exclude', '--allow-placeholders', '--config', '--baseline')


def checks(text: bytes, owners: Mapping[str, str | None], environ: Mapping[str, str], version: str) -> Iterator[Check]:
    """`owners` says for each type of hook whose it is: those of a runner's that have nothing of ours are told."""
    import yaml

    try:
        config = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        yield Check(CONFIG, BAD, f'is not YAML: {str(error).splitlines()[0]}')
        return
    found = list(_hooks(config))
    if not found:
        yield Check(CONFIG, BAD, 'has no hook of pina-scan', _ADD.format(', '.join(dict.fromkeys(IDS.values()))))
    for key in ('files', 'exclude'):
        value = config.get(key) if isinstance(config, dict) else None
        if found and value not in (None, _NARROW[key]):
            yield Check(CONFIG, NOTE, f'its "{key}" keeps files from every hook: {value}')
    skipped = {name.strip() for name in environ.get('SKIP', '').split(',')}
    staged: set[str] = set()
    for repo, hook in found:
        name = str(hook.get('id'))
        stages = _stages(config, hook, name)
        staged |= set(stages)
        yield from _one(repo, hook, name, stages, skipped, version)
    for kind, owner in owners.items():
        if owner in ('pre-commit', 'prek') and found and kind not in staged:
            yield Check(CONFIG, BAD, f'has nothing of pina-scan for {kind}', _ADD.format(IDS[kind]))
        if owner is None and kind in staged:
            state = NOTE if kind == 'pre-merge-commit' else BAD
            words = f'has {IDS[kind]}, but the hook for {kind} is not installed'
            yield Check(CONFIG, state, words, f'pre-commit install --hook-type {kind}')


_ADD = 'add to ' + CONFIG + ', under the hooks of pina-scan: {}'


def _hooks(config: Any) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    repos = config.get('repos') if isinstance(config, dict) else None
    for repo in repos if isinstance(repos, list) else ():
        hooks = repo.get('hooks') if isinstance(repo, dict) else None
        for hook in hooks if isinstance(hooks, list) else ():
            words = f'{hook.get("id", "")} {hook.get("entry", "")}' if isinstance(hook, dict) else ''
            if re.search('pina[-_]scan', words):
                yield repo, hook


def _stages(config: Any, hook: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = hook.get('stages') or STAGES.get(name) or config.get('default_stages') or IDS
    return tuple(_OLD_STAGES.get(str(stage), str(stage)) for stage in given)


def _one(
        repo: Mapping[str, Any], hook: Mapping[str, Any], name: str, stages: tuple[str, ...], skipped: set[str], version: str,
) -> Iterator[Check]:
    about = f'{CONFIG}, {name}'
    yield Check(about, OK, f'rev {repo["rev"]}, for {", ".join(stages)}' if 'rev' in repo else f'for {", ".join(stages)}')
    if {name, str(hook.get('alias', name))} & skipped:
        yield Check('SKIP', BAD, f'names {name}, so that it is passed over', 'unset SKIP')
    for key, harmless in _NARROW.items():
        if key in hook and hook[key] != harmless and not (key == 'types' and hook[key] == []):
            # types_or of the manifest's is what lets links through
            usual = key == 'types_or' and hook[key] == ['file', 'symlink']
            if not usual:
                yield Check(about, NOTE, f'its "{key}" keeps files from it: {hook[key]}', f'take out {key}')
    args = [str(word) for word in hook.get('args') or ()]
    if args and name == 'pina-scan' and args[-1] != '--':
        advice = f'args: [{", ".join([*args, "--"])}]'
        yield Check(about, NOTE, 'its args do not end in --: a file named like an option is refused', advice)
    for word in args:
        if word.startswith(_TAKEN_FOR):
            yield Check(about, NOTE, f'its args have {word}')
    if set(stages) == {'manual'} and name != 'pina-scan-history':
        yield Check(about, BAD, 'runs in no hook: its stages are [manual]', 'take out stages')
    if _older(str(repo.get('rev', '')), version):
        yield Check(about, NOTE, f'rev {repo["rev"]} is older than pina-scan {version} here', 'pre-commit autoupdate')


def _older(rev: str, version: str) -> bool:
    found = re.fullmatch(r'v?(\d+(?:\.\d+)*)', rev)
    return found is not None and _numbers(found[1]) < _numbers(version)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r'\d+', version)[:3])

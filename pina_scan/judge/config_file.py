"""Reads the config: `.pina-scan.toml`, or `[tool.pina-scan]` of `pyproject.toml`.

A key that isn't known, a value of the wrong type or a pattern that excludes everything is refused: what was meant
to narrow a scan must not switch it off, and a typo must not do nothing.
"""
from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from pina_scan.errors import ConfigError
from pina_scan.judge.config import Config
from pina_scan.records import Limits

_PYPROJECT = 'pyproject.toml'
_TABLE = 'pina-scan'

#: key -> type, the values it may have (none: any)
KEYS: dict[str, tuple[Any, tuple[str, ...]]] = {
    'exclude': (list, ()),
    'placeholders': (str, ('fail', 'allow')),
    'inline_allow': (bool, ()),
    'baseline': (str, ()),
    'format': (str, ('text', 'json', 'jsonl', 'sarif', 'gitlab', 'codequality', 'junit', 'csv', 'markdown', 'html')),
    'report': (list, ()),
    'color': (str, ('auto', 'always', 'never')),
    'ci': (str, ('auto', 'off', 'github', 'azure', 'gitlab', 'buildkite', 'teamcity')),
    'verbose': (bool, ()),
    'quiet': (bool, ()),
    'jobs': (int, ()),
    'limits': (dict, ()),
}
_TYPES = {
    list: 'a list of strings', str: 'a string', bool: 'true or false', int: 'a number from 0', dict: 'a table',
    float: 'a number above 0',
}
_LIMITS = {int: 'a whole number above 0', float: _TYPES[float]}
#: Each container within a container is a call within a call.
_DEEPEST = 50


def load(data: bytes, path: str) -> Config:
    """The config in a file's contents; `path` is for what is said of it. Raises ConfigError."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        values: Any = tomllib.loads(data.decode('utf-8-sig'))
    except ValueError as error:
        # a number of thousands of digits is one too, and no TOMLDecodeError
        raise ConfigError(f'{path}: not TOML: {error}.') from None
    except RecursionError:
        raise ConfigError(f'{path}: nested too deep.') from None
    if os.path.basename(path) == _PYPROJECT:
        for key in ('tool', _TABLE):
            values = values.get(key, {})
            if not isinstance(values, dict):
                raise ConfigError(f'{path}: "{key}" has to be a table.')
    return parse(values, path)


def parse(values: Mapping[str, Any], path: str) -> Config:
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if key not in KEYS:
            raise ConfigError(f'{path}: there is no key "{key}".{_nearest(key, KEYS)}')
        kind, choices = KEYS[key]
        if not _fits(value, kind):
            raise ConfigError(f'{path}: "{key}" takes {_TYPES[kind]}, not {value!r}.')
        if kind in (str, list) and '\0' in ''.join(value):
            raise ConfigError(f'{path}: "{key}" has a zero character, which no name has.')
        if choices and value not in choices:
            raise ConfigError(f'{path}: "{key}" takes {" or ".join(choices)}, not "{value}".{_nearest(value, choices)}')
        checked[key] = tuple(value) if kind is list else value
    if 'limits' in checked:
        checked['limits'] = _limits(checked['limits'], path)
    return Config(**checked)


def _fits(value: Any, kind: type) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind is int:
        return type(value) is int and value >= 0  # True is an int too
    return isinstance(value, kind)


def _limits(values: Mapping[str, Any], path: str) -> Limits:
    for key, value in values.items():
        if key not in Limits._fields:
            raise ConfigError(f'{path}: there is no key "limits.{key}".{_nearest(key, Limits._fields)}')
        kind = type(Limits._field_defaults[key])
        if isinstance(value, bool) or not isinstance(value, (int, kind)) or not value > 0:
            raise ConfigError(f'{path}: "limits.{key}" takes {_LIMITS[kind]}, not {value!r}.')
        if key == 'depth' and value > _DEEPEST:
            raise ConfigError(f'{path}: "limits.depth" takes {_DEEPEST} at the most, not {value!r}.')
    return Limits(**values)


def _nearest(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f' Did you mean "{near[0]}"?' if near else f' There are: {", ".join(known)}.'

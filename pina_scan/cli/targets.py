"""Where reports go: what `--report`, `--output` and the config's `report` say, checked before anything is scanned."""
from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.errors import ConfigError
from pina_scan.errors import PinaScanError
from pina_scan.errors import UsageError
from pina_scan.report.formats import FORMATS


class Target(NamedTuple):
    """A report of one format and its file; `path` is absolute, since some commands change the folder.

    `trusted`: who runs the scan named it, so that it may replace whatever is there.
    """

    format: str
    path: str
    trusted: bool = True


def targets(given: Sequence[str], config: Sequence[str], output: str | None, form: str, root: bytes) -> list[Target]:
    """Those of the command line, then the config's. Raises UsageError and ConfigError.

    A config comes with the repository, which is not trusted: what it names has to be below `root`, and not git's own, and
    replaces nothing but an earlier report.
    """
    found = [] if output is None else [Target(form, os.path.abspath(output))]
    found += (Target(name, os.path.abspath(path)) for name, path in _pairs(given, '--report', UsageError))
    top = os.path.realpath(os.fsdecode(root))
    for name, path in _pairs(config, 'the config\'s "report"', ConfigError):
        inside = below(top, path)
        if inside is None:
            raise ConfigError(f'the config\'s "report" takes files below its own folder, not {path}. `--report` takes any.')
        found.append(Target(name, os.path.join(top, inside), trusted=False))
    # a folder may have two names
    paths = [os.path.join(os.path.realpath(os.path.dirname(target.path)), os.path.basename(target.path)) for target in found]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice is not None:
        raise UsageError(f'two reports go to {twice}. Give each a file of its own.')
    return found


def below(top: str, path: str) -> str | None:
    """A path that a config names, from the top; None if it is not below that, or git's own. `top` has no links."""
    whole = os.path.join(top, path)
    inside = os.path.relpath(os.path.join(os.path.realpath(os.path.dirname(whole)), os.path.basename(whole)), top)
    parts = [part.lower() for part in inside.split(os.sep)]
    return None if os.path.isabs(path) or parts[0] == os.pardir or '.git' in parts else inside


def _pairs(words: Sequence[str], source: str, error: type[PinaScanError]) -> Iterator[tuple[str, str]]:
    for word in words:
        name, equals, path = word.partition('=')
        if name not in FORMATS or not equals:
            raise error(f'{source} takes FORMAT=FILE, not "{word}". The formats are: {", ".join(FORMATS)}.')
        if path in ('', '-'):
            raise error(f'{source} writes files, and "{word}" names none. `--format {name}` writes to standard output.')
        yield name, path

"""Which paths a config leaves out, by gitignore's patterns."""
from __future__ import annotations

from collections.abc import Sequence

from pathspec import GitIgnoreSpec

from pina_scan.errors import ConfigError

#: Paths that nobody would name: a pattern that takes all of these takes everything below the top folder.
_PROBES = ('q7f3/z9', 'q7f3/z9/x1.k4', '.q7f3/.z9')

#: Its others, which it takes by itself where their libraries are installed, know no name that isn't UTF-8.
_BACKEND = 'simple'


class Exclude:
    """Asks for paths as they stand below the root, with `/` between."""

    def __init__(self, patterns: Sequence[str], source: str) -> None:
        for pattern in patterns:
            try:
                spec = GitIgnoreSpec.from_lines([pattern], backend=_BACKEND)
            except ValueError as error:
                raise ConfigError(f'{source}: "exclude" has a pattern that git could not read: {pattern!r}. {error}') from None
            if all(spec.match_file(probe) for probe in _PROBES):
                raise ConfigError(
                    f'{source}: "exclude" has {pattern!r}, which excludes everything. '
                    'Name folders or files, as in "vendor/" or "/docs/*.md".',
                )
        self._spec = GitIgnoreSpec.from_lines(patterns, backend=_BACKEND)

    def __call__(self, path: bytes) -> bool:
        return self._spec.match_file(path.decode('utf-8', 'surrogateescape'))

"""Which paths a config leaves out, by gitignore's patterns.

Patterns and names come with what is scanned. `re` takes ages for a pattern of many wildcards on a name made for it; `regex`
sees that nothing comes of it, and is held to a time besides.
"""
from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any
from typing import cast

import regex
from pathspec import GitIgnoreSpec
from pathspec.pattern import RegexPattern

from pina_scan.errors import ConfigError

#: Paths that nobody would name: a pattern that takes all of these takes everything below the top folder.
_PROBES = ('q7f3/z9', 'q7f3/z9/x1.k4', '.q7f3/.z9')

#: Its others, which it takes by itself where their libraries are installed, know no name that isn't UTF-8.
_BACKEND = 'simple'
#: For one name, and for all of them.
_SECONDS, _IN_ALL = 2.0, 60.0


class Exclude:
    """Asks for paths as they stand below the root, with `/` between."""

    def __init__(self, patterns: Sequence[str], source: str) -> None:
        self._source = source
        self._left = _IN_ALL
        for some in (*([pattern] for pattern in patterns), patterns):
            self._spec = self._made(some)
            if all(self._spec.match_file(probe) for probe in _PROBES):
                raise ConfigError(
                    f'{source}: "exclude" has {", ".join(map(repr, some))}, which excludes everything. '
                    'Name folders or files, as in "vendor/" or "/docs/*.md".',
                )

    def __call__(self, path: bytes) -> bool:
        """Raises ConfigError where that takes too long."""
        began = time.perf_counter()
        try:
            found = self._spec.match_file(path.decode('utf-8', 'surrogateescape'))
        except TimeoutError:
            self._left = 0.0
        self._left -= time.perf_counter() - began
        if self._left < 0:
            raise ConfigError(f'{self._source}: "exclude" takes too long to match. Write it with fewer *.')
        return found

    def _made(self, patterns: Sequence[str]) -> GitIgnoreSpec:
        """Raises ConfigError."""
        try:
            spec = GitIgnoreSpec.from_lines(patterns, backend=_BACKEND)
            for pattern in spec.patterns:
                if isinstance(pattern, RegexPattern) and pattern.regex is not None:
                    pattern.regex = cast('re.Pattern[Any]', _InTime(pattern.regex.pattern))
        except (ValueError, re.error, regex.error) as error:
            raise ConfigError(f'{self._source}: "exclude" has a pattern that git could not read: {error}') from None
        return spec


class _InTime:
    """What of a compiled pattern pathspec asks for."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._search = regex.compile(pattern).search

    def search(self, text: str) -> regex.Match[str] | None:
        """Raises TimeoutError."""
        return self._search(text, timeout=_SECONDS)

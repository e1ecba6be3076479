"""What those who read a log would take for a command of theirs, by their own source."""
from __future__ import annotations

import re

#: GitHub's runner (ActionCommand.cs): `::name` once a line is trimmed, `##[name` anywhere in it. Azure's agent
#: (Command.cs): `##vso[` anywhere. TeamCity: `##teamcity[`. Buildkite: a line that begins with three marks. GitLab: a
#: section, by its carriage return.
_OBEYED = re.compile(r'^\s*::|##\w*\[|^(?:---|\+\+\+|~~~|\^\^\^) |section_(?:start|end):\d+:\w+\r', re.MULTILINE | re.IGNORECASE)


def commands(text: str) -> list[str]:
    """The lines of it that would be obeyed."""
    return [line for line in re.split(r'\r\n|\r|\n', text) if _OBEYED.search(line)]

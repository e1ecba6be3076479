"""What standard output is: whether it is a terminal, how wide, in colour, and whether it follows links.

Links are OSC 8, as VTE and iTerm2 brought it up; terminals that don't know it may print it, so only those that are
known by what they set in the environment get it. Their version numbers are those of the first release that has it.
"""
from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple

from pina_scan.records import Finding
from pina_scan.records import Report

_WIDTH = 80
_LEAST = 20
#: variable, the least number in it (VTE 0.52.2; Konsole 20.12), and whether a file's fragment is taken for a line
_BY_NUMBER = (('VTE_VERSION', 5202, False), ('KONSOLE_VERSION', 201200, False))
#: variable, its values, and the same
_BY_NAME = (
    ('TERM_PROGRAM', frozenset({'iTerm.app', 'vscode'}), True),
    ('TERM_PROGRAM', frozenset({'WezTerm', 'ghostty', 'Hyper', 'mintty', 'rio', 'Tabby', 'WarpTerminal', 'zed'}), False),
    ('TERM', frozenset({'xterm-kitty'}), True),
    ('TERM', frozenset({'xterm-ghostty', 'alacritty', 'foot', 'foot-extra', 'wezterm', 'contour'}), False),
)
#: tmux hands them on since then
_TMUX = (3, 4)


class Look(NamedTuple):
    """`width` in columns, None for what is no terminal. `links`: OSC 8 is followed; `lines`: to a line of a file too."""

    coloured: bool = False
    width: int | None = None
    links: bool = False
    lines: bool = False


def look(wish: str, environ: Mapping[str, str]) -> Look:
    """Of standard output; `wish` is `auto`, `always` or `never`."""
    terminal = sys.stdout.isatty() and environ.get('TERM') != 'dumb'
    # no-color.org: present and not empty
    coloured = wish == 'always' or wish == 'auto' and terminal and not environ.get('NO_COLOR')
    # a CI system's log may be a terminal to its jobs, and takes lines for commands
    if not terminal or environ.get('CI'):
        return Look(coloured)
    links, lines = _links(environ)
    return Look(coloured, _width(environ), coloured and links, lines)


def _width(environ: Mapping[str, str]) -> int:
    given = environ.get('COLUMNS', '')
    if given.isdecimal() and int(given) > 0:
        return max(_LEAST, int(given))
    try:
        # a terminal that nobody has given a size says 0
        return max(_LEAST, os.get_terminal_size(sys.stdout.fileno()).columns or _WIDTH)
    except OSError:
        return _WIDTH


def _links(environ: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether they are followed, and whether to a line."""
    forced = environ.get('FORCE_HYPERLINK')
    if forced is not None:
        return forced not in ('', '0', 'false'), False
    # what is around tmux and screen is still in the environment
    if environ.get('TERM_PROGRAM') == 'tmux':
        return _version(environ.get('TERM_PROGRAM_VERSION', '')) >= _TMUX, False
    if 'TMUX' in environ or 'STY' in environ:
        return False, False
    for name, values, lines in _BY_NAME:
        if environ.get(name) in values:
            return True, lines
    for name, least, lines in _BY_NUMBER:
        number = environ.get(name, '')
        if number.isdecimal() and int(number) >= least:
            return True, lines
    return 'WT_SESSION' in environ, False


def _version(text: str) -> tuple[int, ...]:
    import re

    return tuple(int(part) for part in re.findall(r'\d+', text)[:2])


def address(report: Report, finding: Finding, lines: bool) -> str | None:
    """Where a finding's place leads: its file, if that still has it, else its page at the forge."""
    import socket
    from urllib.parse import quote_from_bytes

    origin = finding.origin
    if origin is not None and not origin.in_head:
        return origin.link
    # what stands in git only has no file of its own
    path = os.path.join(report.run.cwd, finding.path[:len(finding.path) - finding.inner])
    if finding.path == b'-' or not os.path.lexists(path):
        return origin.link if origin is not None else None
    # a terminal on another machine sees by the host's name that the file isn't its own
    fragment = f'#{finding.line}' if lines and finding.line is not None and not finding.inner else ''
    return f'file://{socket.gethostname()}{quote_from_bytes(os.path.normpath(path))}{fragment}'

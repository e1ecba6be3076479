"""Text of others in Markdown as GitHub and GitLab read it: shown as it is, and nothing in it is obeyed."""
from __future__ import annotations

import re

from pina_scan.report.names import visible

#: A mention, an issue, a merge request: found once escapes are gone, but never in code.
_REFERENCE = re.compile(r'[@#!$]')
#: An underscore within a word marks nothing.
_MARKUP = re.compile(r'[\\`*{}\[\]()<>+\-.|~&:^="\']|(?<!\w)_|_(?!\w)')
_TICKS = re.compile(r'`+')


def prose(text: str) -> str:
    """Within a sentence."""
    shown = _MARKUP.sub(r'\\\g<0>', visible(text))
    return _REFERENCE.sub(lambda found: f'`{found[0]}`', shown)


def code(text: bytes | str) -> str:
    """As code. A bar is written as an escape: in a table it would end the cell, whatever stands before it."""
    shown = visible(text).replace('|', '\\x7c')
    if not shown.strip():
        return '` `' if shown else ''
    fence = '`' * (max(map(len, _TICKS.findall(shown)), default=0) + 1)
    pad = ' ' if shown[0] in '` ' or shown[-1] in '` ' else ''
    return f'{fence}{pad}{shown}{pad}{fence}'

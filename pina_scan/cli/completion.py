"""`pina-scan completion SHELL`: what completes the command line, made from the parser by shtab."""
from __future__ import annotations

import argparse
from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.options import Parser
from pina_scan.cli.stdout import write_stdout

SHELLS = ('bash', 'zsh', 'fish')
_FILES = ('FILE', 'PATH')


def parser() -> Parser:
    made = Parser(prog='pina-scan completion', description='Prints what completes commands, options and files in a shell.')
    made.add_argument('shell', choices=SHELLS, metavar='SHELL', help=', '.join(SHELLS))
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    options = parser().parse_args(args)
    import shtab

    from pina_scan.cli.tree import whole
    made = whole()
    _with_files(made)
    write_stdout(shtab.complete(made, options.shell).encode())
    return CLEAN


def _with_files(parser: argparse.ArgumentParser) -> None:
    import shtab

    for action in parser._actions:
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        for below in action.choices.values() if isinstance(action.choices, dict) else ():
            _with_files(below)

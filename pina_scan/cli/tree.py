"""All commands as one parser: what completions and the manual page are made from."""
from __future__ import annotations

import argparse
from typing import Any
from typing import cast

from pina_scan.cli.main import COMMANDS
from pina_scan.cli.options import Parser
from pina_scan.cli.options import common

PROGRAM = 'pina-scan'
#: Those that take no scan's options, or give them to commands of their own.
_OWN_OPTIONS = ('baseline', 'fake', 'install', 'doctor', 'git-hook', 'completion', 'man')


def whole() -> Parser:
    ready = {f'{PROGRAM} {name}': _command(name) for name in COMMANDS}

    def made(**options: Any) -> argparse.ArgumentParser:
        return ready[options['prog']]

    root = Parser(prog=PROGRAM, description='Finds leaked Pinterest Conversions API tokens. Never prints, stores or sends one.')
    common(root)
    commands = root.add_subparsers(metavar='COMMAND', prog=PROGRAM, parser_class=cast('type[argparse.ArgumentParser]', made))
    for name in COMMANDS:
        commands.add_parser(name, help=ready[f'{PROGRAM} {name}'].description)
    return root


def _command(name: str) -> Parser:
    made: Parser = __import__(COMMANDS[name], fromlist=['parser']).parser()
    if name not in _OWN_OPTIONS:
        common(made)
    return made

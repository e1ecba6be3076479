"""`pina-scan install`: git hooks without pre-commit, for one repository or for all of a user's."""
from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from collections.abc import Sequence

import pina_scan
from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.options import Parser
from pina_scan.cli.redaction import said
from pina_scan.cli.stdout import write_stdout
from pina_scan.errors import HookError
from pina_scan.errors import UsageError
from pina_scan.git.run import Git
from pina_scan.hooks import local
from pina_scan.hooks import machine
from pina_scan.hooks.script import Tool
from pina_scan.hooks.types import PROTECTING
from pina_scan.report.names import visible


def parser() -> Parser:
    made = Parser(
        prog='pina-scan install',
        description=(
            'Puts in git hooks that scan every commit, message and push, for people without pre-commit. A hook that is there '
            'is kept and goes on running.'
        ),
    )
    made.add_argument(
        '--global', dest='everywhere', action='store_true',
        help="for all of this user's repositories, by core.hooksPath; their own hooks go on running",
    )
    made.add_argument('--uninstall', action='store_true', help='take them out, and put back what was there')
    made.add_argument(
        '--hook-type', metavar='TYPE', action='append', choices=PROTECTING,
        help=f'only this one, may be repeated: {", ".join(PROTECTING)} (default: all of them)',
    )
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    options = parser().parse_args(args)
    git = Git(os.getcwdb(), environ)
    hooks = options.hook_type or PROTECTING
    if options.everywhere:
        folder = _own_folder(environ)
        if options.hook_type:
            raise UsageError('--global puts in all hooks: leave out --hook-type')
        told = machine.uninstall(git, folder) if options.uninstall else machine.install(git, folder, _tool())
    else:
        told = local.uninstall(git, hooks) if options.uninstall else local.install(git, hooks, _tool())
    # the lines of an advice keep their indentation
    write_stdout(''.join(visible(said(line)) + '\n' for line in told).encode('utf-8', 'backslashreplace'))
    return CLEAN


def _tool() -> Tool:
    package = os.path.join(os.path.dirname(os.path.abspath(pina_scan.__file__)), '__main__.py')
    return Tool(os.fsencode(os.path.abspath(sys.executable)), os.fsencode(package))


def _own_folder(environ: Mapping[str, str]) -> bytes:
    """By the XDG base directory specification."""
    base = environ.get('XDG_CONFIG_HOME') or os.path.join(environ.get('HOME', ''), '.config')
    if not os.path.isabs(base):
        raise HookError('there is no folder for the hooks. Set HOME or XDG_CONFIG_HOME.')
    return os.fsencode(os.path.join(base, 'pina-scan', 'hooks'))

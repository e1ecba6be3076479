"""The command's front door: which command, and its exit code."""
from __future__ import annotations

import os
import sys

from pina_scan.cli.boundary import guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: name -> module with `main(args, environ) -> int`, loaded only when it is called
COMMANDS = {
    'scan': 'pina_scan.cli.scan',
    'hook': 'pina_scan.cli.hook',
    'staged': 'pina_scan.cli.staged',
    'message': 'pina_scan.cli.message',
    'push': 'pina_scan.cli.push',
    'history': 'pina_scan.cli.history',
    'baseline': 'pina_scan.cli.baseline',
    'fake': 'pina_scan.cli.fake',
    'ci': 'pina_scan.cli.ci',
    'install': 'pina_scan.cli.install',
    'doctor': 'pina_scan.cli.doctor',
    'git-hook': 'pina_scan.cli.git_hook',
    'completion': 'pina_scan.cli.completion',
    'man': 'pina_scan.cli.man',
}


def main(argv: Sequence[str] | None = None) -> int:
    """0 clean, 1 findings, 2 a wrong request or something unread, 3 a bug, 130 interrupted."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        from pina_scan.cli.streams import fill
        fill()
    args = list(sys.argv[1:] if argv is None else argv)
    # a command only in first place and only by its exact name: `./history` is a path
    name = args.pop(0) if args and args[0] in COMMANDS else 'scan'
    return guarded(lambda: __import__(COMMANDS[name], fromlist=['main']).main(args, os.environ))

"""`pina-scan git-hook TYPE [ARG ...]`: what the hooks of `pina-scan install` call, and what other hooks can.

What a type of hook scans is decided here, so that the scripts in people's repositories can stay as they are.
"""
from __future__ import annotations

from pina_scan.errors import UsageError
from pina_scan.hooks.types import PROTECTING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from pina_scan.cli.options import Parser


def parser() -> Parser:
    from pina_scan.cli.options import Parser

    made = Parser(
        prog='pina-scan git-hook',
        description='Scans what git is about to store or send, as a hook of that type, with the arguments that git gives it.',
    )
    made.add_argument('type', metavar='TYPE', choices=PROTECTING, help=', '.join(PROTECTING))
    made.add_argument('args', metavar='ARG', nargs='*', help="git's own")
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    if not args or args[0].startswith('-'):
        parser().parse_args(args)
    hook, *rest = args
    if hook not in PROTECTING:
        raise UsageError(f'there is nothing to scan in {hook}. Hooks that scan are {", ".join(PROTECTING)}.')
    if hook == 'commit-msg':
        from pina_scan.cli import message
        return message.main(['--', *rest], environ)
    if hook == 'pre-push':
        from pina_scan.cli import push
        return push.main(['--', *rest], environ)
    from pina_scan.cli import staged
    return staged.run({'command': 'staged'}, environ, silent=True)

"""The options that commands share, and what they and the config come to together."""
from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any
from typing import NoReturn

from pina_scan import __version__
from pina_scan.cli.annotate import CHOICES
from pina_scan.cli.stdout import write_stdout
from pina_scan.errors import UsageError
from pina_scan.report.formats import FORMATS

EXIT_CODES = 'exit codes: 0 clean, 1 findings, 2 a wrong request or something unread, 3 a bug, 130 interrupted'


class _Formatter(argparse.HelpFormatter):
    """Text of several lines keeps them."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if '\n' in text else super()._fill_text(text, width, indent)


class Parser(argparse.ArgumentParser):
    """Errors go the one way that all errors go, which cuts tokens: argparse would print the argument."""

    def __init__(self, **options: Any) -> None:
        options.setdefault('epilog', EXIT_CODES)
        options.setdefault('formatter_class', _Formatter)
        # an abbreviation would make a file named `--exc=*` an option
        super().__init__(allow_abbrev=False, **options)

    def format_help(self) -> str:
        from pina_scan.cli.examples import EXAMPLES

        lines = [f'  {line}\n      {words}' for line, words in EXAMPLES.get(name_of(self), ())]
        if lines and not (self.epilog or '').startswith('examples:'):
            self.epilog = '\n'.join(['examples:', *lines, '', self.epilog or ''])
        return super().format_help()

    def _print_message(self, message: str, file: Any = None) -> None:
        # of help and version: argparse would keep it to itself that nobody could read them
        write_stdout(message.encode('utf-8', 'backslashreplace'))

    def error(self, message: str) -> NoReturn:
        raise UsageError(f'{message}. `{self.prog} --help` has the options.')


def name_of(parser: argparse.ArgumentParser) -> str:
    """The command that it is the parser of."""
    return parser.prog.removeprefix('pina-scan').strip() or 'scan'


def common(parser: argparse.ArgumentParser) -> None:
    """All that a command which scans and reports takes. No defaults: what isn't given is the config's."""
    reporting(parser)
    scanning(parser)


def reporting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('--format', choices=tuple(FORMATS), help='what the report looks like (default: text)')
    parser.add_argument('--output', metavar='FILE', help='write the report there instead of to standard output')
    parser.add_argument(
        '--report', metavar='FORMAT=FILE', action='append', help='a report more, in that file; may be given again',
    )
    parser.add_argument('--ci', choices=CHOICES, help='annotate for that CI system (default: the one it runs in)')
    parser.add_argument('--no-ci', dest='ci', action='store_const', const='off', help='the same as --ci off')
    parser.add_argument('-q', '--quiet', action='store_const', const=True, help='print findings only')
    parser.add_argument('-v', '--verbose', action='store_const', const=True, help='list suppressed findings too')
    parser.add_argument('--color', choices=('auto', 'always', 'never'), help='default: on a terminal, unless NO_COLOR is set')


def scanning(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=name_of(parser))
    parser.add_argument('--config', metavar='FILE', help='instead of .pina-scan.toml or pyproject.toml')
    parser.add_argument('--baseline', metavar='FILE', help='accepted findings (default: .pina-scan-baseline)')
    parser.add_argument(
        '--allow-placeholders', dest='placeholders', action='store_const', const='allow',
        help='let dummies of the right form pass',
    )
    parser.add_argument(
        '--no-inline-allow', dest='inline_allow', action='store_const', const=False,
        help='comments like "pina-scan: allow" accept nothing; for CI',
    )
    parser.add_argument('--exclude', metavar='GLOB', action='append', help="a gitignore pattern, beside the config's")
    parser.add_argument('--jobs', metavar='N', type=_count, help='processes for a large scan (default: one a processor)')
    parser.add_argument(
        '--progress', action=argparse.BooleanOptionalAction, default=None,
        help='show how far a long scan has got (default: on a terminal, unless -q)',
    )
    parser.add_argument('--version', action='version', version=f'pina-scan {__version__}')


def parse(parser: argparse.ArgumentParser, args: Sequence[str]) -> dict[str, Any]:
    """What was given, by the names of the config's keys; what was not is not in it."""
    common(parser)
    return given(parser.parse_args(args))


def _count(word: str) -> int:
    if not word.isdecimal():
        raise argparse.ArgumentTypeError('a number from 0')
    return int(word)


def given(options: argparse.Namespace) -> dict[str, Any]:
    return {key: value for key, value in vars(options).items() if value is not None}

"""`pina-scan man`: the manual page, made from the parsers; `pina_scan/pina-scan.1` is what it prints, for installers.

The language is that of man(7). Options that every scan has are told once, not with each command.
"""
from __future__ import annotations

import argparse
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan import __version__
from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.examples import EXAMPLES
from pina_scan.cli.main import COMMANDS
from pina_scan.cli.options import Parser
from pina_scan.cli.options import common
from pina_scan.cli.stdout import write_stdout

_EXITS = (
    ('0', 'clean; of the doctor: protected'),
    ('1', 'findings; of the doctor: not protected'),
    ('2', 'the request was wrong, or something that was asked for could not be read in full'),
    ('3', 'a bug'),
    ('130', 'interrupted'),
)
_FILES = (
    ('.pina-scan.toml, pyproject.toml', 'the config, at the top of the repository'),
    ('.pina-scan-baseline', 'accepted findings, by hash'),
    ('$XDG_CACHE_HOME/pina-scan', 'what was found in packs that were read before'),
    ('$XDG_CONFIG_HOME/pina-scan/hooks', 'the hooks of `pina-scan install --global`'),
)


def parser() -> Parser:
    return Parser(prog='pina-scan man', description='Prints the manual page.')


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    parser().parse_args(args)
    write_stdout(''.join(line + '\n' for line in _page()).encode())
    return CLEAN


def _page() -> Iterator[str]:
    yield f'.TH PINA-SCAN 1 "" "pina-scan {__version__}" "User Commands"'
    yield from ('.SH NAME', 'pina-scan \\- finds leaked Pinterest Conversions API tokens')
    yield from ('.SH SYNOPSIS', '.B pina-scan', '[\\fICOMMAND\\fR] [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...')
    yield '.SH DESCRIPTION'
    yield _text('Finds leaked Pinterest Conversions API tokens. Never prints, stores or sends one. Without a command it scans.')
    yield '.SH COMMANDS'
    for name in COMMANDS:
        yield from _command(name)
    yield '.SH OPTIONS'
    yield _text('Every command that scans has these.')
    every = argparse.ArgumentParser(prog='pina-scan', add_help=False)
    common(every)
    yield from _options(every)
    for title, rows in (('EXIT STATUS', _EXITS), ('FILES', _FILES)):
        yield f'.SH {title}'
        for name, words in rows:
            yield from ('.TP', f'.B {_text(name)}', _text(words))
    yield from ('.SH SEE ALSO', '.BR git (1),', '.BR githooks (5)')


def _command(name: str) -> Iterator[str]:
    made: Parser = __import__(COMMANDS[name], fromlist=['parser']).parser()
    yield f'.SS pina-scan {_text(name)}'
    yield _text(made.description or '')
    yield from _options(made)
    if EXAMPLES.get(name):
        yield from ('.PP', 'Examples:')
    for line, words in EXAMPLES.get(name, ()):
        yield from ('.TP', f'.B {_text(line)}', _text(words))


def _options(made: argparse.ArgumentParser) -> Iterator[str]:
    for action in made._actions:
        if isinstance(action.choices, dict):
            for name, below in action.choices.items():
                yield from ('.TP', f'.B {_text(name)}', _text(below.description))
                # what those have that is no option of every scan's
                yield from ('.RS', *_options(_without_common(below)), '.RE')
        elif action.dest not in ('help', 'command'):
            yield from ('.TP', _heading(action), _text(action.help or ''))


def _without_common(made: argparse.ArgumentParser) -> argparse.ArgumentParser:
    every = argparse.ArgumentParser(prog='pina-scan', add_help=False)
    common(every)
    known = {option for action in every._actions for option in action.option_strings}
    kept = argparse.ArgumentParser(add_help=False)
    for action in made._actions:
        if not known.intersection(action.option_strings):
            kept._add_action(action)
    return kept


def _heading(action: argparse.Action) -> str:
    takes = action.metavar or ('|'.join(map(str, action.choices)) if action.choices else action.dest.upper())
    value = f'\\fI{_text(str(takes))}\\fR'
    if not action.option_strings:
        return value
    names = ', '.join(f'\\fB{_text(name)}\\fR' for name in action.option_strings)
    return names if action.nargs == 0 else f'{names} {value}'


def _text(words: str) -> str:
    """As roff takes it: a backslash, a hyphen to be copied, and a line that would begin a request."""
    # a quote would end an argument of a request
    escaped = words.replace('\\', '\\e').replace('-', '\\-').replace('`', '\\(ga').replace("'", '\\(aq').replace('"', '\\(dq')
    return '\\&' + escaped if escaped[:1] in ('.', "'") else escaped

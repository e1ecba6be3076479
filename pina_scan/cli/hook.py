"""`pina-scan hook [FILE ...]`: what pre-commit calls with the files of a commit.

A clean run without options ends before anything is loaded that it doesn't need: it takes milliseconds.
"""
from __future__ import annotations

import os

from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.root import config_file
from pina_scan.cli.root import root_of
from pina_scan.errors import UsageError
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.source import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from pina_scan.blob import Blob
    from pina_scan.blob import Unread
    from pina_scan.cli.options import Parser

#: the options that take their value as the next argument
_WITH_VALUE = ('--format', '--output', '--report', '--config', '--baseline', '--exclude', '--color', '--ci', '--jobs')


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    options, paths = split(args)
    root = root_of(b'.')
    if options or config_file(root) is not None:
        from pina_scan.cli.confirm import run
        return run(options, paths, root, environ)
    if next(scan(read(paths), Totals()), None) is None:
        return CLEAN
    from pina_scan.cli.confirm import run
    return run(options, paths, root, environ)


def read(paths: Iterable[bytes]) -> Iterator[Blob | Unread]:
    space = files.buffer()
    for path in paths:
        for item in files.read(path, space):
            if getattr(item, 'reason', None) is not files.FOLDER or not _submodule(path):
                yield item


def _submodule(path: bytes) -> bool:
    """A folder here and a commit's id to git: nothing of its content is stored. git's names lead down from the top."""
    return os.path.lexists(os.path.join(path, b'.git')) and path.split(b'/', 1)[0] not in (b'', b'.', b'..')


def split(args: Sequence[str]) -> tuple[list[str], list[bytes]]:
    """The options, and the files behind them, whatever those are called.

    `--` ends the options. Where a user's own `args` leave it out they end at the first argument that is none, and one
    that is an option and a file too is refused: it could be a staged file that switches something off.
    """
    words = list(args)
    options: list[str] = []
    while words and words[0].startswith('-') and words[0] != '--':
        word = words.pop(0)
        if os.path.lexists(word):
            raise UsageError(
                f'{word} is an option, and a file too. End the args of the hook with "--" in .pre-commit-config.yaml: '
                f'args: [{", ".join([*options, "--"])}]',
            )
        options.append(word)
        if word in _WITH_VALUE and words:
            options.append(words.pop(0))
    if words and words[0] == '--':
        # a file of that name, sorted to the front by args without `--`, would be taken for it
        words = words[1:] if '--' in words[1:] or not os.path.lexists('--') else words
    return options, [os.fsencode(word) for word in words]


def parser() -> Parser:
    from pina_scan.cli.options import Parser

    return Parser(
        prog='pina-scan hook',
        usage='pina-scan hook [options] [--] [FILE ...]',
        description='Scans the files of a commit; what git has staged decides where a filter stands between.',
    )

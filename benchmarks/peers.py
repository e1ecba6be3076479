"""The other tools: where they are, which version, and how each is asked to do the same work."""
from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks import clock

FILES = '{files}'
LITERALS = '{literals}'
PROGRAM = '{program}'
_RULE = ('--rule', 'betterleaks.pinterest-access-token', '--no-validate')
_PRESET = '{"rules": [{"id": "@secretlint/secretlint-rule-preset-recommend"}]}'


class Peer(NamedTuple):
    """What follows the program: for its version, for the files of a commit, for the current folder, for one large
    file where that takes another line; () where it has no such mode or would take hours."""

    name: str
    program: str
    version: tuple[str, ...]
    hook: tuple[str, ...]
    tree: tuple[str, ...]
    file: tuple[str, ...] = ()


class Found(NamedTuple):
    """A peer that is installed."""

    peer: Peer
    path: str
    version: str


# Only the searched files differ between pina-scan and its peers where that could be had: no .git, ignored files too.
# kingfisher asks for a newer version of itself over the network unless told not to; that is not what is measured.
PEERS = (
    Peer(
        'ripgrep', 'rg', (PROGRAM, '--version'),
        ('-a', '-uuu', '-l', '-F', LITERALS, '--', FILES),
        ('-a', '-uuu', '-l', '-F', LITERALS, '--glob', '!.git', '.'),
        ('-a', '-uuu', '-l', '-F', LITERALS, '.'),
    ),
    Peer(
        'git grep', 'git', (PROGRAM, '--version'),
        ('grep', '-a', '-l', '-F', LITERALS, '--', FILES),
        ('grep', '--no-index', '-a', '-l', '-F', LITERALS, '--', '.'),
        ('grep', '--no-index', '-a', '-l', '-F', LITERALS, '--', '.'),
    ),
    Peer(
        'kingfisher', 'kingfisher', (PROGRAM, '--version'),
        ('--no-update-check', 'scan', *_RULE, '--git-history', 'none', FILES),
        ('--no-update-check', 'scan', *_RULE, '--git-history', 'none', '.'),
        ('--no-update-check', 'scan', *_RULE, '--git-history', 'none', '--max-file-size', '4096', '.'),
    ),
    Peer(
        'gitleaks', 'gitleaks', ('go', 'version', '-m', PROGRAM),
        ('git', '--no-banner', '--pre-commit', '--staged'),
        ('dir', '--no-banner', '.'),
    ),
    # a fork of gitleaks, asked the same way
    Peer(
        'betterleaks', 'betterleaks', ('go', 'version', '-m', PROGRAM),
        ('git', '--no-banner', '--pre-commit', '--staged'),
        ('dir', '--no-banner', '.'),
    ),
    Peer('ripsecrets', 'ripsecrets', (PROGRAM, '--version'), ('--strict-ignore', FILES), ('.',)),
    Peer('secretlint', 'secretlint', (PROGRAM, '--version'), ('--secretlintrcJSON', _PRESET, '--no-glob', FILES),
         ('--secretlintrcJSON', _PRESET, '**/*')),
    Peer('detect-secrets-hook', 'detect-secrets-hook', (PROGRAM, '--version'), (FILES,), ()),
    Peer('detect-secrets', 'detect-secrets', (PROGRAM, '--version'), (), ('scan', '--all-files', '.')),
)


def found(prefix: str | None) -> list[Found]:
    """The peers that are in `prefix`, as install_peers.sh fills it, or on the PATH."""
    paths = [(peer, which(peer.program, prefix)) for peer in PEERS]
    return [Found(peer, path, _version(path, peer.version)) for peer, path in paths if path is not None]


def which(program: str, prefix: str | None) -> str | None:
    """Where a peer's program is."""
    folders = [os.environ.get('PATH', os.defpath)]
    if prefix is not None:
        below = ('bin', 'venv/bin', 'old/bin', 'npm/node_modules/.bin')
        folders = [os.path.join(os.path.abspath(prefix), folder) for folder in below] + folders
    return shutil.which(program, path=os.pathsep.join(folders))


def version(program: str, path: str) -> str:
    """The version of a peer's program that is at `path`; '?' where it doesn't say."""
    asked = {peer.program: peer.version for peer in PEERS}.get(program, ())
    return _version(path, asked) if asked else _packaged(program, path)


def _packaged(program: str, path: str) -> str:
    """Of a program of Python's that has no option for it."""
    python = os.path.join(os.path.dirname(path), 'python')
    return _version(path, (python, '-c', f'import importlib.metadata as m; print(m.version({program!r}))'))


def _version(path: str, asked: Sequence[str]) -> str:
    try:
        said = subprocess.run(words(path, asked, {})[1:], capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return '?'
    number = re.search(r'(?<![\w.])v?(\d+\.\d+(\.\d+)*)', said)
    return number.group(1) if number else '?'


def words(program: str, template: Sequence[str], lists: Mapping[str, Sequence[str]]) -> list[str]:
    """A command line: names of lists in the template become their words."""
    known = {**lists, PROGRAM: (program,)}
    return [program, *(word for part in template for word in known.get(part, (part,)))]


def pina_scan() -> str:
    """The command of the environment that runs this. Raises SystemExit where there is none."""
    path = shutil.which('pina-scan', path=os.path.dirname(sys.executable))
    if path is None:
        raise SystemExit('pina-scan is not installed beside this Python. Run the benchmark by the Python of a venv that has it.')
    return path


def literals() -> list[str]:
    """`-e` and each anchor that can be typed, of the pina-scan that is installed, not of the current folder's."""
    show = 'from pina_scan.decode.encodings import ANCHORS as A; print(*(a.decode("latin-1") for a in A), sep="\\n")'
    lines = subprocess.run((sys.executable, '-I', '-c', show), capture_output=True, text=True, check=True).stdout.split('\n')
    return [word for line in lines if line.isprintable() and line for word in ('-e', line)]


def main(argv: Sequence[str] | None = None) -> int:
    """Lists every peer, with its version or that it is missing, and its command lines."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks.peers', description=main.__doc__)
    parser.add_argument('--peers', metavar='PREFIX', help='the folder that install_peers.sh filled')
    versions = {one.peer.name: one.version for one in found(parser.parse_args(argv).peers)}
    lines = [
        [peer.name, versions.get(peer.name, 'missing'), ' '.join((peer.program, *template))]
        for peer in PEERS for template in (peer.hook, peer.tree) if template
    ]
    print(clock.table([['peer', 'version', 'command'], *lines]))
    return 0


if __name__ == '__main__':
    raise SystemExit(main())

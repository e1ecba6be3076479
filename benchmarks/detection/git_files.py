"""Class 5: what git packs, as a file among others: a bundle, a pack, a whole `.git` in a tar or in an image's layer."""
from __future__ import annotations

import os
import random
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.detection import surroundings
from benchmarks.detection.packing import Members
from benchmarks.detection.packing import compress
from benchmarks.detection.packing import mixed
from benchmarks.detection.packing import packed
from benchmarks.detection.packing import tarred
from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer
from benchmarks.detection.samples import cut

#: Cut off from whoever runs it; the same objects each time.
_ENVIRON = {
    'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_NOSYSTEM': '1', 'GIT_AUTHOR_NAME': 'a', 'GIT_AUTHOR_EMAIL': 'a@b.c',
    'GIT_COMMITTER_NAME': 'a', 'GIT_COMMITTER_EMAIL': 'a@b.c', 'GIT_AUTHOR_DATE': '1700000000 +0000',
    'GIT_COMMITTER_DATE': '1700000000 +0000',
}


def _repository(folder: str, members: Members) -> None:
    """The members in one commit, changed in the next, gone in the last, and all of it in one pack and in a bundle."""
    def git(*words: str) -> None:
        subprocess.run(('git', *words), cwd=folder, env={**os.environ, **_ENVIRON}, check=True, stdout=subprocess.DEVNULL)

    git('init', '-q', '-b', 'main')
    for number in range(3):
        for name, data in members:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes((data, b'# changed\n' + data, b'')[number])
        git('add', '--all', '--force')
        git('commit', '-q', '-m', 'a change')
    git('repack', '-q', '-a', '-d')
    git('bundle', 'create', '-q', '.git/a.bundle', '--all')


def _taken(suffix: str, take: Callable[[random.Random, Path], bytes]) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        text = surroundings.among(draw, surroundings.beside(draw, Text(MARK + token), glued=True))
        data, line, column = cut(text.data)
        with tempfile.TemporaryDirectory() as folder:
            _repository(folder, mixed(draw, data))
            return packed(take(draw, Path(folder, '.git')), suffix, line, column)
    return write


def _all_files(draw: random.Random, git: Path) -> bytes:
    # the index has the times of the files, which no two repositories share
    left_out = ('.bundle', '.sample', '.rev')
    files = sorted(path for path in git.rglob('*') if path.is_file() and path.suffix not in left_out and path.name != 'index')
    made = tarred(draw, [(str(path.relative_to(git.parent)), path.read_bytes()) for path in files])
    return compress('gzip')(draw, made) if draw.random() < 0.5 else made


GIT: dict[str, Writer] = {
    'git bundle': _taken('.bundle', lambda draw, git: (git / 'a.bundle').read_bytes()),
    'git pack': _taken('.pack', lambda draw, git: next(git.glob('objects/pack/*.pack')).read_bytes()),
    'a .git in a tar': _taken('.tar', _all_files),
}

"""Where a scan stands: the folder that holds its config and baseline. Loaded by the clean hook run."""
from __future__ import annotations

import os
import stat

from pina_scan.errors import ConfigError
from pina_scan.git.repo import top_of

FILE = '.pina-scan.toml'
PYPROJECT = 'pyproject.toml'
_MENTION = b'pina-scan'
#: No config and no baseline is as large; a repository under scan may have anything of that name.
_LARGEST = 1 << 24


def root_of(path: bytes) -> bytes:
    """The top of the repository that `path` is in; else the current folder."""
    return top_of(path) or os.getcwdb()


def config_file(root: bytes) -> str | None:
    """The config that holds for `root`, or None. Found without parsing: a clean run asks this too."""
    own = os.path.join(os.fsdecode(root), FILE)
    if os.path.lexists(own):
        return own
    project = os.path.join(os.fsdecode(root), PYPROJECT)
    return project if _MENTION in (contents(project) or b'') else None


def contents(path: str) -> bytes | None:
    """What is in a file of the project's own; None if there is none. Raises ConfigError for what is no file."""
    try:
        # NONBLOCK: a FIFO would wait for a writer
        fd = os.open(path, os.O_RDONLY | getattr(os, 'O_NONBLOCK', 0) | getattr(os, 'O_BINARY', 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f'{path}: {error.strerror}. Make it readable, or name another.') from None
    try:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise ConfigError(f'{path}: no file of settings. Name another.')
        with open(fd, 'rb', closefd=False) as file:
            return file.read(_LARGEST)
    finally:
        os.close(fd)

"""Where a scan stands: the folder that holds its config and baseline. Loaded by the clean hook run."""
from __future__ import annotations

import os

from pina_scan.errors import ConfigError
from pina_scan.git.repo import top_of

FILE = '.pina-scan.toml'
PYPROJECT = 'pyproject.toml'
_MENTION = b'pina-scan'


def root_of(path: bytes) -> bytes:
    """The top of the repository that `path` is in; else the current folder."""
    return top_of(path) or os.getcwdb()


def config_file(root: bytes) -> str | None:
    """The config that holds for `root`, or None. Found without parsing: a clean run asks this too."""
    own = os.path.join(os.fsdecode(root), FILE)
    if os.path.lexists(own):
        return own
    project = os.path.join(os.fsdecode(root), PYPROJECT)
    try:
        with open(project, 'rb') as file:
            return project if _MENTION in file.read() else None
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f'{project}: {error.strerror}. Make it readable, or name another with --config.') from None

"""What can go wrong, as one tree.

PinaScanError              one sentence for the user, and what to type; exit code 2
  UsageError               the command line asks for something that can't be done
  ConfigError              a config file or a baseline says something it can't mean
  ReportError              the report could not be written
  HookError                a git hook can't be put in or taken out without harm
  GitError                 git refused, failed or is not there
    NotARepository         no repository here: sources fall back to plain files
    DamagedError           a pack, an index or an object is not what its format says; sources make it an `unread`

Anything else that reaches the top is a bug: exit code 3, with a trace.
"""
from __future__ import annotations


class PinaScanError(Exception):
    """`str()` of it is what the user reads: a sentence, then what to do."""


class UsageError(PinaScanError):
    pass


class ConfigError(PinaScanError):
    pass


class ReportError(PinaScanError):
    pass


class HookError(PinaScanError):
    pass


class GitError(PinaScanError):
    """Carries git's own words: `stderr` as bytes, `returncode` (negative: the signal that ended it)."""

    def __init__(self, message: str, returncode: int = 0, stderr: bytes = b'') -> None:
        super().__init__(message)
        self.returncode = returncode
        self.stderr = stderr


class NotARepository(GitError):
    pass


class DamagedError(GitError):
    """`str()` of it is a phrase that goes behind the name of what is damaged."""


def why(error: OSError) -> str:
    """The system's word for it, as a phrase that goes behind a name."""
    return (error.strerror or str(error)).lower()

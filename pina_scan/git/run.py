"""The one door to git: arguments as a tuple, bytes out, nothing of the repository's runs.

A repository under scan is not trusted. Its config can name programs (a file system monitor, hooks, an alias, a
pager); what could start one in the commands used here is overridden, and nothing asks for a filter or a text
conversion. `GIT_INDEX_FILE`, `GIT_DIR` and their kin stay: within a hook they say what is being committed
(`git commit -a` and `git commit FILE` use an index of their own).
"""
from __future__ import annotations

import os

from pina_scan.errors import GitError
from pina_scan.errors import NotARepository
from pina_scan.errors import why
from pina_scan.git.process import spawn

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from pina_scan.git.process import Process

    Running = Process | subprocess.Popen[bytes]

_SAFE = (
    '--no-pager', '--no-replace-objects', '--no-optional-locks',
    '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.alternateRefsCommand=',
    '-c', 'core.quotePath=false', '-c', 'protocol.allow=never', '-c', 'diff.external=', '-c', 'log.showSignature=false',
    # it only saves a look into each index, and where it is damaged git ends
    '-c', 'core.multiPackIndex=false',
)
#: Variables that make git start a program, write a trace or talk another language, or that turn the meaning of paths: git
#: refuses `--literal-pathspecs` beside them.
_DROP = (
    'GIT_CONFIG', 'GIT_EXTERNAL_DIFF', 'GIT_PAGER', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_PROXY_COMMAND', 'GIT_ASKPASS',
    'LANGUAGE', 'GIT_LITERAL_PATHSPECS', 'GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS',
)
_SET = {
    # GIT_NO_LAZY_FETCH is of 2.45 and of what was mended before: an older git asks a promisor for what is missing. The list
    # goes before whatever `protocol.*.allow` the repository's config has, `protocol.allow` does not (git(1))
    'LC_ALL': 'C', 'GIT_NO_LAZY_FETCH': '1', 'GIT_ALLOW_PROTOCOL': 'none', 'GIT_TERMINAL_PROMPT': '0', 'GIT_OPTIONAL_LOCKS': '0',
    # a file that isn't there: grafts take parents from a commit, and hide what they brought in
    'GIT_GRAFT_FILE': '/dev/null/none',
}

#: git's own words -> what to do, where it doesn't say so itself.
_ADVICE = (
    ('unknown option: --no-optional-locks', '\nThis git is too old: 2.31 or later is needed.'),
    ('unknown repository extension', '\nA newer git made this repository: install one.'),
    ('which we do not understand', '\nA newer git wrote the index: install one, or remove .git/index and `git reset`.'),
    ('index file', '\nThe index is damaged: remove .git/index, and `git reset` makes it again from HEAD.'),
    ('bad config', '\nMend that line.'),
    ('invalid gitfile', '\nThat file should name a git dir: `git worktree repair` or `git submodule update` writes it again.'),
)


class Git:
    """Where git is asked, and with which environment. No NamedTuple: `typing` costs as much as starting git does."""

    __slots__ = ('cwd', 'environ')

    def __init__(self, cwd: bytes, environ: Mapping[str, str]) -> None:
        self.cwd = cwd
        self.environ = environ


_PATHS = ('GIT_DIR', 'GIT_COMMON_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY')


def at(git: Git, folder: bytes) -> Git:
    """The same repository asked from another folder: git's relative variables are relative to where it starts."""
    cwd = os.fsdecode(git.cwd)
    here = {key: os.path.join(cwd, git.environ[key]) for key in _PATHS if git.environ.get(key)}
    return Git(folder, {**git.environ, **here})


def elsewhere(git: Git, folder: bytes) -> Git:
    """The repository that `folder` itself is in, whatever repository a hook's variables speak of."""
    return Git(folder, {key: value for key, value in git.environ.items() if key not in _PATHS and key != 'GIT_PREFIX'})


def inside(git: Git, git_dir: bytes) -> Git:
    """The repository asked in its git dir, as if that were its work tree too.

    Found from there it would be bare, which `safe.bareRepository` may forbid, or have a work tree that is gone.
    """
    named = os.fsdecode(git_dir)
    return Git(git_dir, {**at(git, git_dir).environ, 'GIT_DIR': named, 'GIT_WORK_TREE': named})


def command(git: Git, args: Iterable[str | bytes]) -> tuple[list[str | bytes], dict[str, str]]:
    """What to start in the current folder, and its environment. Raises GitError where there is no git."""
    environ = {k: v for k, v in git.environ.items() if k not in _DROP and not k.startswith('GIT_TRACE')}
    # relative paths in variables start from there too, as if it had been started there (git(1), -C)
    there = () if git.cwd == os.getcwdb() else ('-C', git.cwd)
    return [_program(git.environ.get('PATH', os.defpath)), *there, *_SAFE, *args], {**environ, **_SET}


def _program(path: str) -> str:
    """git by its full path: an empty or relative entry of PATH would let the repository bring its own."""
    names = ('git.exe',) if os.name == 'nt' else ('git',)
    for folder in path.split(os.pathsep):
        for name in names:
            program = os.path.join(folder, name)
            if os.path.isabs(folder) and os.path.isfile(program) and os.access(program, os.X_OK):
                return program
    raise GitError('git is not on the PATH. Install it, or scan a folder that is no repository.')


def output(git: Git, *args: str | bytes, stdin: bytes | None = None, ok: tuple[int, ...] = (0,)) -> bytes:
    """git's standard output. Raises GitError with git's own words for any other exit code."""
    return run(git, *args, stdin=stdin, ok=ok)[0]


def run(git: Git, *args: str | bytes, stdin: bytes | None = None, ok: tuple[int, ...] = (0,)) -> tuple[bytes, bytes, int]:
    """git's standard output, its standard error and its exit code."""
    return finished(start(git, args, True), args, stdin, ok)


def finished(
        process: Running, args: Iterable[str | bytes], stdin: bytes | None = None, ok: tuple[int, ...] = (0,),
) -> tuple[bytes, bytes, int]:
    """What came of git that was started with those arguments. Raises GitError for any other exit code."""
    out, err = process.communicate(b'' if stdin is None else stdin)
    code = process.wait()
    if code not in ok:
        raise failure(args, code, err)
    return out, err, code


def start(git: Git, args: Iterable[str | bytes], heard: bool = False) -> Running:
    """git with a pipe to it and one from it, and, if it is to be heard, one from its standard error.

    Raises GitError where it can't be started.
    """
    try:
        # as starting it there would say it
        os.stat(os.path.join(git.cwd, b'.'))
        words, environ = command(git, args)
        return spawn(words, environ, heard)
    except OSError as error:
        shown = os.fsdecode(error.filename or 'git').removesuffix('/.')
        raise GitError(f'git could not be started: {shown}: {why(error)}.') from None


def failure(args: Iterable[str | bytes], returncode: int, stderr: bytes) -> GitError:
    words = stderr.decode('utf-8', 'backslashreplace').strip()
    what = 'git ' + ' '.join(a if isinstance(a, str) else os.fsdecode(a) for a in args)
    if 'dubious ownership' in words:
        return GitError(
            f'git refuses this repository, because another user owns it (safe.directory). {words.splitlines()[-1].strip()}',
            returncode, stderr,
        )
    if 'not a git repository' in words or 'must be run in a work tree' in words:
        return NotARepository(f'{words}. Run it inside a repository.', returncode, stderr)
    advice = next((more for sign, more in _ADVICE if sign in words), '')
    return GitError(f'`{what}` failed ({returncode}): {words or "it said nothing"}{advice}', returncode, stderr)


def zsplit(data: bytes) -> Iterator[bytes]:
    """The fields of `-z` output."""
    return iter(data.split(b'\0')[:-1])

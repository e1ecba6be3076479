"""The hook scripts: POSIX sh, made here and known again by their second line and a checksum of the rest.

A script looks for pina-scan when it runs: the Python that installed it, else `pina-scan` on the PATH. With neither it
fails with words. Python gets no relative entry on its path and the PATH none either, since the current folder is the
repository's, which must not bring a pina-scan of its own.
"""
from __future__ import annotations

import hashlib
from typing import NamedTuple

from pina_scan.hooks.types import KEPT
from pina_scan.hooks.types import PROTECTING

_MARK = b'# pina-scan hook. `pina-scan install` wrote it, `pina-scan install --uninstall` takes it out. sha256 '
_MADE = b'# Its folder was not there before.\n'
_START = (
    "import sys; sys.path[:] = [p for p in sys.path if p[:1] == '/']; "
    'from pina_scan.cli.main import main; raise SystemExit(main())'
)

_SCAN = r"""
scan() {
    if [ -x "$python" ] && [ -f "$package" ]; then
        "$python" -c "START" git-hook "$hook" "$@"
        return
    fi
    found=$(command -v pina-scan)
    case $found in
        /*)
            "$found" git-hook "$hook" "$@"
            return
            ;;
    esac
    {
        printf '%s\n' "pina-scan: not found, so nothing was scanned, and git is stopped."
        printf '%s\n' "pina-scan: looked for $package and on the PATH. Install it again and type: pina-scan install"
        printf '%s\n' "pina-scan: or take this hook out: $0"
    } >&2
    return 1
}
""".replace('START', _START)
#: What was there before stands beside it, by whatever name git or pre-commit calls this one.
_BESIDE = r"""
case $0 in
    */*) old=${0%/*}/$hookKEPT ;;
    *) old=./$hookKEPT ;;
esac
""".replace('KEPT', KEPT.decode())
#: git runs one folder of hooks. The repository's own is below what its worktrees share; asking git is slow.
_OWN = r"""
common=${GIT_COMMON_DIR:-${GIT_DIR:-.git}}
if [ ! -f "$common/HEAD" ] || [ -f "$common/commondir" ]; then
    common=$(git rev-parse --git-common-dir 2>/dev/null) || common=
fi
old=${common:+$common/hooks/$hook}
if [ "$old" -ef "$0" ]; then
    old=
fi
"""
#: A hook may change what is stored, so that it runs before the scan.
_THEN_SCAN = r"""
if [ -f "$old" ] && [ -x "$old" ]; then
    "$old" "$@" || exit $?
fi
scan "$@"
"""
#: A pre-push hook may send something by itself, as git-lfs does, so that it runs after the scan. Both read git's lines.
_SCAN_THEN = r"""
lines=$(cat)
feed() {
    if [ -n "$lines" ]; then
        "$@" <<EOF
$lines
EOF
    else
        "$@" </dev/null
    fi
}
feed scan "$@" || exit $?
if [ -f "$old" ] && [ -x "$old" ]; then
    feed "$old" "$@"
fi
"""
_HAND_ON = r"""
if [ -f "$old" ] && [ -x "$old" ]; then
    exec "$old" "$@"
fi
exit NONE
"""


class Tool(NamedTuple):
    """Where pina-scan is: the interpreter, and the file of the package that says it is still installed."""

    python: bytes
    package: bytes


def render(hook: str, tool: Tool, shared: bool = False, made_folder: bool = False) -> bytes:
    """A hook's text. `shared`: in a folder for all repositories, so that the repository's own hook is what comes next."""
    head = f"hook='{hook}'\n".encode()
    find = _OWN if shared else _BESIDE
    if hook in PROTECTING:
        head += b'python=' + quoted(tool.python) + b'\npackage=' + quoted(tool.package) + b'\n'
        rest = _SCAN + find + (_SCAN_THEN if hook == 'pre-push' else _THEN_SCAN)
    else:
        # without it git says that there is none, and fails
        rest = find + _HAND_ON.replace('NONE', '1' if hook == 'proc-receive' else '0')
    body = (_MADE if made_folder else b'') + head + rest.encode()
    return b'#!/bin/sh\n' + _MARK + hashlib.sha256(body).hexdigest().encode() + b'\n' + body


def ours(data: bytes) -> bool:
    return _parts(data) is not None


def edited(data: bytes) -> bool:
    """Ours, but somebody has changed it since."""
    parts = _parts(data)
    return parts is not None and hashlib.sha256(parts[1]).hexdigest().encode() != parts[0]


def made_folder(data: bytes) -> bool:
    parts = _parts(data)
    return parts is not None and parts[1].startswith(_MADE)


def _parts(data: bytes) -> tuple[bytes, bytes] | None:
    """The checksum that a script of ours names, and what it is of."""
    lines = data.split(b'\n', 2)
    if len(lines) < 3 or not lines[1].startswith(_MARK):
        return None
    return lines[1][len(_MARK):], lines[2]


def quoted(path: bytes) -> bytes:
    """A word for sh that is nothing but those bytes."""
    return b"'" + path.replace(b"'", b"'\\''") + b"'"

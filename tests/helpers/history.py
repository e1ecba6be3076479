"""Runs the history commands as a user would, and says what they found by the token."""
from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from pina_scan.token import sha256
from tests.helpers.command import pina_scan
from tests.helpers.gitrepo import Repo


def run(repo: Repo | str, *args: str, stdin: bytes = b'', **env: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the report; what was printed holds no token."""
    import json

    path = repo if isinstance(repo, str) else repo.path
    command = args[0] if args[:1] and args[0] in ('history', 'push', 'message', 'staged') else 'history'
    rest = args[1:] if args[:1] == (command,) else args
    code, out, err = pina_scan(command, '--format', 'json', *rest, cwd=path, stdin=stdin, **env)
    assert code in (0, 1, 2), err
    return code, json.loads(out) if out else {'error': err, 'findings': [], 'unread': []}


def found(report: dict[str, Any], tokens: Iterable[bytes]) -> set[int]:
    """Which of the tokens are in the report, by number."""
    hashes = {finding['token_sha256'] for finding in report['findings']}
    return {number for number, token in enumerate(tokens) if sha256(token) in hashes}


def paths(report: dict[str, Any], token: bytes) -> set[str]:
    return {finding['path'] for finding in report['findings'] if finding['token_sha256'] == sha256(token)}


def origin(report: dict[str, Any], token: bytes) -> dict[str, Any]:
    """That of the one finding the token has in an object."""
    [one] = [f for f in report['findings'] if f['token_sha256'] == sha256(token) and f['object']]
    return {**one['origin'], 'path': one['path'], 'line': one['line'], 'at': one['commit']}


def pack_files(repo: Repo, extension: str) -> list[str]:
    folder = os.path.join(repo.git('rev-parse', '--absolute-git-dir').decode().strip(), 'objects', 'pack')
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(extension))

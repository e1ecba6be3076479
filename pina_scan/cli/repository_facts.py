"""What a report says of the repository that was scanned: its revision, branch and remote."""
from __future__ import annotations

import os
from collections.abc import Mapping

from pina_scan.cli.redaction import redacted
from pina_scan.errors import GitError
from pina_scan.git.refs import remotes
from pina_scan.git.run import Git
from pina_scan.git.run import run as ask
from pina_scan.records import Run
from pina_scan.source.forge import public


def facts(run: Run, environ: Mapping[str, str]) -> Run:
    """`run` with what git answers; as it is where there is no repository."""
    git = Git(run.root, environ)
    try:
        head = ask(git, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}', ok=(0, 1, 128))[0].strip()
        branch = ask(git, 'symbolic-ref', '--quiet', '--short', 'HEAD', ok=(0, 1, 128))[0].rstrip(b'\n')
        named = remotes(git)
    except GitError:
        return run
    url = public(next((remote.url for remote in named if remote.name == 'origin'), named[0].url if named else ''))
    return run._replace(
        revision=head.decode('ascii') or None,
        branch=os.fsdecode(redacted(branch)) or None,
        remote=url if url is not None and os.fsdecode(redacted(os.fsencode(url))) == url else None,
    )

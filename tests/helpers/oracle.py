"""The slow way and the fast way to every token of a repository: they have to give the same."""
from __future__ import annotations

import os

from pina_scan import suspect
from pina_scan.blob import Unread
from pina_scan.git.repository import inspect
from pina_scan.git.run import Git
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.source import history
from pina_scan.source.from_git import whole
from pina_scan.source.known import Known
from pina_scan.source.reading import Reading
from tests.helpers.gitrepo import ENVIRON
from tests.helpers.gitrepo import Repo


def plain(repo: Repo) -> set[tuple[str, str | None]]:
    """Each object resolved by git, in full, and scanned: (token, object)."""
    blobs = (
        blob
        for name, (kind, data) in repo.objects().items()
        for blob in whole(kind, name, data, len(name) // 2)
    )
    return {(found.token_sha256, found.object) for found in scan(blobs, Totals()) if isinstance(found, Finding)}


def fast(repo: Repo, jobs: int = 1) -> tuple[set[tuple[str, str | None]], list[tuple[bytes, str]]]:
    """What `history` finds in objects, and what it says is unread."""
    survey = history.survey(inspect(Git(os.fsencode(repo.path), ENVIRON)), suspect.build, jobs, Known(None, ''), set())
    reading = Reading(survey)
    results = [result for number in range(len(reading)) for result in scan(reading.piece(number), Totals())]
    reading.close()
    unread = [(result.path, result.reason) for result in results if isinstance(result, Unread)]
    return {(r.token_sha256, r.object) for r in results if isinstance(r, Finding) and r.object}, unread

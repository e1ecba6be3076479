"""The slow way and the fast way to every token of a repository: they have to give the same."""
from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Mapping

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

#: (token, object)
Found = set[tuple[str, str | None]]


def plain(repo: Repo) -> Found:
    """Each object resolved by git, in full, and scanned: (token, object)."""
    blobs = (
        blob
        for name, (kind, data) in repo.objects().items()
        for blob in whole(kind, name, data, len(name) // 2)
    )
    return {(found.token_sha256, found.object) for found in scan(blobs, Totals()) if isinstance(found, Finding)}


def fast(repo: Repo, jobs: int = 1) -> tuple[Found, list[tuple[bytes, str]]]:
    """What `history` finds in objects, and what it says is unread."""
    return surveyed(repo, {}, jobs)


def surveyed(repo: Repo, moments: Mapping[str, Callable[[], None]], jobs: int = 1) -> tuple[Found, list[tuple[bytes, str]]]:
    """The same, with what happens in the meantime: once packs are `listed`, are `surveyed`, reading has `begun`."""
    happens = dict(moments)

    def now(moment: str) -> None:
        happens.pop(moment, lambda: None)()

    class Listed(Known):
        def get(self, stamp: str) -> list[str] | None:
            now('listed')
            return None

    results: list[Finding | Unread] = []
    done: set[bytes] = set()
    while True:
        repository = inspect(Git(os.fsencode(repo.path), ENVIRON))
        survey = history.survey(repository, (lambda much: suspect.build(jobs > 1)), jobs, Listed(None, ''), done)
        now('surveyed')
        reading = Reading(survey)
        for number in range(len(reading)):
            results += scan(reading.piece(number), Totals())
            now('begun')
        reading.close()
        if not any(history.new_packs(store, done) for store in survey.stores):
            break
    unread = [(result.path, result.reason) for result in results if isinstance(result, Unread)]
    return {(r.token_sha256, r.object) for r in results if isinstance(r, Finding) and r.object}, unread

"""How far what is staged got: no further than the index, unless HEAD has the same token there already."""
from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from functools import cache

from pina_scan.blob import Unread
from pina_scan.git.index import differing
from pina_scan.git.objects import Objects
from pina_scan.git.run import Git
from pina_scan.git.run import at
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.records import Origin
from pina_scan.source import files
from pina_scan.source.exposure import COMMITTED
from pina_scan.source.exposure import STAGED
from pina_scan.source.windows import windows


def exposed(git: Git, top: bytes, found: Iterable[Finding | Unread]) -> Iterator[Finding | Unread]:
    """The findings with their exposure. What HEAD has of those files is scanned for that, and nothing else."""
    git = at(git, top)

    @cache
    def before() -> dict[bytes, str]:
        return {path: name for path, name, new in differing(git, 'HEAD') if not new}

    @cache
    def committed(path: bytes) -> frozenset[str]:
        name = before().get(path)
        if name is None:
            return frozenset()
        with Objects(git) as objects:
            if objects.open(name) is None:
                return frozenset()
            blobs = windows(objects.readinto, files.buffer(), path)
            return frozenset(result.token_sha256 for result in scan(blobs, Totals()) if isinstance(result, Finding))

    for result in found:
        if isinstance(result, Finding):
            held = result.token_sha256 in committed(result.path[:len(result.path) - result.inner])
            reach, sentence = COMMITTED if held else STAGED
            result = result._replace(origin=Origin(reach=reach, exposure=sentence, in_head=held))
        yield result

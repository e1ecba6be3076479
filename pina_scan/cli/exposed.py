"""How far what is staged got: no further than the index, unless HEAD has the same token there already."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

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


def staged_only(git: Git, top: bytes, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with their exposure. What HEAD has of those files is scanned for that, and nothing else."""
    wanted = {finding.path[:len(finding.path) - finding.inner] for finding in findings}
    before: dict[bytes, set[str]] = defaultdict(set)
    space = files.buffer()
    with Objects(at(git, top)) as objects:
        for path, name, new in differing(at(git, top), 'HEAD'):
            if path in wanted and not new and objects.open(name) is not None:
                blobs = windows(objects.readinto, space, path)
                before[path] |= {found.token_sha256 for found in scan(blobs, Totals()) if isinstance(found, Finding)}
    made = []
    for finding in findings:
        held = finding.token_sha256 in before[finding.path[:len(finding.path) - finding.inner]]
        reach, sentence = COMMITTED if held else STAGED
        made.append(finding._replace(origin=Origin(reach=reach, exposure=sentence, in_head=held)))
    return made

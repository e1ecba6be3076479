"""What a config, a comment and a baseline say of findings: which of them count."""
from __future__ import annotations

import datetime
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from pina_scan.judge.baseline import Entry
from pina_scan.records import Finding


class Settler:
    """Asks in order: the first that accepts a finding is the reason that is given.

    `place` gives the path of a finding as it stands below the root, which is how a baseline names it.
    """

    def __init__(
            self,
            allow_placeholders: bool,
            inline_allow: bool,
            entries: Sequence[Entry],
            today: datetime.date,
            place: Callable[[bytes], bytes],
    ) -> None:
        self._allow_placeholders = allow_placeholders
        self._inline_allow = inline_allow
        self._today = today
        self._place = place
        self._entries = {(entry.sha256, entry.path): entry for entry in entries}
        self.used: set[Entry] = set()

    def settle(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for finding in findings:
            suppressed, note = self._ask(finding)
            yield finding if suppressed is note is None else finding._replace(suppressed=suppressed, note=note)

    def _ask(self, finding: Finding) -> tuple[str | None, str | None]:
        if finding.confidence == 'fake':
            return 'fake', None
        if finding.confidence == 'placeholder' and self._allow_placeholders:
            return 'placeholders are allowed', None
        entry = self._entries.get((finding.token_sha256, self._place(finding.path)))
        if entry is not None:
            self.used.add(entry)
        if finding.inline is not None and self._inline_allow:
            return finding.inline, None
        if entry is None:
            return None, None
        if entry.until is not None and entry.until < self._today:
            return None, f'its baseline entry has expired: {entry.comment}'
        return ': '.join(filter(None, ('baseline', entry.comment))), None

    def expired(self) -> list[Entry]:
        return [e for e in self._entries.values() if e.until is not None and e.until < self._today]

    def unused(self) -> list[Entry]:
        """Entries that accepted nothing. Says something only of a run that has read every path they name."""
        return [e for e in self._entries.values() if e not in self.used]

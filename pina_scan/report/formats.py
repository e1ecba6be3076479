"""The table of formats: name -> module with a `render(report, verbose)`, loaded only when it is asked for."""
from __future__ import annotations

FORMATS = {
    'text': 'pina_scan.report.as_text',
    'json': 'pina_scan.report.as_json',
}

#: The formats that say of which revision of which repository they speak.
WITH_REPOSITORY = frozenset({'sarif', 'gitlab', 'markdown', 'html'})

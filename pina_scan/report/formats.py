"""The table of formats: name -> module with a `render`, loaded only when it is asked for."""
from __future__ import annotations

FORMATS = {
    'text': 'pina_scan.report.as_text',
    'json': 'pina_scan.report.as_json',
}

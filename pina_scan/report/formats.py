"""The table of formats: name -> module with a `render(report, verbose)`, loaded only when it is asked for."""
from __future__ import annotations

FORMATS = {
    'text': 'pina_scan.report.as_text',
    'json': 'pina_scan.report.as_json',
    'jsonl': 'pina_scan.report.as_jsonl',
    'sarif': 'pina_scan.report.as_sarif',
    'gitlab': 'pina_scan.report.as_gitlab',
    'codequality': 'pina_scan.report.as_codequality',
    'junit': 'pina_scan.report.as_junit',
    'csv': 'pina_scan.report.as_csv',
    'markdown': 'pina_scan.report.as_markdown',
    'html': 'pina_scan.report.as_html',
}

#: The formats that say of which revision of which repository they speak.
WITH_REPOSITORY = frozenset({'sarif', 'gitlab', 'markdown', 'html'})

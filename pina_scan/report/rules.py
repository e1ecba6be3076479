"""What reports for programs say of each kind of finding: what it is, how bad, and what to do."""
from __future__ import annotations

from typing import NamedTuple

from pina_scan.records import Finding
from pina_scan.token import ACCESS_RULE
from pina_scan.token import REFRESH_RULE


class Rule(NamedTuple):
    """`level` is SARIF's, `severity` a CVSS-like number as GitHub sorts by, `steps` are what to do, in order.

    A dummy is a rule of its own: severity is the rule's, and a dummy is no leak.
    """

    id: str
    name: str
    title: str
    text: str
    level: str
    severity: str
    steps: tuple[str, ...]


_LEAKED = (
    'Take it out of the file, and read it from the environment or a secret store instead.',
    'If it has left the machine (a push, a message, a log), make a new one and replace it where it is used: '
    'Ads Manager: Business > Conversions > Conversion API > Generate new token.',
    'If it is known and accepted: a comment "pina-scan: allow" on its line, or `pina-scan baseline add`.',
)
_DUMMY = (
    'For documents and tests, use what `pina-scan fake` prints: it passes.',
    'Or let dummies pass: `--allow-placeholders`, or placeholders = "allow" in the config.',
)
RULES = (
    Rule(
        ACCESS_RULE, 'PinterestAccessToken', 'Pinterest access token',
        'A token of the Pinterest Conversions API. Whoever holds it can send conversions for every ad account of the '
        'user who made it, and read the account.',
        'error', '9.1', _LEAKED,
    ),
    Rule(
        REFRESH_RULE, 'PinterestRefreshToken', 'Pinterest refresh token',
        'An OAuth refresh token of the Pinterest API. Whoever holds it can get new access tokens for the account.',
        'error', '9.1', _LEAKED,
    ),
    Rule(
        f'{ACCESS_RULE}-placeholder', 'PinterestAccessTokenPlaceholder', 'Placeholder of a Pinterest access token',
        'A dummy of the form of a Pinterest access token: one character repeated, a run through the alphabet, words.',
        'warning', '2.0', _DUMMY,
    ),
    Rule(
        f'{REFRESH_RULE}-placeholder', 'PinterestRefreshTokenPlaceholder', 'Placeholder of a Pinterest refresh token',
        'A dummy of the form of a Pinterest refresh token.',
        'warning', '2.0', _DUMMY,
    ),
)
_DUMMIES = ('placeholder', 'fake')


def index_of(finding: Finding) -> int:
    """Which of RULES it is a finding of."""
    name = finding.rule + ('-placeholder' if finding.confidence in _DUMMIES else '')
    return next(number for number, rule in enumerate(RULES) if rule.id == name)


def rule_of(finding: Finding) -> Rule:
    return RULES[index_of(finding)]

"""What a whole run comes to: one line that a glance takes in, and one that says what it means."""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pina_scan.records import Report
from pina_scan.report.tokens import Token


class Verdict(NamedTuple):
    """`kind`: `leak`, `dummy` (no real token), `unsure` (not everything was read) or `clear`."""

    kind: str
    headline: str
    says: str


def verdict(report: Report, tokens: Sequence[Token]) -> Verdict:
    real = [token for token in tokens if token.real]
    unread = 'Not everything could be read, so there may be more.' if report.unread else ''
    if real:
        return Verdict('leak', _in_places(real, 'token'), ' '.join(filter(None, (how_far(real), unread))))
    if tokens:
        kind = 'unsure' if report.unread else 'dummy'
        return Verdict(kind, _in_places(tokens, 'dummy', 'dummies'), f'No real token was found. {unread}'.strip())
    if report.unread:
        return Verdict('unsure', 'No token found, but this is no all-clear', 'Not everything could be read.')
    read = f'{number(report.summary.files, "file")} read in full'
    if report.suppressed:
        return Verdict('clear', 'No token that counts', f'{read}; {number(len(report.suppressed), "finding")} suppressed.')
    return Verdict('clear', 'No token found', f'{read}, nothing left unread.')


def _in_places(tokens: Sequence[Token], word: str, words: str | None = None) -> str:
    places = sum(len(token.places) for token in tokens)
    counted = number(len(tokens), word, words)
    return f'{counted} in {number(places, "place")}' if places > len(tokens) else f'{counted} found'


def how_far(tokens: Sequence[Token]) -> str:
    """How many got how far, the worst first; all that can't be ruled out is told as such."""
    dangers = [token.reach.danger for token in tokens]
    out, maybe, here = (dangers.count(danger) for danger in ('out', 'maybe', 'here'))
    one = len(tokens) == 1
    if out and one:
        return 'It has left this machine: make a new one first.'
    if out:
        have = f'All {out:,} have' if out == len(tokens) else f'{out:,} of them {"has" if out == 1 else "have"}'
        return f'{have} left this machine: make {"a new one for that" if out == 1 else "new ones for those"} first.'
    if maybe:
        return f'Whether {"it has" if one else "they have"} left this machine is not known.'
    return f'{"It is" if one else f"All {here:,} are"} in this repository only: take {"it" if one else "them"} out before a push.'


def number(count: int, word: str, words: str | None = None) -> str:
    return f'{count:,} {word if count == 1 else words or word + "s"}'

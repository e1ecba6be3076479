"""Is a body of the right shape a dummy? Each question is one that a random body answers yes to less than once
in a million million tokens, so that allowing placeholders can't let a real token pass."""
from __future__ import annotations

from pina_scan.judge.randomness import WORDLIKE
from pina_scan.judge.randomness import word_share

_ORDER = {character: place for place, character in enumerate('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}
_FEW = 10
_RUN = 12


def dummy(body: str) -> str | None:
    """What kind of dummy it is, in words for a report; None if it is none."""
    upper = body.upper()
    different = set(upper)
    if len(different) == 1:
        return 'one character repeated'
    if len(different) <= _FEW:
        return f'only {len(different)} different characters'
    if any(character * _RUN in upper for character in different):
        return f'one character {_RUN} times or more in a row'
    if _repeats(upper):
        return 'a short text repeated'
    if _in_sequence(upper):
        return 'a run through the alphabet'
    if not any(c.isdigit() for c in upper) and word_share(upper) >= WORDLIKE:
        return 'words'
    return None


def _repeats(body: str) -> bool:
    return any(body.startswith(body[period:]) for period in range(2, len(body) // 2) if body[period] == body[0])


def _in_sequence(body: str) -> bool:
    """Half of the steps or more go to the next character of the alphabet or back by one; by chance it is a tenth."""
    places = [_ORDER.get(c, -1) for c in body]
    return sum([-1 <= b - a <= 1 for a, b in zip(places, places[1:])]) * 2 >= len(places) - 1

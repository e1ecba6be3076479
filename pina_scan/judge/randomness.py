"""The stated measure of randomness: how few of the neighbouring letters are neighbours in words.

`FOLLOWERS` has, for each letter, the letters that make up nine tenths of what follows it in words. In prose and
identifiers of ten languages 67 of 100 pairs and more are in it, mostly 85 to 95; of random base32 30 of 100, with a
standard deviation of 7 at 40 characters; of random base62 less. A letter beside a digit counts as no pair of a word.
Counted over the Python standard library's sources and git's message catalogues in ten languages, 2026;
`benchmarks/word_pairs.py` counts it again.
"""
from __future__ import annotations

FOLLOWERS = {
    'a': 'bcdgiklmnprst', 'b': 'abceijlorsuy', 'c': 'acehiklortu', 'd': 'acdeilorstu', 'e': 'acdefgilmnprstx',
    'f': 'aefilorstu', 'g': 'aeghilnorsu', 'h': 'aeilorstu', 'i': 'acdefglmnorstvz', 'j': 'aeiknopsu',
    'k': 'aeilnorstuw', 'l': 'adeilostuy', 'm': 'abeimopsu', 'n': 'acdefginostu', 'o': 'bcdglmnoprstuw',
    'p': 'aeiloprtuy', 'q': 'nrsu', 'r': 'acdegimnorstuy', 's': 'acehiopstuy', 't': 'acehilorstuy',
    'u': 'abcefilmnprst', 'v': 'aeimo', 'w': 'adehilnorsy', 'x': 'acdefimopstxy', 'y': 'abcdefilmnopstwy',
    'z': 'adeimnouwyz',
}
#: Below this share a body is random: one in ten thousand random bodies of 40 characters is above, no identifier of
#: 40 that was met is below. A body that has the token's alphabet, without a separator, is words only from WORDLIKE on.
RANDOM = 0.65
WORDLIKE = 0.75
#: Fewer pairs than this say nothing: a number, a date, a version.
_ENOUGH = 20


def word_share(body: str) -> float:
    """The share of neighbouring characters that are neighbours in words, 0 to 1; 1.0 where there are too few."""
    pairs = words = 0
    body = body.lower()
    for left, right in zip(body, body[1:]):
        if left in '_-.' or right in '_-.' or (left.isdigit() and right.isdigit()):
            continue
        pairs += 1
        words += right in FOLLOWERS.get(left, '')
    return words / pairs if pairs >= _ENOUGH else 1.0

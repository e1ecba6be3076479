"""What the doctor has to say: one line a thing looked at, and what to type where it is not well."""
from __future__ import annotations

from typing import NamedTuple

#: Well; worth knowing; a way past the hooks; could not be found out.
OK, NOTE, BAD, UNKNOWN = 'ok', 'note', 'bad', 'unknown'


class Check(NamedTuple):
    about: str
    state: str
    words: str
    advice: str = ''

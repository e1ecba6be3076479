"""Tokens, made at run time: no file of this repository holds a whole one."""
from __future__ import annotations

import base64
import os
import uuid

from pina_scan.token import ACCESS
from pina_scan.token import make
from pina_scan.token import make_refresh


def fill(template: bytes) -> bytes:
    """A template of a rule's examples or near-misses, with fresh values in its braces."""
    values = {
        'access': make(),
        'access_cut': make()[:5 + 60],
        'base62': ACCESS + base64.b64encode(os.urandom(90)).translate(None, b'+/=')[:64],
        'refresh': make_refresh(),
        'sha1': os.urandom(20).hex().encode(),
        'sha256': os.urandom(32).hex().encode(),
        'SHA256': os.urandom(32).hex().upper().encode(),
        'uuid': str(uuid.uuid4()).encode(),
    }
    text = template.decode('latin-1').format(**{key: value.decode() for key, value in values.items()})
    return text.encode('latin-1')


def dummy(character: str = 'A', length: int = 96) -> bytes:
    return ACCESS + character.encode() * length

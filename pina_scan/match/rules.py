"""The table of rules: what each kind of token looks like, with its proof.

`exact` is the form Pinterest issues and asks for no boundary on either side: one that is asked for is a leak that is
missed. `loose` is a body of another format, or a paste that was cut short; it has to stand free on its left,
because in base64url text `pina_` turns up by chance once in a gigabyte.

In `examples` and `near_misses` the tests put fresh tokens for {access}, {refresh}, {hex} …, since no file here may
hold a whole one.
"""
from __future__ import annotations

from typing import NamedTuple

from pina_scan.token import ACCESS
from pina_scan.token import ACCESS_RULE
from pina_scan.token import REFRESH
from pina_scan.token import REFRESH_RULE

#: What may stand to the left of a loose match: nothing of a word, unless it is the end of an escape.
_FREE = (
    rb'(?<![A-Za-z0-9_-])|(?<=\\[abefnrtv0])|(?<=%[0-9A-Fa-f]{2})|(?<=\\x[0-9A-Fa-f]{2})'
    rb'|(?<=\\u[0-9A-Fa-f]{4})'
    # one for each length: `re`, which loads in a fraction of the time that `regex` takes, asks for it
    + b''.join(rb'|(?<=\x1b\[[0-9;]{%d}m)' % length for length in range(13))
)


class Rule(NamedTuple):
    """Patterns: `exact` and `loose` match the body alone, right behind `prefix`; `free` looks back from the prefix."""

    id: str
    prefix: bytes
    exact: bytes
    loose: bytes
    free: bytes
    source: str
    examples: tuple[bytes, ...]
    near_misses: tuple[bytes, ...]


RULES = (
    Rule(
        id=ACCESS_RULE,
        prefix=ACCESS,
        # 96 is what Pinterest issues; from 80 on it can be nothing else. What follows the 96th is not the token's.
        exact=rb'[A-Z2-7]{80,96}',
        loose=rb'[A-Z2-7]{40,79}|[A-Za-z0-9][A-Za-z0-9_-]{38,510}(?<=[A-Za-z0-9])',
        free=_FREE,
        source='Pinterest help, "Conversion access token"; vendor guides: starts with pina_, about a hundred characters',
        examples=(
            b'{access}', b'PINTEREST_TOKEN={access}', b'x{access}', b'{access}x', b'AB{access}CD', b'%20{access}%20',
            b'\\n{access}\\n', b'<{access}>', b'a={access}&b=c', b'({access})', b'\x1b[31m{access}\x1b[0m', b'_{access}_',
            b'{access_cut}', b' {base62} ', b'\\t{access_cut}', b'%3D{base62}',
        ),
        near_misses=(
            b'pina_', b'pina_colada_with_extra_coconut_cream_and_a_slice_of_pineapple',
            b'PINA_COLADA_WITH_EXTRA_COCONUT_CREAM_AND_A_SLICE_OF_PINEAPPLE',
            b'opina_usted_que_deberiamos_cambiar_la_configuracion_del_servidor',
            b'pina_PinterestConversionsApiClientFactoryBeanDefinitionParser',
            b'pina_<token>', b'pina_${{PINTEREST_TOKEN}}', b'pina_{{{{ secrets.PINTEREST_TOKEN }}}}', b'pina_%s',
            b'pina_YOUR_TOKEN', b'pina_YOUR_CONVERSION_API_ACCESS_TOKEN_FROM_ADS_MANAGER_GOES_HERE',
            b'pina_AEAX****', b'pina_AEAX' + b'*' * 92, b'pina_...', b'pina_\xe2\x80\xa6', b'pina_' + b'x' * 96,
            b'pina_{sha1}', b'pina_{sha256}', b'pina_{SHA256}', b'pina_{uuid}', b'pina_{uuid}-{uuid}',
            b'pina_cache_v1_{sha256}', b'pina_[A-Z2-7]{{96}}', b'pina_[A-Za-z0-9_-]{{80,120}}', b'pina_\\w{{90,}}',
            b'x{access_cut}', b'pina_2026_01_01_00_00_00_000000_2026_01_02_00_00_00_000000',
        ),
    ),
    Rule(
        id=REFRESH_RULE,
        prefix=REFRESH,
        # three parts when signed (RFC 7515), five when encrypted (RFC 7516)
        exact=rb'eyJ[A-Za-z0-9_-]{8,4096}(?:\.[A-Za-z0-9_-]{16,65535}){2}(?:(?:\.[A-Za-z0-9_-]{8,65535}){2})?',
        loose=rb'[A-Za-z0-9][A-Za-z0-9_.-]{38,510}(?<=[A-Za-z0-9])',
        free=_FREE,
        source='Pinterest API v5 reference, "Generate OAuth access token": refresh_token pinr.eyJhbGciOiJS…',
        examples=(b'{refresh}', b'"refresh_token":"{refresh}"', b'x{refresh}', b'{refresh}.', b'a={refresh}&b=c'),
        near_misses=(
            b'pinr.', b'pinr.eyJhbGciOiJS\xe2\x80\xa6', b'pinr.eyJhbGciOiJS...', b'pinr.value.toString().length',
            b'pinr.configuration.conversions.endpoint.access.value', b'pinr.<token>', b'pinr.{sha256}',
        ),
    ),
)

BY_PREFIX = {rule.prefix: rule for rule in RULES}

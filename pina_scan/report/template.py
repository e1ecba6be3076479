"""`page/page.html`, filled by Jinja2 with autoescape.

Its style and its script are in it, and its content security policy lets nothing else run or load. All that a repository
can have named goes through `visible`.
"""
from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from typing import Any

from pina_scan.errors import ReportError
from pina_scan.report.names import visible

if TYPE_CHECKING:
    import jinja2


def filled(page: dict[str, Any]) -> str:
    """The page with those values. Raises ReportError without Jinja2."""
    environment = _environment()
    style, script = map(_part, ('page.css', 'page.js'))
    own = {'style': style, 'style_hash': _csp_hash(style), 'script': script, 'script_hash': _csp_hash(script)}
    return environment.get_template('page.html').render(page={**page, **own})


@cache
def _environment() -> jinja2.Environment:
    try:
        import jinja2
        from markupsafe import Markup
    except ImportError as error:
        raise ReportError(f'the HTML report needs {error.name}: `pip install jinja2`.') from None

    def shown(value: object) -> object:
        # Markup is a str, of this package only
        return visible(value) if isinstance(value, (bytes, str)) and not isinstance(value, Markup) else value

    def prose(text: str) -> Markup:
        # a sentence of this package, with what a repository named in it
        parts = visible(text).split('`')
        return Markup('').join(Markup('<code>{}</code>').format(part) if n % 2 else part for n, part in enumerate(parts))

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template), autoescape=True, undefined=jinja2.StrictUndefined,
        finalize=shown, trim_blocks=True, keep_trailing_newline=True,
    )
    environment.filters['prose'] = prose
    return environment


def _template(name: str) -> str:
    """Without its indentation, which ten thousand findings would repeat."""
    return re.sub('^ +', '', _read(name), flags=re.MULTILINE)


def _part(name: str) -> Any:
    """The style or the script, which go into the page as they are."""
    from markupsafe import Markup

    return Markup(_read(name))


def _read(name: str) -> str:
    return resources.files('pina_scan.report').joinpath('page', name).read_text('utf-8')


def _csp_hash(source: str) -> str:
    """What CSP Level 3 section 2.3.1 calls a hash source; of the element's text to the last byte."""
    return 'sha256-' + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()

"""`pina-scan fake`: tokens for documents and tests, which the scanner knows as fake."""
from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence

from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.options import Parser
from pina_scan.cli.stdout import write_stdout
from pina_scan.token import make_fake


def parser() -> Parser:
    made = Parser(
        prog='pina-scan fake',
        description='Prints tokens of the right form that are nobody\'s, for documents and tests. A scan lets them pass.',
    )
    made.add_argument('-n', metavar='N', type=int, default=1, help='how many (default: 1)')
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    made = parser()
    count = made.parse_args(args).n
    if count < 1:
        made.error('-n takes a number above 0')
    for _ in range(count):
        if not write_stdout(make_fake() + b'\n'):
            break
    return CLEAN

"""Draws `stopped-commit.svg`: a real commit of a made-up token, stopped by the real hook.

    python docs/picture.py
"""
from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pina_scan.token import make

ROOT = Path(__file__).parents[1]
WIDTH = 112
# fonts from elsewhere: a picture in a repository asks nobody for anything
_FONT_FACE = re.compile(r'@font-face \{.*?\}\s*', re.DOTALL)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        lines = stopped_commit(Path(folder))
    console = Console(record=True, width=WIDTH, file=open(os.devnull, 'w'), force_terminal=True)
    for line in lines:
        console.print(line)
    svg = _FONT_FACE.sub('', console.export_svg(title='git commit'))
    (ROOT / 'docs' / 'stopped-commit.svg').write_text('\n'.join(line.rstrip() for line in svg.splitlines()) + '\n')
    return 0


def stopped_commit(folder: Path) -> list[Text]:
    """The terminal of a developer who has just pasted a token into a `.env`."""
    source, shop = folder / 'pina-scan', folder / 'shop'
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns('.git', '.venv', 'benchmarks', '*.egg-info', 'build'))
    environ = {
        **os.environ, 'HOME': str(folder), 'GIT_CONFIG_GLOBAL': os.devnull, 'PRE_COMMIT_HOME': str(folder / 'store'),
        'PATH': os.pathsep.join((os.path.dirname(sys.executable), os.environ['PATH'])),
        **{f'GIT_{who}_{what}': 'dev@example.org' for who in ('AUTHOR', 'COMMITTER') for what in ('NAME', 'EMAIL')},
    }

    def run(*command: str, cwd: Path = shop) -> str:
        done = subprocess.run(command, cwd=cwd, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.stdout.decode()

    run('git', 'init', '--quiet', cwd=source)
    run('git', 'add', '-A', cwd=source)
    run('git', 'commit', '--quiet', '-m', 'source', cwd=source)
    shop.mkdir()
    run('git', 'init', '--quiet')
    rev = run('git', 'rev-parse', 'HEAD', cwd=source).strip()
    (shop / '.pre-commit-config.yaml').write_text(
        f'repos:\n-   repo: {source}\n    rev: {rev}\n    hooks:\n    -   id: pina-scan\n        args: [--color=always, --]\n',
    )
    run('pre-commit', 'install', '--install-hooks')
    (shop / '.env').write_bytes(b'SHOP_ENV=production\nPINTEREST_AD_ACCOUNT=549755885175\nPINTEREST_TOKEN=' + make() + b'\n')
    typed = ('git add .env', 'git commit -m "Track conversions"')
    out = [run('sh', '-c', line) for line in typed]
    shown = [Text.assemble(('$ ', 'bold green'), line) for line in typed]
    return [shown[0], shown[1], *map(Text.from_ansi, out[1].splitlines())]


if __name__ == '__main__':
    raise SystemExit(main())

"""Draws the pictures of README, of what the real commands do to a made-up repository:

    python docs/picture.py

`stopped-commit.svg`  a commit of a token, stopped by the hook
`history.svg`         `pina-scan history` on a terminal
`report.png`          the page of `--format html`, in Chromium (Debian: chromium, fonts-inter, fonts-jetbrains-mono)

Takes the extra `test`, and pillow.
"""
from __future__ import annotations

import io
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text
from shop import build

from pina_scan.token import make

ROOT = Path(__file__).parents[1]
WIDTH = 112
#: What of the page is shown: its head, and the first token.
PAGE = {'width': 1240, 'height': 1500}
# a report has few colours; the letters' edges need most of these
COLOURS = 96
# fonts from elsewhere: a picture in a repository asks nobody for anything
_FONT_FACE = re.compile(r'@font-face \{.*?\}\s*', re.DOTALL)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        draw('stopped-commit.svg', 'git commit', stopped_commit(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / 'shop'
        build(made)
        page = Path(folder) / 'report.html'
        command = ('history', '--no-cache', '--report', f'html={page}')
        lines = on_terminal(sys.executable, '-m', 'pina_scan', *command, cwd=made)
        draw('history.svg', 'pina-scan history', [prompt('pina-scan history'), *map(Text.from_ansi, lines)])
        (ROOT / 'docs' / 'report.png').write_bytes(screenshot(page))
    return 0


def draw(name: str, title: str, lines: list[Text]) -> None:
    console = Console(record=True, width=WIDTH, file=open(os.devnull, 'w'), force_terminal=True)
    for line in lines:
        console.print(line)
    svg = _FONT_FACE.sub('', console.export_svg(title=title))
    (ROOT / 'docs' / name).write_text('\n'.join(line.rstrip() for line in svg.splitlines()) + '\n')


def prompt(line: str) -> Text:
    return Text.assemble(('$ ', 'bold green'), line)


def on_terminal(*command: str, cwd: Path) -> list[str]:
    """What it writes to a terminal, without links: a picture has none."""
    master, slave = pty.openpty()
    environ = {**os.environ, 'TERM': 'xterm', 'COLUMNS': str(WIDTH), 'FORCE_HYPERLINK': '0', 'PYTHONPATH': str(ROOT)}
    environ.pop('CI', None)
    process = subprocess.Popen(command, cwd=cwd, env=environ, stdout=slave)
    os.close(slave)
    out = b''
    try:
        while piece := os.read(master, 4096):
            out += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    process.wait()
    return out.decode().replace('\r\n', '\n').splitlines()


def screenshot(page: Path) -> bytes:
    flags = ('--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync')
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which('chromium'), args=list(flags))
        opened = browser.new_page(viewport=PAGE)
        opened.goto(page.as_uri())
        shot = opened.screenshot()
        browser.close()
    made = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert('RGB').quantize(COLOURS, dither=Image.Dither.NONE).save(made, 'PNG', optimize=True)
    return made.getvalue()


def stopped_commit(folder: Path) -> list[Text]:
    """The terminal of a developer who has just pasted a token into a `.env`."""
    source, shop = folder / 'pina-scan', folder / 'shop'
    left_out = ('.git', '.venv', 'benchmarks', '*.egg-info', 'build', 'node_modules')
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*left_out))
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
    shown = [prompt(line) for line in typed]
    return [shown[0], shown[1], *map(Text.from_ansi, out[1].splitlines())]


if __name__ == '__main__':
    raise SystemExit(main())

"""`pina-scan doctor`: is this repository really protected? Looks, then proves it by a canary."""
from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

import pina_scan
from pina_scan.cli.boundary import CLEAN
from pina_scan.cli.boundary import FOUND
from pina_scan.cli.boundary import WRONG
from pina_scan.cli.options import Parser
from pina_scan.cli.redaction import redacted
from pina_scan.cli.redaction import said
from pina_scan.cli.session import Session
from pina_scan.cli.stdout import write_stdout
from pina_scan.doctor import around
from pina_scan.doctor import files
from pina_scan.doctor import pre_commit
from pina_scan.doctor.check import BAD
from pina_scan.doctor.check import NOTE
from pina_scan.doctor.check import OK
from pina_scan.doctor.check import UNKNOWN
from pina_scan.doctor.check import Check
from pina_scan.doctor.copy import copied
from pina_scan.doctor.proof import KINDS
from pina_scan.doctor.proof import Proof
from pina_scan.doctor.proof import commit
from pina_scan.doctor.proof import message
from pina_scan.doctor.proof import push
from pina_scan.errors import ConfigError
from pina_scan.errors import UsageError
from pina_scan.git.run import Git
from pina_scan.git.run import output
from pina_scan.hooks import managers
from pina_scan.hooks.setting import Place
from pina_scan.hooks.setting import place
from pina_scan.report.names import visible
from pina_scan.token import scrub

SCHEMA = 1
_PROOFS = {'commit': commit, 'message': message, 'push': push}
_HOOK_OF = {'commit': 'pre-commit', 'message': 'commit-msg', 'push': 'pre-push'}
_VERDICTS = {
    CLEAN: 'Protected: a token in a commit, a message or a push is stopped.',
    FOUND: 'Not protected: see above for what goes through, and what to type.',
    WRONG: 'It could not be found out: see above.',
}
#: How many lines of a failing hook are shown.
_SHOWN = 6


def parser() -> Parser:
    made = Parser(
        prog='pina-scan doctor',
        epilog='exit codes: 0 protected, 1 not, 2 it could not be found out, 3 a bug, 130 interrupted',
        description=(
            'Says whether this repository is protected: looks at its hooks and what leads past them, then commits and pushes a '
            'canary in a throwaway copy, through the hooks as git calls them. The repository itself is not touched.'
        ),
    )
    made.add_argument('--format', choices=('text', 'json'), default='text', help='default: text')
    made.add_argument('--no-proof', action='store_true', help='look only; nothing is run')
    made.add_argument(
        '--timeout', metavar='SECONDS', type=float, default=300.0, help='for one git command and its hooks (default: 300)',
    )
    return made


def main(args: Sequence[str], environ: Mapping[str, str]) -> int:
    options = parser().parse_args(args)
    git = Git(os.getcwdb(), environ)
    here = place(git)
    if here.top is None:
        raise UsageError('this repository has no work tree, so nothing is committed in it. Run it where you commit.')
    looked = list(_looked(git, here, environ))
    proofs = [] if options.no_proof else _proved(git, here, options.timeout)
    checks = [_cut(check) for check in (*looked, *(check for proof in proofs for check in _told(proof, here)))]
    code = _verdict(checks, proofs)
    told = (_json if options.format == 'json' else _text)(redacted(here.top), checks, code, proofs)
    write_stdout(told.encode('utf-8', 'backslashreplace'))
    return code


def _cut(check: Check) -> Check:
    """A folder, an alias, a setting may have a token in it."""
    return check._replace(about=said(check.about), words=said(check.words), advice=check.advice and said(check.advice))


def _looked(git: Git, here: Place, environ: Mapping[str, str]) -> Iterator[Check]:
    assert here.top is not None
    owners = files.owners(here)
    yield from _versions(git, environ, owners)
    yield files.folder(here)
    yield from files.hooks(here)
    path = os.path.join(os.fsdecode(here.top), pre_commit.CONFIG)
    if os.path.isfile(path):
        with open(path, 'rb') as file:
            yield from pre_commit.checks(file.read(), owners, environ, pina_scan.__version__)
    elif {'pre-commit', 'prek'} & set(owners.values()):
        yield Check(pre_commit.CONFIG, NOTE, 'is not there, though the hooks are installed')
    yield from around.variables(owners, environ, os.path.isfile(path))
    yield from around.managed(here, owners)
    yield from around.aliases(git)
    yield from around.worktrees(git, here)
    yield from _config(here.top, environ)


def _versions(git: Git, environ: Mapping[str, str], owners: Mapping[str, str | None]) -> Iterator[Check]:
    here = [output(git, 'version').decode().strip(), f'Python {platform.python_version()}', f'pina-scan {pina_scan.__version__}']
    runners = sorted({owner for owner in owners.values() if owner in managers.RUN_LEGACY})
    here += (f'{name} {_version(name, environ) or "not on the PATH"}' for name in runners)
    yield Check('versions', OK, ', '.join(here))
    found = _version('pina-scan', environ)
    if found is None:
        yield Check('PATH', NOTE, 'has no pina-scan: hooks that call it by its name fail')
    elif found != pina_scan.__version__:
        yield Check('PATH', NOTE, f'has pina-scan {found}: hooks that call it by its name run that one')


def _version(program: str, environ: Mapping[str, str]) -> str | None:
    """What the one on the PATH says it is; started outside of the repository."""
    found = shutil.which(program, path=environ.get('PATH', os.defpath))
    if found is None or not os.path.isabs(found):
        return None
    try:
        done = subprocess.run((found, '--version'), cwd='/', env=environ, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return next(reversed(done.stdout.decode('utf-8', 'replace').split()), None)


def _config(top: bytes, environ: Mapping[str, str]) -> Iterator[Check]:
    try:
        session = Session({}, top, environ)
        entries = len(session.entries())
    except ConfigError as error:
        yield Check('config', BAD, str(error))
        return
    config = session.config
    if config.placeholders == 'allow':
        yield Check('config', NOTE, 'lets placeholders pass')
    if config.exclude:
        yield Check('config', NOTE, f'excludes {", ".join(config.exclude)}')
    if entries:
        yield Check('baseline', NOTE, f'accepts {entries} {"token" if entries == 1 else "tokens"}')


def _proved(git: Git, here: Place, seconds: float) -> list[Proof]:
    with copied(git, here) as copy:
        return [prove(copy, seconds) for prove in _PROOFS.values()]


def _told(proof: Proof, here: Place) -> Iterator[Check]:
    about = f'proof: {proof.what}'
    advice = _advice(proof.what, here)
    if proof.slow:
        yield Check(about, UNKNOWN, 'took too long', '--timeout SECONDS')
    elif proof.stopped is None:
        yield Check(about, UNKNOWN, f'is stopped with and without a token, by something else: {_lines(proof.always)}')
    elif not proof.stopped:
        yield Check(about, BAD, f'a token in a {proof.what} goes through', advice)
    else:
        kinds = {label for label, _, _ in KINDS}
        holes = [label for label in proof.missed if label in kinds]
        folders = [label for label in proof.missed if label not in kinds]
        if holes:
            yield Check(about, BAD, f'files of these kinds go through: {", ".join(holes)}')
        else:
            unnamed = 'stopped, and not without the token, though no report was to be seen'
            yield Check(about, OK, 'stopped by pina-scan' if proof.named else unnamed)
        if folders:
            yield Check(about, NOTE, f'files below {", ".join(folders)} go through')
        if proof.always is not None:
            yield Check(about, NOTE, f'without a token it is stopped too: {_lines(proof.always)}')


def _advice(what: str, here: Place) -> str:
    hook = _HOOK_OF[what]
    owners = files.owners(here)
    if owners[hook] in managers.RUN_LEGACY:
        return f'add {pre_commit.IDS[hook]} to {pre_commit.CONFIG}, or: pina-scan install --hook-type {hook}'
    keepers = {*owners.values(), managers.manager(here.setting.path, b'')} - {None, 'other', 'pina-scan', *managers.RUN_LEGACY}
    return managers.advice(str(keepers.pop())) if keepers else 'pina-scan install'


def _lines(said: bytes | None) -> str:
    lines = scrub((said or b'').decode('utf-8', 'backslashreplace')).strip().splitlines()
    return ' / '.join(lines[-_SHOWN:]) or 'it says nothing'


def _verdict(checks: Sequence[Check], proofs: Sequence[Proof]) -> int:
    """The proofs decide; what was looked at only where none was made."""
    if not proofs:
        return FOUND if any(check.state == BAD for check in checks) else WRONG
    states = {check.state for check in checks if check.about.startswith('proof: ')}
    return FOUND if BAD in states else WRONG if UNKNOWN in states else CLEAN


def _text(top: bytes, checks: Sequence[Check], code: int, proofs: Sequence[Proof]) -> str:
    lines = [f'pina-scan doctor: {visible(top)}']
    for number, check in enumerate(checks):
        lines.append(f'  {check.state:<7} {visible(check.about)}: {visible(check.words)}')
        # the same for several is said behind the last of them
        if check.advice and check.advice not in (later.advice for later in checks[number + 1:]):
            first, *rest = check.advice.splitlines()
            lines += [f'          type: {visible(first)}', *(f'          {visible(line)}' for line in rest)]
    return '\n'.join([*lines, _VERDICTS[code] if proofs else 'Nothing was proved: --no-proof.']) + '\n'


def _json(top: bytes, checks: Sequence[Check], code: int, proofs: Sequence[Proof]) -> str:
    protected = {CLEAN: True, FOUND: False}.get(code)
    return json.dumps({
        'schema': SCHEMA,
        'tool': {'name': 'pina-scan', 'version': pina_scan.__version__},
        'repository': os.fsdecode(top),
        'protected': protected,
        'checks': [check._asdict() for check in checks],
        'proofs': [{'what': p.what, 'stopped': p.stopped, 'missed': list(map(said, p.missed)), 'named': p.named} for p in proofs],
    }, indent=2) + '\n'



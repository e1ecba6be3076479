"""Examples for `--help` and the manual page; a test runs every one of them."""
from __future__ import annotations

#: command -> lines to type, and what each is for
EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    'scan': (
        ('pina-scan', 'the current folder; in a repository what git tracks and does not ignore'),
        ('pina-scan src README.md', 'these'),
        ('printenv | pina-scan -', 'standard input'),
        ('pina-scan --format json --output report.json', 'a report for a program'),
        ('pina-scan --report sarif=report.sarif --report csv=report.csv', 'reports in files, and the text here'),
    ),
    'hook': (
        ('pina-scan hook -- README.md src/app.py', 'what pre-commit calls'),
        ('pina-scan hook --allow-placeholders -- README.md', 'options end in --'),
    ),
    'staged': (('pina-scan staged', 'what the next commit would store'),),
    'message': (('pina-scan message .git/COMMIT_EDITMSG', 'what a commit-msg hook calls'),),
    'push': (('pina-scan push origin < /dev/null', "what a pre-push hook calls, with git's lines on standard input"),),
    'history': (
        ('pina-scan history', 'every object, reachable or not'),
        ('pina-scan history origin/main..HEAD', 'what a branch adds'),
        ('pina-scan history --all --since=2026-01-01', 'any arguments of git rev-list'),
    ),
    'baseline': (
        ('pina-scan baseline create --reason "revoked, ticket 17"', 'accept what is found now'),
        ('pina-scan baseline add --owner me --until 2099-12-31 docs', 'and what is found there, until a day'),
        ('pina-scan baseline prune', 'take out what accepts nothing any more'),
        ('pina-scan baseline list', 'what is in it'),
    ),
    'fake': (('pina-scan fake -n 2 > fixtures.txt', 'two tokens for a test'),),
    'ci': (
        ('pina-scan ci --no-inline-allow --range origin/main..HEAD', 'what a branch adds'),
        ('pina-scan ci --mode history', 'everything git keeps'),
        ('pina-scan ci --mode tree --report junit=report.xml', 'what is checked out'),
    ),
    'install': (
        ('pina-scan install', 'for this repository'),
        ('pina-scan install --uninstall', 'and out again'),
        ('pina-scan install --global', "for all of this user's repositories"),
        ('pina-scan install --global --uninstall', 'and out again'),
    ),
    'doctor': (
        ('pina-scan doctor', 'is this repository protected?'),
        ('pina-scan doctor --no-proof', 'only look, and run nothing'),
    ),
    'git-hook': (
        ('pina-scan git-hook pre-commit', 'a line for a pre-commit hook of your own'),
        ('pina-scan git-hook commit-msg .git/COMMIT_EDITMSG', 'a line for a commit-msg hook: pass "$@"'),
    ),
    'completion': (
        ('pina-scan completion bash > pina-scan.bash', 'for bash: source it, or put it where bash-completion looks'),
        ('pina-scan completion zsh > _pina-scan', 'for zsh: put it into a folder of $fpath'),
        ('pina-scan completion fish > pina-scan.fish', 'for fish: put it into ~/.config/fish/completions'),
    ),
    'man': (('pina-scan man > pina-scan.1', 'then: man ./pina-scan.1'),),
}

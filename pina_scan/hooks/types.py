"""The hooks that git runs, as githooks(5) lists them: those that scan, and the others."""
from __future__ import annotations

#: git stores or sends something behind each of these. `git merge` calls pre-merge-commit in place of pre-commit; what
#: prepare-commit-msg sees goes through commit-msg afterwards, with what the user has typed.
PROTECTING = ('pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push')

#: What a global core.hooksPath switches off in every repository, and what therefore has to be handed on. Not
#: push-to-checkout, which takes the place of what git does by itself where it merely exists, and not
#: fsmonitor-watchman, which a config key names by its path.
HANDED_ON = (
    'applypatch-msg', 'pre-applypatch', 'post-applypatch', 'prepare-commit-msg', 'post-commit', 'pre-rebase',
    'post-checkout', 'post-merge', 'post-rewrite', 'pre-auto-gc', 'pre-receive', 'update', 'proc-receive',
    'post-receive', 'post-update', 'reference-transaction', 'sendemail-validate', 'post-index-change',
    'p4-changelist', 'p4-prepare-changelist', 'p4-post-changelist', 'p4-pre-submit',
)

#: What a hook that was there is called while pina-scan's stands in its place.
KEPT = b'.before-pina-scan'
#: What pre-commit and prek call a hook that they found; they run it first, with the same arguments and input.
LEGACY = b'.legacy'

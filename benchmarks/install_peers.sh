#!/bin/sh
# Installs the peers below the folder PREFIX, each by its own registry's client. One that can't be had is said so.
#   sh benchmarks/install_peers.sh PREFIX
set -u
[ $# -eq 1 ] || { echo 'usage: install_peers.sh PREFIX' >&2; exit 2; }
mkdir -p "$1" && prefix=$(cd "$1" && pwd) || exit 2

try() {  # NAME COMMAND...
    name=$1; shift
    if "$@" >"$prefix/$name.log" 2>&1; then
        echo "$name: installed"
    else
        echo "$name: not installed ($(tail -n 1 "$prefix/$name.log"))"
    fi
}

into_venv() { "$prefix/venv/bin/python" -m pip install --quiet --upgrade "$1"; }
into_bin() { GOBIN="$prefix/bin" go install "$1"; }

try venv python3 -m venv "$prefix/venv"
try kingfisher into_venv kingfisher-bin
try detect-secrets into_venv detect-secrets
try secretlint npm install --prefix "$prefix/npm" --ignore-scripts --no-audit --no-fund \
    secretlint @secretlint/secretlint-rule-preset-recommend @secretlint/secretlint-rule-pattern
# the one that PyPI has is of 2021; the newer ones are not given out as a Go module
try venv-old python3 -m venv "$prefix/old"
try trufflehog "$prefix/old/bin/python" -m pip install --quiet trufflehog
try gitleaks into_bin github.com/zricethezav/gitleaks/v8@latest
try betterleaks into_bin github.com/betterleaks/betterleaks@latest
try ripsecrets cargo install --quiet --locked --root "$prefix" ripsecrets
command -v rg >/dev/null && echo 'ripgrep: already there' || try ripgrep apt-get install --yes ripgrep

#!/bin/sh
# sh tools/setup.sh [EXTRA]
#
# Makes .venv and installs this checkout into it, with the extra that is named. Done before and nothing
# changed since: returns at once. Touches nothing outside .venv, but for one case: on Debian and Ubuntu
# Python's own venv is a package of its own, which root gets installed and everyone else is told about.
set -eu
cd "$(dirname "$0")/.."
extra=${1:-}

say() { echo "setup: $*" >&2; }
give_up() { say "$@"; exit 1; }

# What was installed is good for as long as these stay the same. `test` holds all that the demo needs.
recipe() { pwd; cat pyproject.toml; }
is_installed() { [ "$(cat ".venv/installed-$1" 2>/dev/null)" = "$(recipe)" ] && .venv/bin/python -c ''; }
if is_installed "$extra" || is_installed test; then exit 0; fi

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    give_up "syncdsl needs Python 3.11 or newer, and this machine has" \
        "$(python3 --version 2>/dev/null || echo none); please install one and run this again"
}

need_venv() {
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then return; fi
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    command -v apt-get >/dev/null ||
        give_up "$python lacks its modules venv and ensurepip; please install them and run this again"
    [ "$(id -u)" = 0 ] ||
        give_up "$package is missing; please run 'sudo apt-get install $package', then this again"
    say "installing $package"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$package" >/dev/null
}

python=$(find_python)
if ! .venv/bin/pip --version >/dev/null 2>&1; then
    need_venv
    "$python" -m venv --clear .venv
fi
say "installing into .venv, once (some seconds)"
.venv/bin/python -m pip install -qq --disable-pip-version-check --editable ".${extra:+[$extra]}"
recipe >".venv/installed-$extra"

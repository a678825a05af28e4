#!/bin/sh
# Makes .venv with a Python of 3.11 or newer. What the machine lacks is installed by root, and named to anyone else.
set -eu

# An environment that works is kept: only what the lock names is brought up to date in it
suits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if suits "$candidate"; then echo "$candidate"; return; fi
    done
    return 1
}
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
install() { DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' apt "$@" >/dev/null; }

if suits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then exit 0; fi

python=$(find_python) || {
    if may_install; then install python3 python3-venv; fi
    python=$(find_python) || {
        echo "Python 3.11 or newer is missing: sudo apt-get install python3 python3-venv (Debian 12, Ubuntu 24.04 or newer)" >&2
        exit 1
    }
}
if ! "$python" -m venv --clear .venv >/dev/null 2>&1; then
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    if may_install; then install "$version-venv" || install python3-venv; fi
    "$python" -m venv --clear .venv >/dev/null 2>&1 || {
        rm -rf .venv
        echo "The module venv of $version is missing: sudo apt-get install $version-venv" >&2
        exit 1
    }
fi

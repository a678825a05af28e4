#!/bin/sh
# Sees that signing in can be tested against a real OpenID Connect provider: Node.js, and the locked packages of
# tests/oidc. Root installs what is missing; to anyone else it is named in one line, and those tests are skipped.
set -u
cd "$(dirname "$0")/../tests/oidc" || exit 1

missing() {
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
}

packages=$(missing | tr '\n' ' ')
packages=${packages% }
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $packages for the tests of signing in …"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # several words are several packages
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages >/dev/null
    packages=$(missing | tr '\n' ' ')
    packages=${packages% }
fi
if [ -n "$packages" ]; then
    echo "Without $packages the tests of an organisation's own sign-in are skipped: sudo apt-get install $packages" >&2
    exit 0
fi
if [ node_modules/.package-lock.json -nt package-lock.json ]; then exit 0; fi
echo "Installing the OpenID Connect provider for the tests of signing in …"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && exit 0
echo "The OpenID Connect provider could not be installed: the tests of an organisation's own sign-in are skipped." >&2

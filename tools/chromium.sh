#!/bin/sh
# Sees that the browser tests can run: Chromium, and the library that Playwright's driver needs. Root installs what is
# missing; to anyone else it is named in one line, and the tests run without a browser.
set -u

missing() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || echo chromium
    for library in /usr/lib/*/libatomic.so.1 /usr/lib64/libatomic.so.1 /lib/*/libatomic.so.1; do
        if [ -e "$library" ]; then return; fi
    done
    echo libatomic1
}

packages=$(missing | tr '\n' ' ')
packages=${packages% }
if [ -z "$packages" ]; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $packages for the browser tests …"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # several words are several packages
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages >/dev/null
    packages=$(missing | tr '\n' ' ')
    packages=${packages% }
fi
if [ -n "$packages" ]; then
    echo "Without $packages the browser tests are skipped: sudo apt-get install $packages" >&2
fi

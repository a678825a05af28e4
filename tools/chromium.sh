#!/bin/sh
# Sees that there is a Chromium for the browser tests: installed by root, named to anyone else, who tests without.
set -u

found() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
found || echo "Chromium is missing, so the browser tests are skipped: sudo apt-get install chromium" >&2

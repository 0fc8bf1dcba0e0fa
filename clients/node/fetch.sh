#!/bin/bash
# Fetches what clients/node/build.sh needs into clients/node/node_modules, as package-lock.json pins it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
stamp=node_modules/.made_from wanted=$(sha256sum package-lock.json)
[[ ! -r $stamp || $(<"$stamp") != "$wanted" ]] || exit 0
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
echo "$wanted" >"$stamp"

#!/bin/bash
# Runs cases of tests/conformance with the Node client: --servers=FILE --cases=FOLDER.  build.sh comes first.
exec node "$(dirname "${BASH_SOURCE[0]}")/.build/conformance/runner.js" "$@"

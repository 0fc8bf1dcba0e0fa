#!/bin/bash
# Runs cases of tests/conformance with the C++ client: --servers=FILE --cases=FOLDER.  build.sh comes first.
exec "$(dirname "${BASH_SOURCE[0]}")/.build/conformance" "$@"

#!/bin/bash
# Runs cases of tests/conformance with the Java client: --servers=FILE --cases=FOLDER.  build.sh comes first.
set -euo pipefail
target=$(dirname "${BASH_SOURCE[0]}")/target
exec java -cp "$target/test-classes:$target/classes:$(<"$target/classpath")" dev.crossfoot.Conformance "$@"

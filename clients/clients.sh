#!/bin/bash
# Generates the stubs of the client packages, builds the packages and runs their own tests.
#
#   clients/clients.sh [LANGUAGE]...      all of them when none is named
#
# A language is a folder of clients/ with two programs:
#   build.sh         generates from proto/, builds, tests; needs tools/setup.sh --clients and no network.  That of C++
#                    takes BAZEL, OPT and FLAGS from the Makefile
#   conformance.sh   runs the cases of tests/conformance: --servers=FILE --cases=FOLDER
# What they make stays in folders that git ignores.  Goes on with the next language when one fails; exits 1 then.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

(($#)) || set -- */build.sh
failed=0
for language; do
  language=${language%/build.sh}
  echo "== $language"
  "$language/build.sh" </dev/null || {
    echo "== $language: failed" >&2
    failed=1
  }
done
exit "$failed"

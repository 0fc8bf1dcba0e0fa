#!/bin/bash
# Builds the runner of the conformance cases (.build/conformance) with Bazel, which also builds and tests the client
# itself.  BAZEL, OPT and FLAGS are those of the Makefile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
read -ra bazel <<<"${BAZEL:-/usr/bin/bazel}"
read -ra flags <<<"${OPT:---compilation_mode=opt --copt=-O3} ${FLAGS:-}"

"${bazel[@]}" build "${flags[@]}" //clients/cpp/conformance:runner
bin=$("${bazel[@]}" info "${flags[@]}" bazel-bin 2>/dev/null)
install -D "$bin/clients/cpp/conformance/runner" clients/cpp/.build/conformance

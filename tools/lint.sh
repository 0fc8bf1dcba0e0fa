#!/bin/bash
# Runs clang-tidy over our sources by .clang-tidy.  First proves that it is alive: every defect planted in
# tools/lint/planted_defects.cc must be found.  Only sources that changed since the last run are looked at again.
#
#   tools/lint.sh [TARGET…]      //... when none is given; BAZEL names the Bazel to use
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
read -r -a bazel <<<"${BAZEL:-/usr/bin/bazel}"
(($#)) || set -- //...

planted=tools/lint/planted_defects.cc
found=$(clang-tidy-16 --quiet "$planted" -- -std=c++20 -Wall -Wextra 2>/dev/null) || true
missed=0
while IFS=: read -r line text; do
  check=${text##*PLANTED }
  grep -qE "planted_defects\.cc:$line:[0-9]+: error: .*\[${check}[],]" <<<"$found" || {
    echo "lint: clang-tidy missed the planted $check at $planted:$line; .clang-tidy is broken" >&2
    missed=$((missed + 1))
  }
done < <(grep -n PLANTED "$planted")
((missed == 0)) || exit 1
echo "lint: all $(grep -c PLANTED "$planted") planted defects found"

"${bazel[@]}" build --keep_going --show_result=0 \
  --aspects=//tools/lint:clang_tidy.bzl%clang_tidy --output_groups=clang_tidy "$@"

if command -v shellcheck >/dev/null; then
  shellcheck --severity=warning .ci/run tools/*.sh
fi
echo "lint: clean"

#!/bin/bash
# Checks that the API is well made, that it breaks no caller of the last release, and that docs/openapi.yaml is up to
# date.  First proves that the checks are alive: defects planted in a copy of proto/ must be found.
#
#   tools/api.sh                   all of that
#   tools/api.sh release-image     makes proto/ as it is now the last release; part of making one
#
# Needs tools/setup.sh --api.  The image is named after the release, crossfoot-VERSION.binpb.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

buf=$PWD/third_party/tools/node/node_modules/.bin/buf
releases=proto/released

fail() {
  echo "api: $*" >&2
  exit 1
}

last_release() {
  local -a images=("$releases"/crossfoot-*.binpb)
  [[ ${#images[@]} == 1 && -r ${images[0]} ]] || fail "$releases must hold the image of the last release and no other"
  echo "$PWD/${images[0]}"
}

lint() { "$buf" lint; }
breaking() { "$buf" breaking proto --against "$1"; }

# What each check must say about a copy of proto/ with a defect.
prove_alive() {
  local image=$1 copy said
  copy=$(mktemp -d)
  # shellcheck disable=SC2064  # the name of today's folder is meant
  trap "rm -rf '$copy'" EXIT
  mkdir "$copy/third_party"
  cp -r buf.yaml proto "$copy"
  cp -r third_party/googleapis "$copy/third_party"
  said=$(cd "$copy" && sed -i '/^  optional int32 sentences = 1;$/d' proto/crossfoot/v1/summary.proto && breaking "$image") &&
    fail "buf breaking does not see that Summary.sentences is gone"
  [[ $said == *'"sentences" on message "Summary" was deleted'* ]] ||
    fail "buf breaking cannot be run on a copy of proto/: $said"
  said=$(cd "$copy" && sed -i 's/^  SEVERITY_INFO = 1;$/  INFO = 1;/' proto/crossfoot/v1/finding.proto && lint) &&
    fail "buf lint does not see that an enum value lacks its prefix"
  [[ $said == *'"INFO" should be prefixed with "SEVERITY_"'* ]] || fail "buf lint cannot be run on a copy of proto/: $said"
  rm -rf "$copy"
  trap - EXIT
  echo "api: all 2 planted defects found"
}

case ${1:-} in
  "")
    image=$(last_release)
    prove_alive "$image"
    failed=0
    lint || { echo "api: names and files of proto/ are against buf.yaml" >&2 && failed=1; }
    breaking "$image" || { echo "api: callers of $(basename "$image" .binpb) break" >&2 && failed=1; }
    tools/make_openapi.py | diff -u docs/openapi.yaml - >&2 ||
      { echo "api: docs/openapi.yaml is not up to date: run make docs" >&2 && failed=1; }
    ((failed == 0)) || exit 1
    echo "api: clean, and compatible with $(basename "$image" .binpb)"
    ;;
  release-image)
    version=$(sed -En 's/.*kVersion\[\] = "([^"]+)".*/\1/p' services/report/version.h)
    [[ -n $version ]] || fail "no kVersion in services/report/version.h"
    mkdir -p "$releases"
    "$buf" build proto --path proto/crossfoot/v1 --exclude-source-info --output "$releases/new.binpb"
    rm -f "$releases"/crossfoot-*.binpb
    mv "$releases/new.binpb" "$releases/crossfoot-$version.binpb"
    echo "api: $releases/crossfoot-$version.binpb"
    ;;
  *) echo "usage: tools/api.sh [release-image]" >&2 && exit 2 ;;
esac

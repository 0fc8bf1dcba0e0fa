#!/bin/bash
# The step of action.yml, which says what the variables are.  Inputs come as variables, never as parts of a script, so
# that nothing in them is run.  The exit status is that of crossfoot check, or 2 when there is nothing to check.
set -euo pipefail
shopt -s globstar nullglob

fail() {
  echo "::error title=Crossfoot::$*"
  exit 2
}

command -v crossfoot >/dev/null || fail "crossfoot is not on the PATH; docs/ci.md says where it comes from"

# Words are not split: a line is one glob, and may hold blanks.
IFS=
files=()
while read -r glob; do
  # shellcheck disable=SC2206  # a glob is meant
  [[ -z $glob ]] || files+=($glob)
done <<<"$CROSSFOOT_FILES"
((${#files[@]})) || fail "no file matches the input files"

flags=(--format=github --report="sarif:$CROSSFOOT_SARIF")
[[ -z $CROSSFOOT_FAIL_ON ]] || flags+=(--fail-on="$CROSSFOOT_FAIL_ON")
[[ -z $CROSSFOOT_BASELINE ]] || flags+=(--baseline="$CROSSFOOT_BASELINE")
while read -r argument; do
  [[ -z $argument ]] || flags+=("$argument")
done <<<"$CROSSFOOT_ARGUMENTS"

status=0
crossfoot check "${flags[@]}" -- "${files[@]}" || status=$?
[[ ! -e $CROSSFOOT_SARIF ]] || echo "sarif=$CROSSFOOT_SARIF" >>"$GITHUB_OUTPUT"
exit "$status"

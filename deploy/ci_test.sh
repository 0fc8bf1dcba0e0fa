#!/bin/bash
# The step of the GitHub action and the script of the GitLab job, run as their runners run them.
set -euo pipefail
crossfoot=$PWD/clients/cli/crossfoot action=$PWD/deploy/github
job=$PWD/deploy/gitlab/crossfoot.gitlab-ci.yml

fail() {
  echo "ci_test: $*" >&2
  cat "$work/said" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/tree/reports/2024 年"
ln -s "$crossfoot" "$work/bin/crossfoot"
cp examples/clean.txt "$work/tree/reports"
cp examples/wrong_share_and_gap.txt "$work/tree/reports/2024 年/a b.txt"
cd "$work/tree"

# step STATUS [VARIABLE=VALUE]…: runs what action.yml runs, with its defaults.
step() {
  local wanted=$1 status=0 run
  shift
  run=$(sed -n "s/^ *run: '\(.*\)'$/\1/p" "$action/action.yml")
  : >"$work/output"
  env PATH="$work/bin:$PATH" GITHUB_ACTION_PATH="$action" GITHUB_OUTPUT="$work/output" CROSSFOOT_FILES='' \
    CROSSFOOT_FAIL_ON=error CROSSFOOT_BASELINE='' CROSSFOOT_SARIF=crossfoot.sarif CROSSFOOT_ARGUMENTS='' "$@" \
    bash --noprofile --norc -eo pipefail -c "$run" &>"$work/said" || status=$?
  [[ $status == "$wanted" ]] || fail "$*: exit status $status, not $wanted"
}

# Every variable of the script is one that action.yml sets, and the other way round.
variables() { grep -o 'CROSSFOOT_[A-Z_]*' "$1" | sort -u; }
diff <(variables "$action/check.sh") <(variables "$action/action.yml")

step 0 CROSSFOOT_FILES='reports/*.txt'
grep -q '"results": \[\]' crossfoot.sarif || fail "a clean report has results"
[[ $(<"$work/output") == sarif=crossfoot.sarif ]] || fail "no output"

step 1 CROSSFOOT_FILES=$'reports/*.txt\n\nreports/2024 */**/*.txt'
grep -q '^::error file=reports/2024 年/a b.txt,line=5,' "$work/said" || fail "no annotation"
grep -q '"uri": "reports/2024%20%E5%B9%B4/a%20b.txt"' crossfoot.sarif || fail "no result"

step 0 CROSSFOOT_FILES='**/*.txt' CROSSFOOT_FAIL_ON=never CROSSFOOT_SARIF='an other.sarif' CROSSFOOT_ARGUMENTS=--lang=en
grep -q '"language": "en"' 'an other.sarif' || fail "the arguments are not heeded"
[[ $(<"$work/output") == 'sarif=an other.sarif' ]] || fail "no output"

"$crossfoot" check --baseline=known.baseline --update-baseline -- reports/*.txt reports/*/*.txt >"$work/said" ||
  fail "no baseline"
step 0 CROSSFOOT_FILES='**/*.txt' CROSSFOOT_BASELINE=known.baseline

step 2 CROSSFOOT_FILES='nothing/*.txt'
grep -q '^::error .*no file matches' "$work/said" || fail "silent about files that are not there"
# What stands in an input is not run.
step 2 CROSSFOOT_FILES='$(touch ran) `touch ran`; touch ran' CROSSFOOT_ARGUMENTS='$(touch ran)'
[[ ! -e ran ]] || fail "an input was run"

script=$(sed -n 's/^    - \(crossfoot .*\)/\1/p' "$job")
status=0
env PATH="$work/bin:$PATH" CROSSFOOT_FILES='reports/*.txt reports/*/*.txt' bash -eo pipefail -c "$script" \
  &>"$work/said" || status=$?
[[ $status == 1 ]] || fail "the GitLab job ends with $status"
for artifact in $(sed -En 's/^      (codequality|junit): //p' "$job"); do
  grep -q 'share-matches-amounts' "$artifact" || fail "$artifact does not hold the finding"
done

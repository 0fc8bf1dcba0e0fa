#!/bin/bash
# Tests of crossfoot_test that must fail: they do, say why in the log and leave JUnit XML.
set -uo pipefail
folder=clients/bazel/tests

fail() {
  echo "failing_test: $*" >&2
  cat "$TEST_TMPDIR/log" >&2
  exit 1
}

# fails NAME LOG XML: what stands in the log of the test NAME, and in its XML.
fails() {
  local status=0
  XML_OUTPUT_FILE="$TEST_TMPDIR/$1.xml" "$folder/$1" &>"$TEST_TMPDIR/log" || status=$?
  [[ $status == 1 ]] || fail "$1 ends with $status"
  grep -qF -- "$2" "$TEST_TMPDIR/log" || fail "$1 does not say: $2"
  grep -qF -- "$3" "$TEST_TMPDIR/$1.xml" || fail "the XML of $1 does not hold: $3"
}

fails generated_misprint "$folder/misprint.txt:11:152: error: The share does not follow from the amounts" \
  "<testsuite name=\"$folder/misprint.txt\""
grep -qF "<testsuite name=\"examples/clean.txt\"" "$TEST_TMPDIR/generated_misprint.xml" || fail "a report is missing"
fails own_rules "$folder/住宿业.txt:1:28: error: 入住率不符" 'our-occupancy'
fails history "$folder/releases/draft.txt:1:19: warning:" 'release-restates'
grep -qF "$folder/history.history/$folder/releases/published/2024-02.txt:1:19: note:" "$TEST_TMPDIR/log" ||
  fail "history does not cite the earlier report"
fails project "$folder/releases/published/2024-02.txt:1:19: note:" 'release-restates'

# Flags of --test_arg reach the program.
"$folder/own_rules" --fail-on=never --lang=en >"$TEST_TMPDIR/log" 2>&1 || fail "own_rules does not heed its arguments"
grep -qF 'The occupancy does not follow' "$TEST_TMPDIR/log" || fail "own_rules does not heed its arguments"

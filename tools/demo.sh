#!/bin/bash
# Checks the reports in examples/ and shows the findings.  Succeeds when every report is judged as it should be: those
# with "clean" in their name have nothing to find, all others contradict themselves.
#
#   tools/demo.sh CROSSFOOT      the program; `make demo` builds it first
set -euo pipefail
crossfoot=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

clean_count=0 bad_count=0 wrong_count=0
for report in examples/*.txt; do
  echo "== crossfoot check $report"
  status=0
  "$crossfoot" check "$report" || status=$?
  case $report:$status in
    *clean*:0) clean_count=$((clean_count + 1)) ;;
    *clean*:*) wrong_count=$((wrong_count + 1)) && echo "demo: $report is clean, but the exit status is $status" ;;
    *:1) bad_count=$((bad_count + 1)) ;;
    *) wrong_count=$((wrong_count + 1)) && echo "demo: $report contradicts itself, but the exit status is $status" ;;
  esac
  echo
done
if ((wrong_count || !clean_count || !bad_count)); then
  echo "demo: failed: $wrong_count reports misjudged, $bad_count found bad, $clean_count found clean" >&2
  exit 1
fi
echo "demo: $bad_count reports contradict themselves and were found out, $clean_count is clean and passed"

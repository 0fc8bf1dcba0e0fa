#!/bin/bash
# Looks at the pages of `check --format=html` in Debian's Chromium, as an editor would: mouse, keyboard, touch, filters,
# both languages, dark, paper, a phone, without JavaScript; nothing may go wrong in the console or ask for the network.
# First proves that it is alive: a script that the page's policy does not allow must be found.  Leaves the pages and
# screenshots in .html_report, which git ignores.
#
#   tools/html_report.sh CROSSFOOT      the program; `make html-report` builds it first
#
# Needs tools/setup.sh --browser.
set -euo pipefail
crossfoot=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly PAGES=.html_report TEST=tests/html_report/html_report_test.mjs

fail() {
  echo "html-report: $*" >&2
  exit 1
}

rm -rf "$PAGES"
mkdir "$PAGES"
# page NAME LANGUAGE STATUS FILE…
page() {
  local status=0
  "$crossfoot" check --format=html --lang="$2" "${@:4}" >"$PAGES/$1.html" 2>/dev/null || status=$?
  ((status == $3)) || fail "$1: the exit status is $status"
}
page clean zh 0 examples/clean.txt
page faulty zh 1 examples/wrong_share_and_gap.txt
page faulty_en en 1 examples/wrong_share_and_gap.txt
page table zh 1 tests/html_report/table.html
page several zh 2 examples/*.txt tests/html_report/table.html tests/html_report/missing.txt
page hostile zh 0 tests/html_report/hostile.html

sed 's/^  "use strict";$/  "use strict"; \/\/ changed/' "$PAGES/clean.html" >"$PAGES/planted.html"
if said=$(node "$TEST" "$PAGES" planted 2>&1); then
  fail "a script that the policy does not allow goes unseen"
fi
[[ $said == *"Content Security Policy"* ]] || fail "the browser cannot be run: $said"
rm "$PAGES/planted.html"
echo "html-report: the planted defect was found"

node "$TEST" "$PAGES"
echo "html-report: screenshots are in $PAGES"

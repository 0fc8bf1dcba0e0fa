#!/bin/bash
# Holds the SARIF that `check` writes against the standard, its rules for producers and what GitHub code scanning asks
# for: with Microsoft's sarif-multitool, and with tools/check_sarif.py, which also holds every place against the bytes
# of the file.  The reports are those of examples/, copies of one in another encoding, with a byte order mark and with
# characters outside the Basic Multilingual Plane, and files that cannot be checked.  First proves that it is alive:
# defects planted in a copy must be found.
#
#   tools/sarif.sh CROSSFOOT      the program; `make sarif` builds it first
#
# Needs tools/setup.sh --sarif.
set -euo pipefail
crossfoot=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tree=$PWD multitool=$PWD/third_party/tools/sarif/node_modules/@microsoft/sarif-multitool-linux

fail() {
  echo "sarif: $*" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Prints what is wrong with the file $1, nothing when it is well made, and to the standard error how many places it has.
mistakes_of() {
  local said
  # The rules of the standard and of GitHub Advanced Security; those for Azure DevOps ask for ids of its pipelines.  The
  # exit status does not tell what was found.
  said=$(cd "$work" &&
    "$multitool/Sarif.Multitool" validate --rule-kind='Sarif;Ghas' --level='Error;Warning' "$1" 2>&1) || true
  [[ $said == *"Analysis completed successfully."* ]] || fail "sarif-multitool cannot be run: $said"
  grep -E ': (error|warning) [A-Z]' <<<"$said" || true
  (cd "$work" && "$tree/tools/check_sarif.py" "$multitool/sarif-2.1.0.json" "$1")
}

# check STATUS NAME [FLAG]… FILE…: makes NAME.sarif of the files; crossfoot must end with STATUS.
check() {
  local wanted=$1 name=$2 status=0
  shift 2
  (cd "$work" && "$crossfoot" check --report="sarif:$name.sarif" "$@" &>"$name.log") || status=$?
  [[ $status == "$wanted" ]] || { cat "$work/$name.log" >&2 && fail "$name: the exit status is $status, not $wanted"; }
}

cp examples/*.txt "$work"
report=wrong_share_and_gap
# 𠮷 is two code units in UTF-16 and one code point.
sed 's/^\(.*西部地区\)/𠮷𠮷\1/' "examples/$report.txt" >"$work/a 𠮷 [1]%.txt"
printf '\xEF\xBB\xBF前4个月，我国进出口总值13.18万亿元。其中，出口7.81万亿元；进口6万亿元。' >"$work/mark.txt"
iconv -f UTF-8 -t GB18030 "examples/$report.txt" >"$work/$report.gb18030.txt"
printf 'ab\0c' >"$work/binary.txt"

check 1 faulty --lang=zh misprinted_total.txt "$report.txt" clean.txt
check 1 english --lang=en misprinted_total.txt "$report.txt" clean.txt
check 0 clean clean.txt
check 1 encodings "$work/a 𠮷 [1]%.txt" mark.txt "$report.gb18030.txt"
check 2 unreadable missing.txt binary.txt . "$report.txt"
check 2 nothing missing.txt

# planted DEFECT SAID: the sed script DEFECT must change english.sarif, and SAID must then stand among the mistakes.
planted_count=0
planted() {
  local said
  sed -z "$1" "$work/english.sarif" >"$work/planted.sarif"
  ! cmp -s "$work/english.sarif" "$work/planted.sarif" || fail "nothing to plant \"$2\" in: $1"
  said=$(mistakes_of planted.sarif 2>&1)
  [[ $said == *"$2"* ]] || fail "\"$2\" is not found after $1: $said"
  planted_count=$((planted_count + 1))
}
planted 's/"\$schema": [^,]*,//' GH1013
planted 's/"semanticVersion"/"semantikVersion"/' JSON1005
planted 's/"endColumn": [0-9]*/"endColumn": 1/' SARIF1007
planted 's/"startColumn": \([0-9]*\)/"startColumn": 1\1/' 'line and columns are of'
planted 's/"byteOffset": \([0-9]*\)/"byteOffset": 1\1/' 'bytes are'
planted 's/"uri": "wrong/"uri": "file:\/\/\/tmp\/wrong/' 'not relative'
planted 's/\](1)/](7)/' 'links to'
planted 's/"level": "error"/"level": "fatal"/' 'against the schema'
echo "sarif: all $planted_count planted defects found"

failed=0
for name in faulty english clean encodings unreadable nothing; do
  mistakes=$(mistakes_of "$name.sarif" 2>"$work/count")
  [[ -z $mistakes ]] || { echo "$mistakes" >&2 && failed=1; }
  echo "sarif: $(<"$work/count")"
done
((failed == 0)) || fail "the SARIF of check is not what it should be"
echo "sarif: clean"

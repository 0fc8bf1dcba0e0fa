#!/bin/bash
# The example of README.md is example.cc, and works against a server.
set -uo pipefail
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

fail() {
  echo "example_test: $*" >&2
  cat "$work"/* >&2
  exit 1
}

sed '1,/^```cpp$/d; /^```$/,$d' clients/cpp/README.md | diff - clients/cpp/example.cc >"$work/difference" ||
  fail "README.md shows another example"

clients/cli/crossfoot serve --listen=127.0.0.1:0 >"$work/listening" 2>"$work/log" &
server=$!
for _ in {1..300}; do
  grep -q '^listening on ' "$work/listening" && break
  sleep 0.1
done
address=$(sed -n 's/^listening on //p' "$work/listening")

# example STATUS FILE: runs it on the file.
example() {
  local status=0
  clients/cpp/example "$address" "$2" >"$work/out" 2>"$work/err" || status=$?
  [[ $status == "$1" ]] || fail "$2: exit status $status, not $1"
}
example 0 examples/clean.txt
example 1 examples/wrong_share_and_gap.txt
grep -q '^share-matches-amounts 占比与绝对额不符' "$work/out" || fail "the finding is missing"
example 2 examples/missing.txt
kill "$server"
wait "$server"
example 2 examples/clean.txt
grep -q UNAVAILABLE "$work/err" || fail "the error is missing"

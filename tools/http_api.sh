#!/bin/bash
# Holds a running server against docs/openapi.yaml: sends what the document allows, and what it does not, to every path,
# and looks at the statuses, types, headers and bodies of the responses.  The same requests each time.  First proves that
# it is alive: a defect planted in a copy of the document must be found.
#
#   tools/http_api.sh CROSSFOOT      the program; `make http-api` builds it first
#
# Needs tools/setup.sh --api.
set -euo pipefail
crossfoot=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
schemathesis=$PWD/third_party/tools/python/venv/bin/schemathesis document=$PWD/docs/openapi.yaml

fail() {
  echo "http-api: $*" >&2
  exit 1
}

# The tool keeps notes in the folder that it runs in.
work=$(mktemp -d)
server=
finish() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

cat >"$work/server.textproto" <<'CONFIG'
grpc { listen_address: "127.0.0.1:0" }
http { listen_address: "127.0.0.1:0" }
CONFIG
mkfifo "$work/out"
"$crossfoot" serve --config="$work/server.textproto" >"$work/out" 2>"$work/log" &
server=$!
exec {out}<"$work/out"
url=
while read -r -t 30 -u "$out" line; do
  [[ $line != "listening on http "* ]] || { url=http://${line#listening on http } && break; }
done
[[ -n $url ]] || { cat "$work/log" >&2 && fail "the server does not start"; }

checks=(not_a_server_error status_code_conformance content_type_conformance response_headers_conformance
  response_schema_conformance use_after_free allow_header_conformance)
# run DOCUMENT FLAG…
run() {
  (cd "$work" && IFS=, && "$schemathesis" run "$1" --url "$url" --seed 1 --generation-database none --no-color \
    --checks "${checks[*]}" "${@:2}")
}

# The document says that a pack's number of rules is a text.
sed '/^                ruleCount:/,/type: integer/s/type: integer/type: string/' "$document" >"$work/planted.yaml"
if said=$(run "$work/planted.yaml" --phases coverage --include-path /v1/rulePacks 2>&1); then
  fail "a response that is not as the document says goes unseen"
fi
[[ $said == *"Response violates schema"* ]] || fail "schemathesis cannot be run: $said"
echo "http-api: the planted defect was found"

status=0
run "$document" --phases examples,coverage,fuzzing --max-examples 50 || status=$?

kill "$server"
ended=0
wait "$server" || ended=$?
server=
((ended == 0)) || fail "the server ended with $ended: $(tail -n 3 "$work/log")"
# A response may be well-formed and tell of a defect all the same.
if grep -m 3 '"reason":"INTERNAL"' "$work/log" >&2; then fail "the server has a defect: see above"; fi
((status == 0)) || fail "the server does not do what docs/openapi.yaml says"

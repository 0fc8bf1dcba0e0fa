#!/bin/bash
# Prepares a Debian bookworm machine to build and test: installs the packages of tools/packages.txt that are missing and
# puts the google/api and google/rpc protos into third_party/googleapis/google, which git ignores.  This is the only
# script that downloads or installs anything.
#
#   tools/setup.sh [--api] [--sarif] [--browser] [--office] [--clients]
#
# The options also set up what single steps need; a build needs none of it:
#
#   --api      buf, protoc-gen-openapi and schemathesis, for `make api`, `make http-api` and `make docs`
#   --sarif    sarif-multitool, and Debian's python3-jsonschema, for `make sarif`
#   --browser  Debian's Chromium with a Chinese font, and playwright-core, which drives it, for `make html-report`
#   --office   Debian's LibreOffice (Writer and Calc) with a Chinese font, XlsxWriter and pdftotext, for `make formats`
#   --clients  what generates, builds and tests the packages of clients/, for `make clients` and `make conformance`
#
# What Debian does not have goes into folders of third_party/tools that git ignores.
#
# Runs as root, or as a user with sudo; as any user when nothing is missing, which takes a fraction of a second.  May run
# any number of times, also at once.  Exits 1, with one line that says why, when it cannot do its work.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The one place that names the version.  The wheel is checked against the hash, so any index or mirror will do.
readonly PROTOS_VERSION=1.76.0
readonly PROTOS_SHA256=59e13344a9f3651aa201a03e2bee815a3bf43a4baf1f9ff8a9b62a840ce25fac
readonly PROTOS_DIR=third_party/googleapis/google
readonly PROTOS_STAMP=$PROTOS_DIR/.version
readonly PROTOS=(api/annotations api/client api/field_behavior api/http api/launch_stage api/resource rpc/error_details
  rpc/status)

# The tools of the options are pinned by lock files with hashes: package-lock.json, go.sum, requirements.txt.  What they
# are made with may be any that is new enough; Debian's is installed where there is none.
readonly TOOLS_DIR=third_party/tools
readonly NODE_VERSION=18 NPM_VERSION=9 GO_VERSION=1.19

say() { echo "setup: $*"; }
fail() {
  echo "setup: $*" >&2
  exit 1
}

check_system() {
  local id="" codename="" name="an unknown system"
  if [[ -r /etc/os-release ]]; then
    id=$(. /etc/os-release && echo "${ID:-}")
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    name=$(. /etc/os-release && echo "${PRETTY_NAME:-$name}")
  fi
  [[ $id == debian && $codename == bookworm ]] ||
    fail "this is $name, but Crossfoot is built from the packages of Debian 12 (bookworm)." \
      "Use a Debian bookworm machine or container.  Nothing was changed."
}

# Prints the packages of the list.
listed_packages() {
  sed -E 's/#.*//; s/[[:space:]]+//g; /^$/d' tools/packages.txt
}

# Prints those of the packages $@ that are not installed.
missing_packages() {
  local -A installed=()
  local -a wanted=("$@")
  local name state
  while read -r state name; do
    [[ $state == installed ]] && installed[$name]=1
    # dpkg-query fails when it does not know some of the names; those are missing then.
  done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
  for name in "${wanted[@]}"; do
    [[ -n ${installed[$name]:-} ]] || echo "$name"
  done
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@"
}

apt_update() {
  say "updating the package lists"
  apt_get update || fail "apt-get update failed: check the network and /etc/apt."
}

# Installs those of the packages $@ that are missing.
install_packages() {
  local -a missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  local -a install=(install -y --no-install-recommends "${missing[@]}")
  ((EUID == 0)) || command -v sudo >/dev/null ||
    fail "packages are missing, and installing them needs root or sudo.  As root:" \
      "apt-get update && apt-get ${install[*]}"

  # Two set-ups at once, of whatever tree: the second waits and finds the work done.
  local lock
  exec {lock}</var/lib/dpkg
  flock "$lock"
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]})); then
    install=(install -y --no-install-recommends "${missing[@]}")
    apt-get -s -qq "${install[@]}" &>/dev/null || apt_update
    say "installing from Debian: ${missing[*]}"
    # Lists that are out of date name files that the archive no longer has.
    apt_get "${install[@]}" >/dev/null || {
      apt_update
      apt_get "${install[@]}" >/dev/null || fail "apt-get ${install[*]} failed: its messages are above."
    }
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) || fail "still missing after the installation: ${missing[*]}"
  fi
  exec {lock}<&-
}

protos_present() {
  local proto
  [[ -r $PROTOS_STAMP && $(<"$PROTOS_STAMP") == "$PROTOS_VERSION $PROTOS_SHA256" ]] || return 1
  for proto in "${PROTOS[@]}"; do
    [[ -s $PROTOS_DIR/$proto.proto ]] || return 1
  done
}

# Downloads the wheel into the folder $1 and unpacks it there.  Any pip may do it, Debian's first: each heeds the user's
# pip configuration (PIP_INDEX_URL, pip.conf), and the hash is checked by pip.
download_protos() {
  local python
  echo "googleapis-common-protos==$PROTOS_VERSION --hash=sha256:$PROTOS_SHA256" >"$1/requirements.txt"
  for python in /usr/bin/python3 python3; do
    [[ $python == /* || ! $(type -P "$python") -ef /usr/bin/python3 ]] || continue
    "$python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
      --dest "$1" --requirement "$1/requirements.txt" || continue
    "$python" -m zipfile -e "$1"/googleapis_common_protos-*.whl "$1/wheel"
    return
  done
  return 1
}

fetch_protos() {
  protos_present && return
  local lock download proto
  exec {lock}<third_party/googleapis
  flock "$lock"
  if ! protos_present; then
    say "fetching googleapis-common-protos $PROTOS_VERSION into $PROTOS_DIR"
    download=$(mktemp -d)
    # shellcheck disable=SC2064  # the name of today's folder is meant
    trap "rm -rf '$download'" EXIT
    download_protos "$download" ||
      fail "pip could not download googleapis-common-protos $PROTOS_VERSION: its messages are above." \
        "Behind a mirror, set PIP_INDEX_URL or pip.conf."
    # The stamp goes first and comes last, so that a half-written folder is never taken for a whole one.
    rm -f "$PROTOS_STAMP"
    for proto in "${PROTOS[@]}"; do
      install -D -m 644 "$download/wheel/google/$proto.proto" "$PROTOS_DIR/$proto.proto"
    done
    echo "$PROTOS_VERSION $PROTOS_SHA256" >"$PROTOS_STAMP"
    rm -rf "$download"
    trap - EXIT
  fi
  exec {lock}<&-
}

# at_least VERSION WANTED
at_least() {
  [[ -n $1 && $(printf '%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]
}

node_version() { node --version 2>/dev/null | sed -n 's/^v//p'; }
npm_version() { npm --version 2>/dev/null; }

# A Node that somebody chose is never replaced by Debian's.
need_node() {
  command -v node >/dev/null || install_packages nodejs npm
  at_least "$(node_version)" "$NODE_VERSION" ||
    fail "node $(node_version) is too old: remove it, and Debian's is installed, or install $NODE_VERSION or later."
  command -v npm >/dev/null || install_packages npm
  at_least "$(npm_version)" "$NPM_VERSION" ||
    fail "npm $(npm_version) is too old: $NPM_VERSION or later is needed."
}

# Prints the first Go that is new enough.
find_go() {
  local go
  for go in go /usr/local/go/bin/go /usr/lib/go/bin/go; do
    go=$(command -v "$go") || continue
    ! at_least "$(GOTOOLCHAIN=local "$go" version 2>/dev/null | sed -En 's/^go version go([0-9.]+).*/\1/p')" \
      "$GO_VERSION" || { echo "$go" && return; }
  done
  return 1
}

# Java 11 or later with its compiler, and Maven; any that is there.
need_java() {
  command -v javac >/dev/null || install_packages default-jdk-headless
  command -v mvn >/dev/null || install_packages maven
}

# What the packages of clients/ are made with and of, by the lock files of their languages.
fetch_clients() {
  local language
  need_node
  need_java
  find_go >/dev/null || install_packages golang-go
  PATH="$(dirname "$(find_go)"):$PATH"
  for language in go java node; do
    say "fetching what clients/$language needs"
    "clients/$language/fetch.sh" >&2 ||
      fail "clients/$language/fetch.sh failed: its messages are above." \
        "Behind a mirror, set GOPROXY, ~/.m2/settings.xml or .npmrc."
  done
}

# install_node_modules FOLDER: what the lock file in FOLDER names.  No script of a package runs.
install_node_modules() {
  need_node
  say "fetching $1/node_modules"
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null) ||
    fail "npm could not install $1/node_modules: its messages are above.  Behind a mirror, set registry in .npmrc."
}

install_sarif_multitool() {
  install_node_modules "$1"
  # Which its script, not run here, would do.
  chmod +x "$1/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
}

install_protoc_gen_openapi() {
  local go tree=$PWD
  find_go >/dev/null || install_packages golang-go
  go=$(find_go) || fail "no Go $GO_VERSION or later."
  say "building protoc-gen-openapi into $1/bin"
  (cd "$1" && CGO_ENABLED=0 GOTOOLCHAIN=local "$go" build -mod=readonly -trimpath -buildvcs=false \
    -o "$tree/$1/bin/protoc-gen-openapi" github.com/google/gnostic/cmd/protoc-gen-openapi) ||
    fail "Go could not build protoc-gen-openapi: its messages are above.  Behind a mirror, set GOPROXY."
}

# Python packages with what requirements.txt pins.
install_venv() {
  say "fetching Python packages into $1/venv"
  rm -rf "$1/venv"
  { /usr/bin/python3 -m venv "$1/venv" &&
    "$1/venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary=:all: --require-hashes \
      --requirement "$1/requirements.txt"; } ||
    fail "pip could not install $1/requirements.txt: its messages are above.  Behind a mirror, set PIP_INDEX_URL or pip.conf."
}

# set_up_tool INSTALL FOLDER RESULT LOCK…: runs INSTALL with FOLDER unless RESULT, a folder in it, was made from the very
# LOCK files.
set_up_tool() {
  local install=$1 folder=$TOOLS_DIR/$2 stamp=$TOOLS_DIR/$2/$3/.made_from wanted lock
  wanted=$(cd "$folder" && sha256sum "${@:4}")
  [[ ! -r $stamp || $(<"$stamp") != "$wanted" ]] || return 0
  exec {lock}<"$folder"
  flock "$lock"
  if [[ ! -r $stamp || $(<"$stamp") != "$wanted" ]]; then
    rm -f "$stamp"
    "$install" "$folder"
    echo "$wanted" >"$stamp"
  fi
  exec {lock}<&-
}

api=false sarif=false browser=false office=false clients=false
for option; do
  case $option in
    --api) api=true ;;
    --sarif) sarif=true ;;
    --browser) browser=true ;;
    --office) office=true ;;
    --clients) clients=true ;;
    *) fail "usage: tools/setup.sh [--api] [--sarif] [--browser] [--office] [--clients]" ;;
  esac
done
check_system
mapfile -t packages < <(listed_packages)
install_packages "${packages[@]}"
fetch_protos
if $sarif; then
  install_packages python3-jsonschema
  set_up_tool install_sarif_multitool sarif node_modules package-lock.json
fi
if $api; then
  set_up_tool install_node_modules node node_modules package-lock.json
  set_up_tool install_protoc_gen_openapi go bin go.mod go.sum
  set_up_tool install_venv python venv requirements.txt
fi
if $clients; then
  install_packages openssl # certificates of tests/conformance
  set_up_tool install_venv clients_python venv requirements.txt
  fetch_clients
fi
if $office; then
  install_packages libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk python3-xlsxwriter poppler-utils
fi
if $browser; then
  install_packages chromium fonts-noto-cjk
  set_up_tool install_node_modules browser node_modules package-lock.json
fi

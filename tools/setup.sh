#!/bin/bash
# Prepares a Debian bookworm machine to build and test: installs the packages of tools/packages.txt that are missing and
# puts the google/api and google/rpc protos into third_party/googleapis/google, which git ignores.  This is the only
# script that downloads or installs anything.
#
#   tools/setup.sh
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

# Prints the packages of the list that are not installed.
missing_packages() {
  local -A installed=()
  local -a wanted
  local name state
  mapfile -t wanted < <(sed -E 's/#.*//; s/[[:space:]]+//g; /^$/d' tools/packages.txt)
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

install_packages() {
  local -a missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  local -a install=(install -y --no-install-recommends "${missing[@]}")
  ((EUID == 0)) || command -v sudo >/dev/null ||
    fail "packages are missing, and installing them needs root or sudo.  As root:" \
      "apt-get update && apt-get ${install[*]}"

  # Two set-ups at once, of whatever tree: the second waits and finds the work done.
  local lock
  exec {lock}</var/lib/dpkg
  flock "$lock"
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]})); then
    install=(install -y --no-install-recommends "${missing[@]}")
    apt-get -s -qq "${install[@]}" &>/dev/null || apt_update
    say "installing ${#missing[@]} Debian packages: ${missing[*]}"
    # Lists that are out of date name files that the archive no longer has.
    apt_get "${install[@]}" >/dev/null || {
      apt_update
      apt_get "${install[@]}" >/dev/null || fail "apt-get ${install[*]} failed: its messages are above."
    }
    mapfile -t missing < <(missing_packages)
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

check_system
install_packages
fetch_protos

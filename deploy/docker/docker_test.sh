#!/bin/bash
# What the image is made of: the packages of all libraries of the program, or none at all; and the Dockerfile's sources.
set -uo pipefail
crossfoot=$PWD/clients/cli/crossfoot list=$PWD/deploy/docker/runtime_packages.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "docker_test: $*" >&2
  cat "$work/said" >&2
  exit 1
}

"$list" "$crossfoot" "$crossfoot"-pdf-* >"$work/packages" 2>"$work/said" || fail "no list"
# The program answers calls, and so has the libraries of gRPC; and Debian says that the packages hold all libraries.
grep -q '^libgrpc++' "$work/packages" || fail "gRPC is missing"
grep -q '^libpoppler-cpp' "$work/packages" || fail "the reader of PDF is missing"
grep -q '^libpoppler-glib' "$work/packages" || fail "the annotator of PDF is missing"
xargs dpkg -L <"$work/packages" | grep -F .so | xargs realpath -q | sort -u >"$work/files"
ldd "$crossfoot" "$crossfoot"-pdf-* | grep -oE '/[^ :]*[.]so[^ :]*' | xargs realpath | while read -r library; do
  grep -qxF "$library" "$work/files" || echo "$library"
done >"$work/said"
[[ ! -s $work/said ]] || fail "libraries of no package in the list"

# refuses WHY: the list fails with these words, on a program whose libraries are those that ./ldd prints.
refuses() {
  PATH="$work:$PATH" "$list" "$crossfoot" >"$work/packages" 2>"$work/said" && fail "a list in spite of: $1"
  grep -q "$1" "$work/said" || fail "it does not say: $1"
}
printf '#!/bin/sh\nprintf "\\tlibnone.so => not found\\n"\n' >"$work/ldd"
chmod +x "$work/ldd"
refuses 'libnone.so => not found'
printf '#!/bin/sh\nprintf "\\tlibown.so => %s (0x0)\\n"\n' "$work/libown.so" >"$work/ldd"
touch "$work/libown.so"
refuses 'libown.so is of no package'
rm "$work/ldd"
crossfoot=$list
refuses 'is not linked with shared libraries'

# What the Dockerfile copies from the tree by name is there.
sed -nE 's/^COPY ([^-].*) [^ ]+$/\1/p' deploy/docker/Dockerfile | tr ' ' '\n' | while read -r source; do
  [[ -e $source ]] || echo "$source"
done >"$work/said"
[[ ! -s $work/said ]] || fail "the Dockerfile copies what is not there"

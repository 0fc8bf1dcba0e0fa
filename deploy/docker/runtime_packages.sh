#!/bin/bash
# Prints the Debian packages of the shared libraries that programs are linked with, one a line, sorted: what they need
# besides themselves.  The image is made of them, so that no list can fall behind the programs.
#
#   deploy/docker/runtime_packages.sh PROGRAM...
#
# Exits 1, and says why, when a library is missing or is of no package.
set -euo pipefail

fail() {
  echo "runtime_packages.sh: $*" >&2
  exit 1
}

(($# > 0)) || fail "usage: runtime_packages.sh PROGRAM..."
libraries=
for program; do
  of_program=$(LC_ALL=C ldd -- "$program") || fail "$program is not linked with shared libraries"
  [[ $of_program != *"not found"* ]] ||
    fail "libraries of $program are missing:"$'\n'"$(grep 'not found' <<<"$of_program")"
  libraries+=$of_program$'\n'
done

# "libz.so.1 => /lib/… (0x…)"; the loader has no arrow; what the kernel gives has no file.
mapfile -t files < <(awk '$2 == "=>" { print $3; next } $1 ~ "^/" { print $1 }' <<<"$libraries" | xargs realpath -- | sort -u)

# Some are registered below /lib, which is a link to /usr/lib.  dpkg fails when it does not know one of the two.
declare -A owners=()
while IFS= read -r line; do
  owners[${line##*: }]=${line%%:*}
done < <(dpkg -S "${files[@]}" "${files[@]#/usr}" 2>/dev/null || true)
packages=()
for file in "${files[@]}"; do
  package=${owners[$file]:-${owners[${file#/usr}]:-}}
  [[ -n $package ]] || fail "$file is of no package"
  packages+=("$package")
done
printf '%s\n' "${packages[@]}" | sort -u

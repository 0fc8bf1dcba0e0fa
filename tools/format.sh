#!/bin/bash
# Formats our C++ sources, tracked or new, by .clang-format; with --check says which are not formatted and exits 1.
#
#   tools/format.sh [--check]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case ${1:-} in
  "" | --check) ;;
  *) echo "usage: tools/format.sh [--check]" >&2 && exit 2 ;;
esac

# A file that was deleted but not yet committed is still listed.
mapfile -t -d '' listed < <(git ls-files -z --cached --others --exclude-standard -- '*.h' '*.cc')
sources=()
for source in "${listed[@]}"; do
  [[ ! -f $source ]] || sources+=("$source")
done
if ((${#sources[@]} == 0)); then
  echo "format: git lists no C++ source here" >&2
  exit 1
fi

each_source() { printf '%s\0' "${sources[@]}" | xargs -0 -P "$(nproc)" "$@"; }
if [[ ${1:-} != --check ]]; then
  each_source -n 20 clang-format-16 -i
elif ! each_source -n 1 sh -c \
  'clang-format-16 --dry-run -Werror "$0" 2>/dev/null || { echo "format: $0 is not formatted"; exit 1; }'; then
  echo "format: run make format" >&2
  exit 1
fi
echo "format: ${#sources[@]} files"

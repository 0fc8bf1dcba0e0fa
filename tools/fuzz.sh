#!/bin/bash
# Builds the fuzz targets of tests/fuzz with libFuzzer and sanitisers, and runs each from the inputs kept in its corpus.
# Fails when one crashes, hangs or takes too much memory; the input that does it is left in .fuzz/.
#
#   tools/fuzz.sh [TARGET]...           all of them when none is named: tools/fuzz.sh html_fuzz
#
#   FUZZ_SECONDS=60                     for each target
#   FUZZ_KEEP=1                         adds inputs that widen the coverage to the corpus
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bazel=${BAZEL:-/usr/bin/bazel}
seconds=${FUZZ_SECONDS:-60}

mapfile -t targets < <("$bazel" query 'attr(tags, "\bfuzz\b", //tests/fuzz:all)' 2>/dev/null | sort)
if (($# > 0)); then targets=("${@/#///tests/fuzz:}"); fi
"$bazel" build --config=fuzz "${targets[@]}"
bin=$("$bazel" info --config=fuzz bazel-bin 2>/dev/null)
mkdir -p .fuzz

failed=()
for target in "${targets[@]}"; do
  name=${target#*:}
  corpus=tests/fuzz/corpus/$name
  found=.fuzz/found/$name
  rm -rf "$found" && mkdir -p "$found"
  echo "== $name"
  # What takes 1 s here takes a millisecond without the sanitisers.
  if ! "$bin/tests/fuzz/$name" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 -verbosity=0 -artifact_prefix=".fuzz/$name-" "$found" "$corpus"; then
    failed+=("$name")
    continue
  fi
  if [[ -n ${FUZZ_KEEP:-} ]]; then
    "$bin/tests/fuzz/$name" -set_cover_merge=1 -max_len=512 -verbosity=0 "$corpus" "$found"
  fi
done
echo "fuzz: $((${#targets[@]} - ${#failed[@]})) targets passed, ${#failed[@]} failed ${failed[*]}"
((${#failed[@]} == 0))

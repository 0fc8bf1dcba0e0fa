#!/bin/bash
# Measures the program on the annotated reports of a folder that lies outside the tree: relations (score.py), figures
# (figures.py) and number mentions (peers.py).  Says so and succeeds when the folder is not there.
#
#   tools/eval.sh CROSSFOOT SHARED      the program, the folder that holds eval/ and peers/
set -euo pipefail
crossfoot=$(realpath "$1")
if [[ ! -d $2/eval ]]; then
  echo "eval: $2/eval is not there; nothing to measure"
  exit 0
fi
cd "$2/eval"

echo "== relations"
/usr/bin/python3 -B score.py --gold dev --tool "$crossfoot check --format=jsonl"
echo "== figures"
/usr/bin/python3 -B figures.py --gold dev --tool "$crossfoot extract --format=jsonl"
echo "== mentions"
/usr/bin/python3 -B peers.py --cases ../peers --tool "$crossfoot mentions --format=jsonl"

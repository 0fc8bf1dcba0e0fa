#!/bin/bash
# Runs the cases of tests/conformance through the Python client: clients/python/conformance/runner.py has the arguments.
set -euo pipefail
folder=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
PYTHONPATH=$folder/src exec "$folder/../../third_party/tools/clients_python/venv/bin/python" \
  "$folder/conformance/runner.py" "$@"

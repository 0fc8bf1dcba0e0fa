#!/bin/bash
# Generates clients/python/src/crossfoot/v1 from proto/, checks types, runs the package's own tests and builds
# clients/python/dist/crossfoot-VERSION-py3-none-any.whl.  Needs tools/setup.sh --clients and no network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python=$PWD/third_party/tools/clients_python/venv/bin/python
package=clients/python/src/crossfoot

rm -rf "$package/v1" clients/python/{build,dist}
"$python" -m grpc_tools.protoc -Iproto -Ithird_party/googleapis --python_out=clients/python/src \
  --pyi_out=clients/python/src --grpc_python_out=clients/python/src proto/crossfoot/v1/*.proto
cp clients/service_config.json "$package/"
version=$(sed -En 's/.*kVersion\[\] = "([^"]+)";/\1/p' services/report/version.h)
echo "VERSION = \"$version\"" >"$package/_version.py"

cd clients/python
"$python" -m mypy --no-error-summary
PYTHONPATH=src:conformance "$python" -m unittest discover --start-directory tests --top-level-directory .
"$python" -m pip wheel --quiet --disable-pip-version-check --no-build-isolation --no-deps --no-index --wheel-dir dist .
rm -rf build

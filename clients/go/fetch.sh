#!/bin/bash
# Fetches what clients/go/build.sh needs into Go's module cache, as go.sum and tools/go.sum pin it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
PATH=$PATH:/usr/local/go/bin:/usr/lib/go/bin # where tools/setup.sh also looks
export GOTOOLCHAIN=local
go mod download
(cd tools && go mod download)

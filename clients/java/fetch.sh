#!/bin/bash
# Fetches what clients/java/build.sh needs into Maven's local repository, by building with one test: no goal of Maven names
# all that a build downloads, protoc among it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mvn --batch-mode --quiet -Dtest=TargetTest -Dmaven.javadoc.skip=true clean package

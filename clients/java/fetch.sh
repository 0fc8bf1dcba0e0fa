#!/bin/bash
# Fetches what clients/java/build.sh needs into Maven's local repository, by building with one test: no goal of Maven names
# all that a build downloads, protoc among it.  Does nothing when pom.xml is what it was the last time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
stamp=.fetched wanted="$(sha256sum pom.xml) $HOME"
[[ ! -r $stamp || $(<"$stamp") != "$wanted" ]] || exit 0
mvn --batch-mode --quiet -Dstyle.color=never -Dtest=TargetTest -Dmaven.javadoc.skip=true clean package
echo "$wanted" >"$stamp"

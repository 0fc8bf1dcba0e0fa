#!/bin/bash
# Makes the Java client: generates the stubs from proto/, compiles, tests and packs target/crossfoot-client-VERSION.jar with
# its sources and javadoc.  Everything stays in target/, which git ignores.
#
# Wants a JDK 11 or later, Maven 3.8 or later, and what fetch.sh has fetched; uses no network itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
version=$(sed -n 's/.*kVersion\[\] = "\(.*\)";/\1/p' ../../services/report/version.h)
grep -q "^  <version>$version</version>$" pom.xml || {
  echo "clients/java: pom.xml is not of version $version" >&2
  exit 1
}
mvn --batch-mode --quiet -Dstyle.color=never --offline clean package

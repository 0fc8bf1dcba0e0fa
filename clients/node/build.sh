#!/bin/bash
# Makes the Node client: generates src/gen from proto/, compiles it for ESM (dist/esm) and CommonJS (dist/cjs), runs its
# tests and packs .build/crossfoot-VERSION.tgz.  Nothing that it makes is committed: npm ships what was compiled.
#
# Wants Node 18 or later, Debian's protoc, and what fetch.sh and tools/setup.sh have fetched; uses no network itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export PATH=$PWD/node_modules/.bin:$PATH

version=$(sed -n 's/.*kVersion\[\] = "\(.*\)";/\1/p' ../../services/report/version.h)
for file in package.json package-lock.json; do
  [[ $(node -p "require('./$file').version") == "$version" ]] || {
    echo "clients/node: $file is not of version $version: npm version --no-git-tag-version $version" >&2
    exit 1
  }
done

rm -rf src/gen dist .build
mkdir -p src/gen .build
apis=../../third_party/googleapis
# protoc-gen-es links a message to those of the files that its file imports, so these are generated too.
protoc -I../../proto -I"$apis" --es_out=src/gen --es_opt=target=ts,import_extension=js ../../proto/crossfoot/v1/*.proto \
  "$apis"/google/api/*.proto "$apis"/google/rpc/*.proto
{
  echo "// All messages and services of crossfoot.v1."
  for file in src/gen/crossfoot/v1/*_pb.ts; do echo "export * from \"./crossfoot/v1/$(basename "$file" .ts).js\";"; done
} >src/gen/v1.ts
echo "export const VERSION = \"$version\";" >src/gen/version.ts
echo "export const SERVICE_CONFIG = $(node -p "JSON.stringify(JSON.stringify(require('../service_config.json')))");" \
  >src/gen/service_config.ts

tsc -p tsconfig.json
tsc -p tsconfig.cjs.json
echo '{"type": "commonjs"}' >dist/cjs/package.json
tsc -p tsconfig.test.json
node --test --test-reporter=spec .build/test/*.test.js
npm pack --silent --pack-destination .build

#!/bin/bash
# The configuration is one that the program takes, and the unit one that systemd takes.
set -euo pipefail
# Where the output is no terminal it would go to the journal.
export SYSTEMD_LOG_TARGET=console

crossfoot=$PWD/clients/cli/crossfoot
"$crossfoot" config check deploy/server.textproto

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# systemd looks whether the programs are there.
sed "s#/usr/local/bin/crossfoot#$crossfoot#" deploy/systemd/crossfoot.service >"$work/crossfoot.service"
systemd-analyze verify "$work/crossfoot.service"

# And each would be refused with a mistake in it.
sed 's/listen_address/listens_at/' deploy/server.textproto >"$work/server.textproto"
! "$crossfoot" config check "$work/server.textproto" 2>"$work/said" || exit 1
grep -q 'server.textproto:[0-9]*:[0-9]*: ' "$work/said"
sed 's/^Type=exec/Type=sometimes/' "$work/crossfoot.service" >"$work/bad.service"
systemd-analyze verify "$work/bad.service" &>"$work/said" || true
grep -q 'sometimes' "$work/said"

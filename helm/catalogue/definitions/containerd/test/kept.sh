#!/usr/bin/env bash
set -euo pipefail
ctr images ls -q | grep -qx test.local/busybox:1

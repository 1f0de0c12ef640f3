#!/usr/bin/env bash
set -euo pipefail
test -f /var/lib/app/app/kept

#!/usr/bin/env bash
set -euo pipefail
test -f /var/lib/prometheus/node-exporter/proof.prom

#!/usr/bin/env bash
set -euo pipefail
# What another program left as a file, and what the machine says of itself.
echo 'proof_used 7' >/var/lib/prometheus/node-exporter/proof.prom
metrics=$(curl -fsS http://127.0.0.1:9100/metrics)
grep -qx 'proof_used 7' <<<"$metrics"
grep -q '^node_memory_MemTotal_bytes ' <<<"$metrics"

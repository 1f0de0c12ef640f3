#!/usr/bin/env bash
set -euo pipefail
echo 'proof_used 7' >/var/lib/prometheus/node-exporter/proof.prom
curl -fsS http://127.0.0.1:9100/metrics | grep -x 'proof_used 7'
curl -fsS http://127.0.0.1:9100/metrics | grep -q '^node_memory_MemTotal_bytes '

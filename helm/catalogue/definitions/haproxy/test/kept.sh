#!/usr/bin/env bash
set -euo pipefail
# All that a load balancer knows is its configuration.
[[ $(curl -fsS http://127.0.0.1:8404/healthz) == *OK* ]]

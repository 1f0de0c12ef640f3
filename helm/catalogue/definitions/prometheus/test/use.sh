#!/usr/bin/env bash
set -euo pipefail
# The peer's exporter is up, and a rule over it fires. PEER is the peer's address.
for _ in {1..60}; do
  up=$(curl -fsS http://127.0.0.1:9090/api/v1/query --data-urlencode "query=up{instance=\"$PEER:9100\"}")
  alerts=$(curl -fsS http://127.0.0.1:9090/api/v1/alerts)
  if [[ $up == *'"1"]'* && $alerts == *'"state":"firing"'* ]]; then exit 0; fi
  sleep 0.5
done
echo "up: $up, alerts: $alerts"
exit 1

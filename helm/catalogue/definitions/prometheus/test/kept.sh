#!/usr/bin/env bash
set -euo pipefail
# Samples from before the uninstall.
oldest=$(curl -fsS http://127.0.0.1:9090/api/v1/query --data-urlencode 'query=count_over_time(up{instance="127.0.0.1:9090"}[1h])')
started=$(systemctl show -p ActiveEnterTimestampMonotonic --value prometheus.service)
now=$(cut -d. -f1 /proc/uptime)
count=$(grep -o '"[0-9]*"\]' <<<"$oldest" | tr -d '"]')
((count > now - started / 1000000 + 2))

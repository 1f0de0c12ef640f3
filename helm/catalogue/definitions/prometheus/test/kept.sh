#!/usr/bin/env bash
set -euo pipefail
# The oldest sample is older than the process that answers: it is from before the uninstall.
query='min_over_time(timestamp(up{instance="127.0.0.1:9090"})[1h:1s])'
answer=$(curl -fsS http://127.0.0.1:9090/api/v1/query --data-urlencode "query=$query")
oldest=$(grep -oE '"[0-9]+(\.[0-9]+)?"\]' <<<"$answer" | tr -d '"]' | cut -d. -f1)
started=$(date -d "$(systemctl show -p ActiveEnterTimestamp --value prometheus.service)" +%s)
if ((oldest < started)); then exit 0; fi
echo "oldest sample at $oldest, prometheus started at $started: $answer"
exit 1

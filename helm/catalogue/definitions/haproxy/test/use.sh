#!/usr/bin/env bash
set -euo pipefail
# Two nginx answer in turn behind port 8000; one of them is stopped amid a hundred requests: none fails.
answered() {
  curl -fsS http://127.0.0.1:8404/metrics |
    awk '/^haproxy_server_http_responses_total\{proxy="web",.*code="2xx"\}/ && $2 > 0' | wc -l
}
up() { curl -fsS http://127.0.0.1:8404/metrics | grep -c '^haproxy_server_status{proxy="web",.*state="UP"} 1'; }
trap 'systemctl start nginx' EXIT
for _ in {1..50}; do
  if [[ $(up) == 2 ]]; then break; fi
  sleep 0.2
done
[[ $(up) == 2 ]]
for request in {1..100}; do
  if ((request == 30)); then systemctl stop nginx; fi
  curl -fsS -o /dev/null --max-time 10 http://127.0.0.1:8000/
done
[[ $(answered) == 2 ]]

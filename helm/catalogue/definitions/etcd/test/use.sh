#!/usr/bin/env bash
set -euo pipefail
# Put on the first member, read from the last; PEER is its address. All members are full ones.
set -a
# shellcheck source=/dev/null
. /etc/etcd/client.env
set +a
value=$RANDOM$RANDOM
[[ $(etcdctl put used "$value") == OK ]]
[[ $(etcdctl put kept yes) == OK ]]
[[ $(ETCDCTL_ENDPOINTS=https://$PEER:2379 etcdctl get --print-value-only used) == "$value" ]]
[[ $(etcdctl member list | awk -F ', ' '$2 == "started" && $6 == "false"' | wc -l) == 3 ]]
# Clients without a certificate are not let in.
if curl -fsSk "https://127.0.0.1:2379/version"; then exit 1; fi
metrics=$(curl -fsS "http://$PEER:2381/metrics")
grep -qx 'etcd_server_has_leader 1' <<<"$metrics"

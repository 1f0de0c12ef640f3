#!/usr/bin/env bash
set -euo pipefail
set -a
# shellcheck source=/dev/null
. /etc/etcd/client.env
set +a
[[ $(etcdctl get --print-value-only kept) == yes ]]

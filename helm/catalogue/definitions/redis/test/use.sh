#!/usr/bin/env bash
set -euo pipefail
# Sets on the primary, reads on the replica. PEER is the address of the replica.
export REDISCLI_AUTH
REDISCLI_AUTH=$(sed -n 's/^requirepass "\(.*\)"$/\1/p' /etc/redis/redis.conf)
value=$RANDOM$RANDOM
[[ $(redis-cli set used "$value") == OK ]]
[[ $(redis-cli get used) == "$value" ]]
[[ $(redis-cli set kept yes) == OK ]]
if [[ -n ${PEER:-} ]]; then
  for _ in {1..50}; do
    if [[ $(redis-cli -h "$PEER" get used) == "$value" ]]; then exit 0; fi
    sleep 0.1
  done
  echo "the replica $PEER does not have what was set on the primary"
  exit 1
fi

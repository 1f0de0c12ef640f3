#!/usr/bin/env bash
set -euo pipefail
export REDISCLI_AUTH
REDISCLI_AUTH=$(sed -n 's/^requirepass "\(.*\)"$/\1/p' /etc/redis/redis.conf)
[[ $(redis-cli get kept) == yes ]]

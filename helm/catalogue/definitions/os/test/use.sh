#!/usr/bin/env bash
set -euo pipefail
# The peer's name resolves, and curl trusts a page of the authority. PEER_NAME and PEER tell who the peer is.
[[ $(getent hosts "$PEER_NAME" | cut -d' ' -f1) == "$PEER" ]]
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
cp /etc/ssl/proof/leaf.pem /etc/ssl/proof/leaf.key "$work"
cd "$work"
openssl s_server -quiet -accept 127.0.0.1:4433 -cert leaf.pem -key leaf.key -www </dev/null >/dev/null 2>&1 &
server=$!
for _ in {1..20}; do
  if curl -fsS -o /dev/null --resolve proof.test:4433:127.0.0.1 https://proof.test:4433/; then exit 0; fi
  sleep 0.2
done
exit 1

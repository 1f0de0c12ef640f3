# The floor: what a careful person writes, sent over one kept connection. Idempotent like the other two.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
if ! dpkg-query -W -f '${db:Status-Status}' redis-server 2>/dev/null | grep -qx installed; then
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
  apt-get install -y -qq --no-install-recommends redis-server >/dev/null
  rm -f /usr/sbin/policy-rc.d
fi
changed=
base64 -d >/run/redis.conf.new <<<"$CONF"
if ! cmp -s /run/redis.conf.new /etc/redis/redis.conf; then
  install -o redis -g redis -m 0640 /run/redis.conf.new /etc/redis/redis.conf
  changed=yes
fi
if ! systemctl is-enabled --quiet redis-server; then systemctl enable --quiet redis-server; fi
if ! systemctl is-active --quiet redis-server; then
  systemctl start redis-server
elif [ -n "$changed" ]; then
  systemctl restart redis-server
fi
for _ in $(seq 100); do
  if redis-cli ping 2>/dev/null | grep -qx PONG; then exit 0; fi
  sleep 0.1
done
exit 1

# Back to a machine that never had the service; the downloaded packages stay, so that no mirror is measured.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
systemctl disable --quiet --now redis-server 2>/dev/null || true
apt-get purge -y -qq --autoremove redis-server redis-tools >/dev/null 2>&1
rm -rf /etc/redis /var/lib/redis /var/log/redis /var/lib/provisioning /run/provisioning
systemctl daemon-reload
systemctl reset-failed

#!/bin/sh
# Turns a root file system with the packages of this directory into a machine: what a cloud's
# image maker does, and what a container of systemd needs. Runs inside of it, once.
set -eu

# Every machine gets an identity and host keys of its own at its first boot.
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id /etc/ssh/ssh_host_*

# The seed is the only source of data; the engine has set up the network already.
cat >/etc/cloud/cloud.cfg.d/99-container.cfg <<'CLOUD'
datasource_list: [NoCloud, None]
network: {config: disabled}
manage_etc_hosts: false
locale: false
CLOUD

# The kernel refuses user namespaces to units here: with PrivateUsers they end with 217/USER.
mkdir -p /etc/systemd/system/service.d
cat >/etc/systemd/system/service.d/10-container.conf <<'UNIT'
[Service]
PrivateUsers=no
UNIT

# The computer owns clock, consoles, devices and network; asking for them only makes failed units.
for unit in getty@.service serial-getty@.service console-getty.service getty.target \
  systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service \
  systemd-networkd-wait-online.service systemd-timesyncd.service systemd-logind.service \
  dev-hugepages.mount sys-fs-fuse-connections.mount sys-kernel-config.mount sys-kernel-debug.mount \
  sys-kernel-tracing.mount e2scrub_reap.service systemd-remount-fs.service; do
  ln -sf /dev/null "/etc/systemd/system/$unit"
done
rm -f /etc/systemd/system/timers.target.wants/*.timer

# Host keys come with cloud-init, and no others than it says; without any sshd makes them itself.
mkdir -p /etc/systemd/system/ssh.service.d /root/.ssh
chmod 700 /root/.ssh
cat >/etc/systemd/system/ssh.service.d/10-keys.conf <<'UNIT'
[Service]
ExecStartPre=
ExecStartPre=/bin/sh -c 'ls /etc/ssh/ssh_host_*_key >/dev/null 2>&1 || ssh-keygen -A'
ExecStartPre=/usr/sbin/sshd -t
UNIT

rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/* /var/log/*.log /var/log/apt

# A machine that was there before the operator came. Sourced, never run.
# shellcheck shell=bash

start_existing_machine() { # NAME KEY-FILE: a container with systemd and sshd that this key opens
  rm -f "$2" "$2.pub"
  ssh-keygen -q -t ed25519 -N '' -f "$2"
  local namespace_of_cgroups=host
  if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then namespace_of_cgroups=private; fi
  run_machine "$1" "$namespace_of_cgroups" --cap-add ALL || {
    # Some engines can grant everything but this.
    docker rm -f -v "$1" >/dev/null
    run_machine "$1" "$namespace_of_cgroups" --cap-add ALL --cap-drop SYS_RESOURCE
  }
  await 90 "sshd of $1" docker exec "$1" systemctl is-active ssh
  docker exec -i "$1" sh -c 'mkdir -p /root/.ssh && cat >/root/.ssh/authorized_keys' <"$2.pub"
}

run_machine() { # NAME CGROUP-NAMESPACE MORE...
  local name=$1 namespace_of_cgroups=$2
  shift 2
  docker run -d --name "$name" --hostname "${name%-*}" "$@" --cgroupns "$namespace_of_cgroups" \
    --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined \
    -v /sys/fs/cgroup:/sys/fs/cgroup:rw --tmpfs /run --tmpfs /run/lock provisioning/machine:debian-12 >/dev/null
}

address_of_machine() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1"; }

host_key_of() { docker exec "$1" ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2; }

remove_existing_machine() { docker rm -f -v "$1" >/dev/null 2>&1 || true; }

#!/usr/bin/env bash
set -euo pipefail
# A bundle of a static busybox prints.
if ! command -v busybox >/dev/null; then
  apt-get -q update
  apt-get -q -y --no-install-recommends install busybox-static
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install -D "$(command -v busybox)" "$work/rootfs/bin/busybox"
cd "$work"
runc spec
sed -i 's/"terminal": true/"terminal": false/; s/"sh"$/"\/bin\/busybox", "echo", "a bundle ran"/' config.json
# More open files than the machine itself may have need a right that a machine in a container lacks.
sed -i '/"rlimits": \[/,/\],/d' config.json
[[ $(runc run "use-$$") == "a bundle ran" ]]

#!/usr/bin/env bash
set -euo pipefail
# Makes an image of a static busybox on the machine, since no registry is certain, imports it and runs it.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! command -v busybox >/dev/null; then
  apt-get -q update
  apt-get -q -y --no-install-recommends install busybox-static
fi
install -D "$(command -v busybox)" "$work/root/bin/busybox"
ln -s busybox "$work/root/bin/sh"
tar -C "$work/root" -cf "$work/layer.tar" .
layer=$(sha256sum <"$work/layer.tar")
printf '{"architecture":"%s","os":"linux","config":{"Cmd":["/bin/sh"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
  "$(dpkg --print-architecture)" "${layer%% *}" >"$work/config.json"
printf '[{"Config":"config.json","RepoTags":["test.local/busybox:1"],"Layers":["layer.tar"]}]' >"$work/manifest.json"
tar -C "$work" -cf "$work/image.tar" manifest.json config.json layer.tar
ctr images import "$work/image.tar"
# Into a file: ctr may lose the output of a container that ends at once.
ctr run --rm --mount "type=bind,src=$work,dst=/said,options=rbind:rw" test.local/busybox:1 "use-$$" \
  /bin/busybox sh -c 'echo "a container ran" >/said/by-itself'
[[ $(<"$work/by-itself") == "a container ran" ]]

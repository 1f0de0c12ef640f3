#!/usr/bin/env bash
set -euo pipefail
# A file, a page passed on, and TLS: the sites of the proof listen on 80, 81 and 443.
said=$RANDOM
printf '%s\n' "$said" >/var/www/html/used.txt
echo yes >/var/www/html/kept.txt
[[ $(curl -fsS http://127.0.0.1/used.txt) == "$said" ]]
[[ $(curl -fsS http://127.0.0.1:81/used.txt) == "$said" ]]
[[ $(curl -fsSk https://127.0.0.1/used.txt) == "$said" ]]

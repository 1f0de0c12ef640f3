#!/usr/bin/env bash
set -euo pipefail
# The program of the proof says 7 or 8, and whether it was given a secret.
[[ $(curl -fsS http://127.0.0.1:8000/) == [78]True ]]
[[ $(stat -c '%U %a' /etc/app/app.env) == 'root 600' ]]
[[ $(ps -o user= -p "$(systemctl show -p MainPID --value app-app.service)") == app-app ]]

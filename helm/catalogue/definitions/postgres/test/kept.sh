#!/usr/bin/env bash
set -euo pipefail
(($(runuser -u postgres -- psql --no-psqlrc -At -d app -c 'select count(*) from kept') > 0))

#!/usr/bin/env bash
set -euo pipefail
# A thousand rows by the owner of the database, over the network, with its password; dumped, dropped, restored, counted.
ask() { psql --no-psqlrc -At -h "$(hostname -I | cut -d' ' -f1)" -U app -d app -c "$1"; }
export PGPASSWORD=$PASSWORD
ask 'drop table if exists used; create table used as select generate_series(1, 1000) as n' >/dev/null
[[ $(ask 'select count(*) from used') == 1000 ]]
ask 'create table if not exists kept (n int); insert into kept values (1)' >/dev/null
dump=$(mktemp)
trap 'rm -f "$dump"' EXIT
pg_dump -h 127.0.0.1 -U app -t used app >"$dump"
ask 'drop table used' >/dev/null
psql --no-psqlrc -qAt -h 127.0.0.1 -U app -d app -f "$dump" >/dev/null
[[ $(ask 'select count(*) from used') == 1000 ]]
# Metrics tell of it, and the replica at PEER has the rows too.
metrics=$(curl -fsS http://127.0.0.1:9187/metrics)
grep -qx 'pg_up 1' <<<"$metrics"
for _ in {1..50}; do
  if [[ $(psql --no-psqlrc -At -h "$PEER" -U app -d app -c 'select count(*) from used' 2>&1) == 1000 ]]; then exit 0; fi
  sleep 0.2
done
echo "the replica at $PEER does not have the rows"
exit 1

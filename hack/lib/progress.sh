# Shows how resources become ready. Sourced, never run.
# shellcheck shell=bash disable=SC2154

table() { # NAMESPACE
  kubectl -n "$1" get workspaces,servers,taskservs --no-headers 2>/dev/null || true
}

all_ready() { # NAMESPACE COUNT: so many resources, each Ready for what its spec says now
  local ready
  ready=$(kubectl -n "$1" get workspaces,servers,taskservs -o \
    'jsonpath={range .items[*]}{.metadata.generation}{" "}{.status.observedGeneration}{" "}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' \
    2>/dev/null | awk '$1 == $2 && $3 == "True"' | wc -l)
  ((ready >= $2))
}

show_until_ready() { # NAMESPACE COUNT SECONDS
  local seen='' now lines=0 begin=$SECONDS
  until all_ready "$1" "$2"; do
    ((SECONDS - begin < $3)) || return 1
    now=$(table "$1")
    # Without a terminal each state is shown once; with one the table stays in its place.
    if [[ -t 1 ]]; then
      ((lines == 0)) || printf '\e[%dA\e[J' "$lines"
      printf '%s\n' "$now"
      lines=$(($(wc -l <<<"$now")))
    elif [[ $(without_age <<<"$now") != "$seen" ]]; then
      diff <(printf '%s\n' "$seen") <(without_age <<<"$now") | sed -n 's/^> /  /p' || true
    fi
    seen=$(without_age <<<"$now")
    sleep 1
  done
  table "$1"
}

without_age() { sed -E 's/ +[0-9dhms]+ *$//'; }

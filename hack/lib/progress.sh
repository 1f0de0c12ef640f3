# Shows how resources become ready. Sourced, never run.
# shellcheck shell=bash disable=SC2154

rows() { # NAMESPACE: kind, name, phase, generation, the one seen, Ready, message; between tabs
  kubectl -n "$1" get workspaces,servers,taskservs,clusters -o 'jsonpath={range .items[*]}{.kind}{"\t"}{.metadata.name}{"\t"}{.status.phase}{"\t"}{.metadata.generation}{"\t"}{.status.observedGeneration}{"\t"}{.status.conditions[?(@.type=="Ready")].status}{"\t"}{.status.conditions[?(@.type=="Ready")].message}{"\n"}{end}' 2>/dev/null || true
}

ready_count() { # how many, once all there are are ready for what their specs say now; until then 0
  awk -F'\t' 'NF >= 6 { all++ } $4 == $5 && $6 == "True" { n++ } END { print n == all ? n + 0 : 0 }'
}

as_table() { # WIDTH COLOUR: a line each, cut where the terminal ends
  awk -F'\t' -v width="$1" -v colour="$2" '
    NF >= 6 {
      ok = $4 == $5 && $6 == "True"
      line = sprintf("  %s %-9s %-12s %-12s %s", ok ? "+" : ".", $1, $2, $3 == "" ? "-" : $3, $7)
      line = substr(line, 1, width)
      print colour == "" ? line : (ok ? "\033[32m" : "\033[33m") line "\033[0m"
    }'
}

blockers() { rows "$1" | as_table 400 '' >&2; } # NAMESPACE: what each says of itself

width() { local cols; cols=$(tput cols 2>/dev/null) || cols=100; printf '%s\n' "$((cols - 1))"; }

show_until_ready() { # NAMESPACE COUNT SECONDS
  local before='' now drawn='' lines=0 begin=$SECONDS
  while :; do
    now=$(rows "$1")
    # With a terminal the table stays in its place; without one each change is a line.
    if [[ -t 1 ]]; then
      ((lines == 0)) || printf '\033[%dA\033[J' "$lines"
      drawn=$(as_table "$(width)" yes <<<"$now"; printf '  %s s' "$((SECONDS - begin))")
      printf '%s\n' "$drawn"
      lines=$(wc -l <<<"$drawn")
    else
      diff <(as_table 160 '' <<<"$before") <(as_table 160 '' <<<"$now") | sed -n 's/^> //p' || true
    fi
    before=$now
    (($(ready_count <<<"$now") < $2)) || return 0
    ((SECONDS - begin < $3)) || return 1
    tend_operator "$jar" "$KUBECONFIG"
    sleep 1
  done
}

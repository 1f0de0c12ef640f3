# What trials of the operator share: moments, and claims that hold or do not. Sourced, never run.
# shellcheck shell=bash disable=SC2034,SC2154
wrong=0
ready_after=1

claim() { # WHAT COMMAND...: `wrong` is 1 in the end if anything did not hold
  local what=$1
  shift
  if "$@"; then
    say "holds: $what"
  else
    say "BROKEN: $what"
    wrong=1
  fi
}

# A moment is as long as this computer needs for it: one so busy that the operator starts in 30 s makes
# no machine within 5 s either, and ten kills would all meet an operator that has only just begun.
moment() { # prints seconds: 0.2 to 5.1 where the operator starts within 5 s
  local tenths=$((RANDOM % 50 + 2)) slow=$((ready_after / 5 + 1))
  ((slow <= 8)) || slow=8
  printf '%d.%d\n' $((tenths * slow / 10)) $((tenths * slow % 10))
}

tables() { kubectl -n "$1" get clusters,servers,taskservs >&2; } # NAMESPACE

cluster_settled() { # NAMESPACE NAME SECONDS: ready for what its spec says now
  local end=$((SECONDS + $3)) state
  until
    state=$(kubectl -n "$1" get cluster "$2" -o 'jsonpath={.metadata.generation} {.status.observedGeneration} {.status.conditions[?(@.type=="Ready")].status} {.status.conditions[?(@.type=="Reconciling")].status}')
    [[ $state =~ ^([0-9]+)\ ([0-9]+)\ True\ (False)?$ && ${BASH_REMATCH[1]} == "${BASH_REMATCH[2]}" ]]
  do
    if ((SECONDS >= end)); then
      say "cluster $2: generation, seen, Ready, Reconciling: $state"
      tables "$1"
      return 1
    fi
    sleep 1
  done
}

cluster_deleted() { # NAMESPACE NAME: to nothing
  if ! command kubectl -n "$1" delete cluster "$2" --timeout=600s; then
    tables "$1"
    return 1
  fi
  [[ -z $(kubectl -n "$1" get servers,taskservs -l "provisioning.dev/cluster=$2" -o name) ]] &&
    [[ -z $(docker ps -a --filter "label=provisioning.dev/operator=$(operator_id)" --format '{{.Label "provisioning.dev/server"}}' | grep "^$2-") ]]
}

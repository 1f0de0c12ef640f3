# What a cluster needs before the operator starts, and what the operator left on this computer. Sourced, never run.
# shellcheck shell=bash disable=SC2154
operator_namespace=provisioning-system

# Nothing here waits for ever for an API server or an engine that does not answer.
kubectl() { command kubectl --request-timeout=30s "$@"; }
docker() { limited 60 docker "$@"; }

install_kinds_and_catalogue() {
  say "installing kinds and catalogue"
  kubectl apply --server-side --force-conflicts -f "$root/crds" >/dev/null
  command kubectl wait --for=condition=Established --timeout=60s -f "$root/crds" >/dev/null
  kubectl get namespace "$operator_namespace" >/dev/null 2>&1 || kubectl create namespace "$operator_namespace" >/dev/null
  remember_operator
  limited 120 helm upgrade --install catalogue "$root/helm/catalogue" --namespace "$operator_namespace" >/dev/null ||
    die "helm could not install the catalogue within 120 s"
}

operator_id() { kubectl get namespace "$operator_namespace" -o 'jsonpath={.metadata.uid}'; }

remember_operator() { # a new API server makes a new operator; what an earlier one left behind goes first
  local id
  id=$(operator_id)
  [[ ! -s $operator_dir/operator-id || $(<"$operator_dir/operator-id") == "$id" ]] || remove_machines
  printf '%s\n' "$id" >"$operator_dir/operator-id"
}

machines_of_operator() { docker ps -aq --filter "label=provisioning.dev/operator=$1"; }

volumes_of_operator() { docker volume ls -q --filter "label=provisioning.dev/operator=$1"; }

remove_machines() { # all containers and volumes of that operator, and no others
  [[ ! -s $operator_dir/operator-id ]] || insist remove_machines_of "$(<"$operator_dir/operator-id")"
}

remove_machines_of() { # OPERATOR-ID: what is left of them
  local found
  found=$(machines_of_operator "$1")
  # shellcheck disable=SC2086 # a word each
  [[ -z $found ]] || docker rm -f -v $found >/dev/null || return 1
  found=$(volumes_of_operator "$1")
  # shellcheck disable=SC2086 # a word each
  [[ -z $found ]] || docker volume rm -f $found >/dev/null
}

left_behind() { # PID: what is still there of this operator and its API server, a line each
  local id=none
  [[ ! -s $operator_dir/operator-id ]] || id=$(<"$operator_dir/operator-id")
  docker ps -a --filter "label=provisioning.dev/operator=$id" --format 'container {{.Names}}'
  docker ps -a --filter "label=dev.provisioning.apiserver=$instance" --filter "label=dev.provisioning.place=$place" \
    --format 'container {{.Names}}'
  docker volume ls --filter "label=provisioning.dev/operator=$id" --format 'volume {{.Name}}'
  docker network ls --filter "label=provisioning.dev/operator=$id" --format 'network {{.Name}}'
  if [[ -n $1 && $(command_line "$1") == *"$operator_home"* ]]; then echo "process $1"; fi
}

remove_all() { # the operator, its machines, its API server; then looks whether that is true
  local pid='' left
  [[ ! -s $operator_dir/operator.pid ]] || pid=$(<"$operator_dir/operator.pid")
  stop_operator
  remove_machines
  "$root/hack/apiserver" down "$instance"
  left=$(left_behind "$pid")
  [[ -z $left ]] || die "not removed: ${left//$'\n'/, }; 'docker rm -f -v' and 'docker volume rm' remove them"
  rm -f "$operator_dir"/operator.{pid,runs} "$operator_dir/operator-id"
}

machine_of() { # SERVER: the container that is its machine
  docker ps -q --filter "label=provisioning.dev/operator=$(operator_id)" --filter "label=provisioning.dev/server=$1"
}

apply_samples() { # SAMPLE...: what a person would apply
  local sample
  for sample in "$@"; do
    say "kubectl apply -f samples/$sample"
    kubectl apply -f "$root/samples/$sample"
  done
}

resources_in_samples() { # SAMPLE...: how many become ready, beside those that Clusters make
  local sample
  for sample in "$@"; do cat "$root/samples/$sample"/*.yaml; done | grep -cE '^kind: (Workspace|Server|TaskServ|Cluster)$'
}

set_up_cluster_parts() { # prints the operator's jar; what takes long goes on beside each other
  find_maven
  "$root/hack/engine"
  "$root/hack/machine-image" &
  local image=$! plane
  ("$root/hack/control-plane" images && "$root/hack/control-plane" kubectl && "$root/hack/helm-cli") &
  plane=$!
  build_operator
  wait "$image" && wait "$plane"
}

redis_answers() { # MACHINE
  # shellcheck disable=SC2016 # the machine's shell expands it
  docker exec "$1" sh -c \
    'export REDISCLI_AUTH=$(sed -n "s/^requirepass \"*\([^\"]*\)\"*$/\1/p" /etc/redis/redis.conf); redis-cli ping' | grep -x PONG
}

page_of() { # MACHINE-THAT-ASKS ADDRESS
  docker exec "$1" curl -fsS --max-time 10 "http://$2/"
}

address_of() { # NAMESPACE SERVER: the first one there is
  kubectl -n "$1" get server "$2" -o 'jsonpath={.status.addresses[0].value}'
}

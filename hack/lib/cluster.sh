# What a cluster needs before the operator starts, and what the operator left on this computer. Sourced, never run.
# shellcheck shell=bash disable=SC2154
operator_namespace=provisioning-system

install_kinds_and_catalogue() {
  say "installing kinds and catalogue"
  kubectl apply --server-side --force-conflicts -f "$root/crds" >/dev/null
  kubectl wait --for=condition=Established --timeout=60s -f "$root/crds" >/dev/null
  kubectl get namespace "$operator_namespace" >/dev/null 2>&1 || kubectl create namespace "$operator_namespace" >/dev/null
  operator_id >"$operator_dir/operator-id"
  helm upgrade --install catalogue "$root/helm/catalogue" --namespace "$operator_namespace" >/dev/null
}

operator_id() { kubectl get namespace "$operator_namespace" -o 'jsonpath={.metadata.uid}'; }

remove_machines() { # all containers and volumes of that operator, and no others
  [[ -s $operator_dir/operator-id ]] || return 0
  local label
  label=provisioning.dev/operator=$(<"$operator_dir/operator-id")
  docker ps -aq --filter "label=$label" | xargs -r docker rm -f -v >/dev/null
  docker volume ls -q --filter "label=$label" | xargs -r docker volume rm -f >/dev/null
}

machine_of() { # SERVER: the container that is its machine
  docker ps -q --filter "label=provisioning.dev/operator=$(operator_id)" --filter "label=provisioning.dev/server=$1"
}

apply_samples() {
  say "kubectl apply -f samples/quickstart"
  kubectl apply -f "$root/samples/quickstart"
}

resources_in_samples() { cat "$root"/samples/quickstart/*.yaml | grep -cE '^kind: (Workspace|Server|TaskServ)$'; }

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

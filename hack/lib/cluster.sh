# What a cluster needs before the operator starts, and what the operator left on this computer. Sourced, never run.
# shellcheck shell=bash disable=SC2154
operator_namespace=provisioning-system

install_kinds_and_catalogue() {
  say "installing kinds and catalogue"
  kubectl apply --server-side --force-conflicts -f "$root/crds" >/dev/null
  kubectl wait --for=condition=Established --timeout=60s -f "$root/crds" >/dev/null
  kubectl get namespace "$operator_namespace" >/dev/null 2>&1 || kubectl create namespace "$operator_namespace" >/dev/null
  operator_id >"$state/operator-id"
  helm upgrade --install catalogue "$root/helm/catalogue" --namespace "$operator_namespace" >/dev/null
}

operator_id() { kubectl get namespace "$operator_namespace" -o 'jsonpath={.metadata.uid}'; }

remove_machines() { # all containers and volumes of that operator, and no others
  [[ -s $state/operator-id ]] || return 0
  local label
  label=provisioning.dev/operator=$(<"$state/operator-id")
  docker ps -aq --filter "label=$label" | xargs -r docker rm -f -v >/dev/null
  docker volume ls -q --filter "label=$label" | xargs -r docker volume rm -f >/dev/null
}

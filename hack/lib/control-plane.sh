# Which control plane, where its images and programs are. Sourced, never run.
# shellcheck shell=bash disable=SC2034,SC2154
kubernetes_version=v1.34.1
etcd_image=registry.k8s.io/etcd:3.6.4-0
apiserver_image=registry.k8s.io/kube-apiserver:$kubernetes_version
controller_manager_image=registry.k8s.io/kube-controller-manager:$kubernetes_version
control_plane_home=$cache/control-plane-$kubernetes_version
helm_version=v3.18.6
helm_home=$cache/helm-$helm_version
# A kubectl that was built here fits the server; else, and for helm, people have their own.
PATH=$control_plane_home:$PATH:$helm_home

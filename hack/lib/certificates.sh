# The keys of one API server. Sourced, never run.
# shellcheck shell=bash disable=SC2154

make_certificates() { # DIR: ca, server, admin, sa; all of them or none
  local dir=$1 new
  [[ -e $dir/admin.crt ]] && return
  need openssl openssl
  mkdir -p "$dir"
  new=$(mktemp -d)
  (
    cd "$new"
    openssl genrsa -out sa.key 2048
    openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=provisioning-ca -keyout ca.key -out ca.crt
    sign server /CN=kube-apiserver \
      'subjectAltName=DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.0.0.1'
    sign admin /O=system:masters/CN=admin 'extendedKeyUsage=clientAuth'
  ) >/dev/null 2>&1 || die "openssl could not make the keys of the API server"
  mv "$new"/* "$dir"
  rmdir "$new"
}

sign() { # NAME SUBJECT EXTENSION
  openssl req -newkey rsa:2048 -nodes -subj "$2" -keyout "$1.key" -out "$1.csr"
  printf '%s\n' "$3" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -extfile "$1.ext" -out "$1.crt"
}

write_kubeconfig() { # DIR URL
  local dir=$1
  cat <<KUBECONFIG
apiVersion: v1
kind: Config
current-context: provisioning
contexts: [{name: provisioning, context: {cluster: provisioning, user: admin, namespace: default}}]
clusters:
- name: provisioning
  cluster: {server: "$2", certificate-authority-data: $(base64 <"$dir/ca.crt" | tr -d '\n')}
users:
- name: admin
  user:
    client-certificate-data: $(base64 <"$dir/admin.crt" | tr -d '\n')
    client-key-data: $(base64 <"$dir/admin.key" | tr -d '\n')
KUBECONFIG
}

# shellcheck shell=bash
# Certificates of one installation, made once. Source after settings.sh and cluster.sh.

authority() { # NAME
  [ -e "$PKI/$1.crt" ] || {
    openssl ecparam -name prime256v1 -genkey -noout -out "$PKI/$1.key"
    openssl req -x509 -new -key "$PKI/$1.key" -subj "/CN=minicloud-$1" -days 3650 -out "$PKI/$1.crt.new" && mv "$PKI/$1.crt.new" "$PKI/$1.crt"
  }
}

certificate() { # NAME AUTHORITY SUBJECT [SUBJECT-ALT-NAMES]
  [ ! -e "$PKI/$1.crt" ] || return 0
  openssl ecparam -name prime256v1 -genkey -noout -out "$PKI/$1.key"
  openssl req -new -key "$PKI/$1.key" -subj "$3" -out "$PKI/$1.csr"
  openssl x509 -req -in "$PKI/$1.csr" -CA "$PKI/$2.crt" -CAkey "$PKI/$2.key" -CAcreateserial -days 3650 \
    -extfile <(printf 'extendedKeyUsage=serverAuth,clientAuth\n%s' "${4:+subjectAltName=$4}") -out "$PKI/$1.crt.new" 2>/dev/null
  rm -f "$PKI/$1.csr"
  mv "$PKI/$1.crt.new" "$PKI/$1.crt"
}

make_certificates() {
  local here=IP:127.0.0.1,DNS:localhost server=https://127.0.0.1:$PORT_API
  # Two authorities: who may speak to the API server may not therefore speak to its store.
  authority ca && authority etcd-ca
  certificate etcd etcd-ca /CN=etcd $here
  certificate etcd-client etcd-ca /CN=kube-apiserver
  certificate apiserver ca /CN=kube-apiserver "$here,DNS:kubernetes.default.svc,IP:10.96.0.1"
  certificate admin ca /O=system:masters/CN=admin
  certificate manager ca /CN=system:kube-controller-manager
  [ -e "$PKI/tokens.key" ] || { openssl genrsa -out "$PKI/tokens.new" 2048 2>/dev/null && mv "$PKI/tokens.new" "$PKI/tokens.key"; }
  kubeconfig "$KUBECONFIG_ADMIN" "$server" "$PKI/ca.crt" --client-certificate="$PKI/admin.crt" --client-key="$PKI/admin.key" --embed-certs
  kubeconfig "$PKI/manager.kubeconfig" "$server" "$PKI/ca.crt" --client-certificate="$PKI/manager.crt" --client-key="$PKI/manager.key" --embed-certs
}

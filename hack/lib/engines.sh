# shellcheck shell=bash
# What the operator leans on: etcd, API server, controller-manager, MinIO, libvirt. Source after units.sh and pki.sh.

# There are no nodes and so no pods here: of the controllers of Kubernetes only those that serve what is stored.
CONTROLLERS=(namespace-controller garbage-collector-controller resourcequota-controller serviceaccount-controller
  root-ca-certificate-publisher-controller clusterrole-aggregation-controller validatingadmissionpolicy-status-controller)

start_api() {
  start_unit etcd "$BIN/etcd" --name minicloud --data-dir "$MINICLOUD_HOME/etcd" --client-cert-auth --trusted-ca-file "$PKI/etcd-ca.crt" \
    --cert-file "$PKI/etcd.crt" --key-file "$PKI/etcd.key" --listen-client-urls "https://127.0.0.1:$PORT_ETCD" \
    --advertise-client-urls "https://127.0.0.1:$PORT_ETCD" --listen-peer-urls "http://127.0.0.1:$PORT_ETCD_PEER" \
    --initial-advertise-peer-urls "http://127.0.0.1:$PORT_ETCD_PEER" --initial-cluster "minicloud=http://127.0.0.1:$PORT_ETCD_PEER" \
    --auto-compaction-retention 1h --log-level warn
  start_unit kube-apiserver "$BIN/kube-apiserver" --bind-address 127.0.0.1 --secure-port "$PORT_API" --authorization-mode RBAC \
    --etcd-servers "https://127.0.0.1:$PORT_ETCD" --etcd-cafile "$PKI/etcd-ca.crt" --etcd-certfile "$PKI/etcd-client.crt" --etcd-keyfile "$PKI/etcd-client.key" \
    --client-ca-file "$PKI/ca.crt" --tls-cert-file "$PKI/apiserver.crt" --tls-private-key-file "$PKI/apiserver.key" \
    --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$PKI/tokens.key" --service-account-signing-key-file "$PKI/tokens.key" \
    --service-cluster-ip-range 10.96.0.0/24 --endpoint-reconciler-type none --profiling=false
  await 90 kube-apiserver "$LOG/kube-apiserver.log" kube get --raw /readyz
  start_unit kube-controller-manager "$BIN/kube-controller-manager" --kubeconfig "$PKI/manager.kubeconfig" --bind-address 127.0.0.1 --secure-port "$PORT_MANAGER" \
    --service-account-private-key-file "$PKI/tokens.key" --root-ca-file "$PKI/ca.crt" --use-service-account-credentials --leader-elect=false --profiling=false \
    --controllers "$(IFS=, && printf %s "${CONTROLLERS[*]}")"
}

start_s3() {
  local file=$MINICLOUD_HOME/etc/minio.env
  [ -e "$file" ] || (umask 077 && printf 'MINIO_ROOT_USER=%s\nMINIO_ROOT_PASSWORD=%s\n' "root-$(openssl rand -hex 6)" "$(openssl rand -hex 24)" >"$file")
  start_unit minio env MINIO_CONFIG_ENV_FILE="$file" MINIO_BROWSER=off MINIO_UPDATE=off "$BIN/minio" server --quiet \
    --address "127.0.0.1:$PORT_S3" --console-address "127.0.0.1:$PORT_S3_CONSOLE" "$MINICLOUD_HOME/minio"
  await 60 minio "$LOG/minio.log" curl -fsS "http://127.0.0.1:$PORT_S3/minio/health/live"
}

# libvirt's folders are compiled in: in a mount namespace of its own ours lie over them, and a system libvirtd never notices.
start_libvirt() {
  local binds='' dir dirs=(/etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt /run/libvirt)
  for dir in "${dirs[@]}"; do
    local own=$MINICLOUD_HOME/libvirt$dir
    case $dir in /run/*) own=$RUN/libvirt ;; /var/log/*) own=$LOG/libvirt ;; esac
    mkdir -p "$dir" "$own"
    binds+="mount --bind '$own' '$dir'; "
  done
  { printf 'user = "root"\ngroup = "root"\nnamespaces = []\n'; [ -d /sys/kernel/security/apparmor ] || printf 'security_driver = "none"\n'; } >"$MINICLOUD_HOME/libvirt/etc/libvirt/qemu.conf"
  printf 'auth_unix_rw = "none"\nunix_sock_rw_perms = "0700"\nunix_sock_dir = "/run/libvirt"\n' >"$MINICLOUD_HOME/libvirt/etc/libvirt/libvirtd.conf"
  # libvirtd looks up Debian's accounts before it reads its configuration, and a machine may lack them.
  if ! getent passwd libvirt-qemu >/dev/null; then
    { cat /etc/passwd; echo 'libvirt-qemu:x:64055:64055::/var/lib/libvirt:/usr/sbin/nologin'; } >"$MINICLOUD_HOME/libvirt/passwd"
    { cat /etc/group; printf 'libvirt-qemu:x:64055:\nkvm:x:64056:\nlibvirt:x:64057:\n'; } >"$MINICLOUD_HOME/libvirt/group"
    binds+="mount --bind '$MINICLOUD_HOME/libvirt/passwd' /etc/passwd; mount --bind '$MINICLOUD_HOME/libvirt/group' /etc/group; "
  fi
  start_unit virtlogd unshare --mount --propagation slave sh -c "set -e; ${binds}exec virtlogd -p /run/libvirt/minicloud-virtlogd.pid"
  await 30 virtlogd "$LOG/virtlogd.log" test -S "$RUN/libvirt/virtlogd-sock"
  start_unit libvirtd unshare --mount --propagation slave sh -c "set -e; ${binds}exec libvirtd -f /etc/libvirt/libvirtd.conf -p /run/libvirt/minicloud-libvirtd.pid"
  await 60 libvirtd "$LOG/libvirtd.log" virsh -c "$LIBVIRT_URI" version
}

# shellcheck shell=bash
# Which API server: the user's, or our own on loopback. Source after settings.sh.

# choose_cluster: KUBECONFIG decides at the first hack/up; afterwards the state folder remembers.
choose_cluster() {
  local named=${KUBECONFIG:-}
  if [ -z "$named" ] || [ "$(realpath -m "$named")" = "$(realpath -m "$KUBECONFIG_ADMIN")" ]; then return 0; fi
  [ ! -e "$PKI/ca.crt" ] || die "KUBECONFIG names the cluster of $named, and $MINICLOUD_HOME has an API server of its own" \
    "unset KUBECONFIG, or choose another folder: MINICLOUD_HOME=/var/lib/minicloud-2 hack/up"
  # Before anything is remembered of it. What is wrong with the cluster itself is told below.
  refuse_second_controller "$named"
  (umask 077 && "$BIN/kubectl" --kubeconfig "$named" config view --minify --flatten --raw >"$KUBECONFIG_ADMIN.new" 2>/dev/null) ||
    die "KUBECONFIG names $named, and that holds no current context" "kubectl config use-context, or unset KUBECONFIG"
  mv -f "$KUBECONFIG_ADMIN.new" "$KUBECONFIG_ADMIN"
  : >"$FOREIGN_MARK"
  kube auth can-i '*' '*' --all-namespaces >/dev/null 2>&1 ||
    die "the cluster of $named does not answer, or does not let this user administer it" "kubectl --kubeconfig $named auth can-i '*' '*' must say yes"
}

# On the namespace minicloud-system of a cluster: the machine that runs its controller, with the buckets, outside of it.
CONTROLLER_MACHINE=minicloud.io/controller-machine

# refuse_second_controller KUBECONFIG: a cluster has one controller, and buckets in one place. Other machines join it as hosts.
refuse_second_controller() {
  local kubectl=("$BIN/kubectl" --kubeconfig "$1") machine
  machine=$("${kubectl[@]}" get namespace minicloud-system --ignore-not-found -o "jsonpath={.metadata.annotations.${CONTROLLER_MACHINE//./\\.}}" 2>/dev/null) || return 0
  [ "$machine" != "$MINICLOUD_HOST" ] || return 0
  [ -z "$machine" ] ||
    die "the controller of the cluster of $1 runs on $machine" "hack/join makes this machine a host of it; hack/join --help"
  [ -z "$("${kubectl[@]}" get clusterrole minicloud-controller --ignore-not-found -o 'jsonpath={.metadata.annotations.meta\.helm\.sh/release-name}' 2>/dev/null)" ] ||
    die "Helm has installed minicloud into the cluster of $1, with a controller of its own" "hack/join makes this machine a host of it; hack/join --help"
}

# kubeconfig FILE SERVER AUTHORITY-FILE USER-ARG...
kubeconfig() {
  local file=$1 server=$2 authority=$3 kubectl=("$BIN/kubectl" --kubeconfig "$1.new")
  shift 3
  rm -f "$file.new"
  "${kubectl[@]}" config set-cluster minicloud --server="$server" --certificate-authority="$authority" --embed-certs >/dev/null
  "${kubectl[@]}" config set-credentials me "$@" >/dev/null
  "${kubectl[@]}" config set-context minicloud --cluster=minicloud --user=me >/dev/null
  "${kubectl[@]}" config use-context minicloud >/dev/null
  chmod 600 "$file.new"
  mv -f "$file.new" "$file"
}

# kubeconfig_of_token FILE TOKEN: for the cluster of our kubeconfig. The token goes by file, so that no process list shows it.
kubeconfig_of_token() {
  local cluster
  cluster=$("$BIN/kubectl" config view --kubeconfig "$KUBECONFIG_ADMIN" --minify --flatten --raw -o json | jq -c '.clusters[0].cluster')
  (umask 077 && jq -n --argjson cluster "$cluster" --rawfile token <(printf %s "$2") '{apiVersion: "v1", kind: "Config", "current-context": "minicloud",
    clusters: [{name: "minicloud", cluster: $cluster}], users: [{name: "me", user: {token: $token}}],
    contexts: [{name: "minicloud", context: {cluster: "minicloud", user: "me"}}]}' >"$1.new")
  mv -f "$1.new" "$1"
}

# shellcheck shell=bash
# Where an instance of minicloud lives; each can be set in the environment, so that a second one runs beside the first.

MINICLOUD_HOME=${MINICLOUD_HOME:-/var/lib/minicloud}
# What the first hack/up was told holds for every later command on the same state folder.
# shellcheck source=/dev/null
[ ! -e "$MINICLOUD_HOME/etc/settings" ] || . "$MINICLOUD_HOME/etc/settings"
MINICLOUD_PORT_BASE=${MINICLOUD_PORT_BASE:-16440}
MINICLOUD_HOST=${MINICLOUD_HOST:-$(hostname -s | tr '[:upper:]' '[:lower:]')}
MINICLOUD_REGION=${MINICLOUD_REGION:-home-1}
MINICLOUD_SERVICE_CIDR=${MINICLOUD_SERVICE_CIDR:-100.64.0.0/16}
if ! [[ $MINICLOUD_PORT_BASE =~ ^[1-9][0-9]{3,4}$ ]] || [ "$MINICLOUD_PORT_BASE" -gt 65528 ]; then
  die "MINICLOUD_PORT_BASE is $MINICLOUD_PORT_BASE, which is no number from 1000 to 65528" 'MINICLOUD_PORT_BASE=26440'
fi
PORT_ETCD=$MINICLOUD_PORT_BASE
PORT_ETCD_PEER=$((MINICLOUD_PORT_BASE + 1))
PORT_CONTROLLER=$((MINICLOUD_PORT_BASE + 2))
PORT_API=$((MINICLOUD_PORT_BASE + 3))
PORT_MANAGER=$((MINICLOUD_PORT_BASE + 4))
PORT_S3=$((MINICLOUD_PORT_BASE + 5))
PORT_S3_CONSOLE=$((MINICLOUD_PORT_BASE + 6))
PORT_OPERATOR=$((MINICLOUD_PORT_BASE + 7))
RUN=$MINICLOUD_HOME/run
LOG=$MINICLOUD_HOME/log
PKI=$MINICLOUD_HOME/pki
BIN=$MINICLOUD_HOME/bin
KUBECONFIG_ADMIN=$MINICLOUD_HOME/kubeconfig
LIBVIRT_URI="qemu+unix:///system?socket=$RUN/libvirt/libvirt-sock"
export MINICLOUD_HOME MINICLOUD_HOST MINICLOUD_REGION MINICLOUD_SERVICE_CIDR PORT_ETCD PORT_ETCD_PEER PORT_CONTROLLER PORT_API PORT_MANAGER \
  PORT_S3 PORT_S3_CONSOLE PORT_OPERATOR RUN LOG PKI BIN KUBECONFIG_ADMIN LIBVIRT_URI

# A state folder is ours when hack/up has written its settings there; nothing else is ever removed.
is_ours() { [ -e "$MINICLOUD_HOME/etc/settings" ]; }

need_settings() {
  case $MINICLOUD_HOME in /*) ;; *) die "MINICLOUD_HOME is $MINICLOUD_HOME, which is not an absolute path" "MINICLOUD_HOME=$PWD/$MINICLOUD_HOME" ;; esac
  is_ours || [ -z "$(ls -A -I lost+found "$MINICLOUD_HOME" 2>/dev/null)" ] ||
    die "MINICLOUD_HOME is $MINICLOUD_HOME, and something else is in that folder" "name a new or an empty one"
  [[ $MINICLOUD_HOST =~ ^[a-z0-9]([-a-z0-9]{0,47}[a-z0-9])?$ ]] ||
    die "the host name $MINICLOUD_HOST is not one of at most 49 lower-case letters, digits and inner dashes" "MINICLOUD_HOST=tower hack/up"
}

# The cluster: one of the user's that KUBECONFIG named at the first hack/up, else our own API server.
FOREIGN_MARK=$MINICLOUD_HOME/etc/foreign-cluster
is_foreign() { [ -e "$FOREIGN_MARK" ]; }

remember_settings() {
  # shellcheck disable=SC2016 # Expanded when the file is read.
  printf ': "${%s:=%s}"\n' MINICLOUD_PORT_BASE "$MINICLOUD_PORT_BASE" MINICLOUD_HOST "$MINICLOUD_HOST" \
    MINICLOUD_REGION "$MINICLOUD_REGION" MINICLOUD_SERVICE_CIDR "$MINICLOUD_SERVICE_CIDR" >"$MINICLOUD_HOME/etc/settings"
}

# make_home: the state folder, locked for as long as this script runs.
make_home() {
  install -d -m 711 "$MINICLOUD_HOME"
  install -d -m 700 "$MINICLOUD_HOME"/{etc,pki,etcd,minio,containers}
  install -d -m 711 "$MINICLOUD_HOME"/{bin,images,disks,libvirt,operator,run,log}
  # dnsmasq gives up its rights before it reads its leases.
  setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$MINICLOUD_HOME/run" ||
    die "the way to $MINICLOUD_HOME is closed to other accounts, and the DHCP server runs as nobody" "chmod o+x on the folders above it, or another folder: MINICLOUD_HOME=/var/lib/minicloud-2 $0"
  exec 8>"$MINICLOUD_HOME/etc/lock"
  flock -n 8 || die "another script of minicloud works on $MINICLOUD_HOME" 'wait until it has ended'
  remember_settings
}

kube() { "$BIN/kubectl" --kubeconfig "$KUBECONFIG_ADMIN" "$@"; }

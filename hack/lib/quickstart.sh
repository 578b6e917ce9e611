# shellcheck shell=bash
# The first cloud of a newcomer: an image for its guests and docs/examples/quickstart.yaml. Source after operator.sh.

# Where the examples live.
QUICKSTART=lab

# make_tiny_images: builds the tiny guest and its sister that translates addresses, puts them into the hosts' image folder and
# names their checksums in an Image each.
make_tiny_images() {
  local part
  "$REPO/hack/images/tiny/build" "$CACHE/images/tiny" >"$LOG/tiny-image.log" 2>&1 || {
    tail -n 5 "$LOG/tiny-image.log" >&2
    die 'the image of the tiny guest could not be built' "repair what the lines above complain about; whole log: $LOG/tiny-image.log"
  }
  for part in vmlinuz initramfs initramfs-nat; do
    cmp -s "$CACHE/images/tiny/$part" "$MINICLOUD_HOME/images/tiny-$part" || install -m 644 "$CACHE/images/tiny/$part" "$MINICLOUD_HOME/images/tiny-$part"
  done
  tiny_image tiny initramfs
  tiny_image tiny-nat initramfs-nat
}

# tiny_image NAME INITRAMFS: writes the Image. Its parts are named once: a rebuilt guest of other bytes needs an Image of another
# name.
tiny_image() {
  if kube -n "$QUICKSTART" get image "$1" >/dev/null 2>&1; then return 0; fi
  kube apply --server-side -f - >/dev/null <<YAML
apiVersion: ec2.minicloud.io/v1alpha1
kind: Image
metadata: {name: $1, namespace: $QUICKSTART}
spec:
  format: kernel
  kernel:
    kernel: {file: tiny-vmlinuz, sha256: $(checksum "$MINICLOUD_HOME/images/tiny-vmlinuz")}
    initramfs: {file: tiny-$2, sha256: $(checksum "$MINICLOUD_HOME/images/tiny-$2")}
    cmdline: console=ttyS0 quiet
YAML
}

checksum() { sha256sum <"$1" | cut -c1-64; }

# apply_quickstart: returns when everything in it is ready.
apply_quickstart() {
  # First, or the instances would complain for a moment that there is no image.
  make_tiny_images
  kube apply --server-side -f "$REPO/docs/examples/quickstart.yaml" >/dev/null
  kube -n "$QUICKSTART" wait --for=condition=Ready --timeout=300s vpc/main subnet/a subnet/b instance/server instance/client bucket/lab-files >/dev/null || {
    kube -n "$QUICKSTART" get vpc,subnet,image,instance,bucket -o json | jq -r '.items[] | .kind + " " + .metadata.name + ": " +
      (.status.conditions // [] | map(select(.status == "False") | .type + " " + .reason + " " + .message) | join("; "))' >&2
    die 'the quickstart did not become ready' "read the reasons above; the operator's log is in $LOG"
  }
}

# tell_quickstart: what is there, and what to try.
tell_quickstart() {
  kube -n "$QUICKSTART" get vpc,subnet,instance,bucket
  cat <<TEXT

minicloud is up. For kubectl:

  export KUBECONFIG=$KUBECONFIG_ADMIN PATH=$BIN:\$PATH

Three things to try:

  hack/console $QUICKSTART/client
      what the guest says; it tells the word that it fetched from the other one through the VPC
  kubectl -n $QUICKSTART patch instance client --type merge -p '{"spec":{"state":"stopped"}}'
      stop a machine as on AWS; watch it with: kubectl -n $QUICKSTART get instance -w
  kubectl -n $QUICKSTART create -f docs/examples/overlap.yaml; kubectl -n $QUICKSTART describe subnet overlap
      a subnet that overlaps a sibling is not taken, and says which; kubectl -n $QUICKSTART delete subnet overlap

hack/down ends it all; hack/down --keep-data keeps disks, buckets and resources.
TEXT
}

# remove_quickstart: deletes it and waits until the operator has taken it down. The namespace last: with it goes the
# operator's right to the Secrets in it, which it needs to take a bucket down.
remove_quickstart() {
  local who="kubectl -n $QUICKSTART get vpc,subnet,instance,bucket,image tells who is in the way; hack/down again"
  if ! kube get namespace "$QUICKSTART" >/dev/null 2>&1; then return 0; fi
  kube -n "$QUICKSTART" delete --ignore-not-found --wait=false instance/server instance/client bucket/lab-files subnet/a subnet/b vpc/main image/tiny image/tiny-nat >/dev/null
  kube -n "$QUICKSTART" wait --for=delete --timeout=120s instance/server instance/client bucket/lab-files subnet/a subnet/b vpc/main image/tiny image/tiny-nat >/dev/null ||
    die 'the quickstart is not deleted yet' "$who"
  kube delete --ignore-not-found --timeout=120s -f "$REPO/docs/examples/quickstart.yaml" >/dev/null || die "the namespace $QUICKSTART is not deleted yet" "$who"
}

# shellcheck shell=bash
# Takes down what the operator made on this machine; only what is ours. Source after settings.sh and units.sh.

remove_domains() {
  local domain domains
  domains=$(virsh -c "$LIBVIRT_URI" list --all --name) || die "our libvirtd does not answer, so its machines cannot be ended" "hack/up, then hack/down again"
  while read -r domain; do
    [ -n "$domain" ] || continue
    virsh -q -c "$LIBVIRT_URI" destroy "$domain" >/dev/null 2>&1 || true
    virsh -q -c "$LIBVIRT_URI" undefine "$domain" --nvram >/dev/null || true
  done <<<"$domains"
}

# The agent's own podman: containers, store, and what of it is on the machine. None of them holds data, so they go with --keep-data too.
remove_containers() {
  local folder=$MINICLOUD_HOME/containers run mount
  [ -d "$folder/store" ] || return 0
  run=$(sed -n 's/^runroot = "\(.*\)\/run"$/\1/p' "$folder/storage.conf")
  [[ $run == /run/minicloud-* ]] || die "$folder/storage.conf does not say where podman runs" "hack/up, then hack/down again"
  sh "$folder/podman" rm --all --force --time 0 >/dev/null || die 'the containers could not be ended' "$folder/podman ps --all, end them and run this again"
  # Each is tidied up by a podman of its own that comes when it has ended, and makes anew what is taken away here.
  becomes_true 20 no_process "$folder/store" || die "a podman still tidies up in $folder/store" 'run this again'
  awk -v store="$folder/store/" 'index($5, store) == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r mount; do umount "$mount"; done
  rm -rf --one-file-system "$folder/store" "$run"
  # They empty a moment after the last process has gone.
  becomes_true 10 find /sys/fs/cgroup -depth -type d -path "*/${run##*/}*" -delete || true
}

# no_process TEXT: whether no command line has it.
no_process() { ! pgrep -f -- "$1" >/dev/null; }

# Links carry the owner tag as their alias; a namespace is ours when a link in it is.
remove_network() {
  local ids namespace pid link address
  ids=$(jq -cRn '[inputs]' "$MINICLOUD_HOME/etc/installation-ids" 2>/dev/null) || return 0
  for namespace in $(ip netns list | awk '/^mc-/ { print $1 }'); do
    ip -n "$namespace" -j link 2>/dev/null | jq -e --argjson ids "$ids" 'any(.[]; .ifalias // "" | split("/")[0] // "" | IN($ids[]))' >/dev/null || continue
    for pid in $(ip netns pids "$namespace"); do kill -TERM "$pid" 2>/dev/null || true; done
    ip netns delete "$namespace"
  done
  for link in $(ip -j link | jq -r --argjson ids "$ids" '.[] | select(.ifalias // "" | split("/")[0] // "" | IN($ids[])) | .ifname'); do
    ip link delete "$link" 2>/dev/null || true
  done
  # What internet gateways that are gone had besides: rules of their own, and answers on the machine's network (77 is our mark).
  for link in $(nft list tables ip | awk '$3 ~ /^mci/ { print $3 }'); do
    ip link show "$link" >/dev/null 2>&1 || nft delete table ip "$link"
  done
  ip -4 -j neigh show proxy | jq -r '.[] | select(.protocol == "77") | "\(.dst) \(.dev)"' | while read -r address link; do
    ip -4 -j route show "$address" | jq -e 'any(.[]; .dev | startswith("mci"))' >/dev/null || ip neigh delete proxy "$address" dev "$link"
  done
  # The rules that all internet gateways of the machine share.
  ip -j link | jq -e 'any(.[]; .ifname | startswith("mci"))' >/dev/null || nft delete table ip minicloud 2>/dev/null || true
}

# shellcheck shell=bash
# Proves the quickstart by packet and byte, the forbidden counterpart beside each. Source after quickstart.sh.

# console NAME: the terminal and the console log of a guest of the quickstart, on two lines.
console() {
  local id domain
  id=$(kube -n "$QUICKSTART" get instance "$1" -o 'jsonpath={.status.instanceId}')
  domain=$(kube -n "minicloud-host-$MINICLOUD_HOST" get hostmachine "$id" -o 'jsonpath={.status.domain}')
  virsh -c "$LIBVIRT_URI" dumpxml "$domain" |
    sed -nE "s/.*<console type='pty' tty='([^']*)'.*/1 \1/p; s/.*<log file='([^']*)'.*/2 \1/p" | sort -u | cut -c3-
}

# in_guest NAME COMMAND: what the command prints, run in the shell on the guest's console; false when it does not answer.
in_guest() {
  local terminal log mark from
  { read -r terminal && read -r log; } < <(console "$1") || return 1
  mark=$(openssl rand -hex 4)
  from=$(stat -c %s "$log")
  # Kept open: QEMU listens to the terminal only while someone has it open.
  exec 7<>"$terminal"
  # The marks are put together in the guest: the echo of what is typed does not hold them.
  # shellcheck disable=SC2016 # $x is the guest's.
  printf 'x=%s; echo "<$x:"; %s; echo ":$x>"\n' "$mark" "$2" >&7
  becomes_true 60 console_says "$log" "$from" ":$mark>" || { exec 7>&- && return 1; }
  exec 7>&-
  tail -c +$((from + 1)) "$log" | tr -d '\r' | sed -n "/^<$mark:/,/:$mark>/p" | sed "1d;\$d"
}

console_says() { tail -c +$(($2 + 1)) "$1" | grep -qF -- "$3"; }

# A command for the client's shell that asks the server for its word; nothing when there is no answer.
FETCH='printf "GET /nonce HTTP/1.0\r\n\r\n" | timeout 5 nc 10.0.1.10 8080 2>/dev/null | tail -n 1'

# fetch_from ADDRESS: the same from an address of the client; where the route is not taken, from its own, so it is answered.
fetch_from() { printf 'ip route replace 10.0.1.10 via 10.0.2.1 src %s; %s; ip route del 10.0.1.10' "$1" "$FETCH"; }

prove_network() {
  local nonce got state address vpc
  for guest in server client; do
    state=$(kube -n "$QUICKSTART" get instance $guest -o 'jsonpath={.status.state}')
    if [ "$state" != running ]; then
      say "  network: not proved, because instance $guest is $state (kubectl -n $QUICKSTART patch instance $guest --type merge -p '{\"spec\":{\"state\":\"running\"}}')"
      return 0
    fi
  done
  nonce=$(openssl rand -hex 16)
  for guest in server client; do
    await 300 "the guest $guest" "$(console $guest | tail -n 1)" has_booted "$(console $guest | tail -n 1)"
  done
  in_guest server "echo $nonce >/srv/nonce" >/dev/null || die 'the guest server does not answer on its console' "hack/console $QUICKSTART/server"
  becomes_true 30 client_receives "$nonce" ||
    die "the client did not receive the word $nonce over TCP through the VPC" "hack/console $QUICKSTART/client and $LOG/operator.log tell more"
  say "  network: $nonce went from 10.0.1.10 to the client over TCP, from one subnet to the other"
  address=$(kube -n "$QUICKSTART" get instance client -o 'jsonpath={.status.privateIpAddress}')
  [ "$(in_guest client "$(fetch_from "$address")")" = "$nonce" ] ||
    die "the client did not receive the word from its own address $address" "hack/console $QUICKSTART/client"
  got=$(in_guest client "ip addr add 10.0.2.99/32 dev eth0; $(fetch_from 10.0.2.99); ip addr del 10.0.2.99/32 dev eth0") ||
    die 'the guest client does not answer on its console' "hack/console $QUICKSTART/client"
  # The shell may tell that the request was ended; the word itself must not come.
  [[ $got != *"$nonce"* ]] || die "the client reached the server from an address that is not its own" "the rules of the VPC are not in force: $LOG/operator.log"
  # On the VPC's own wires, but no member of the group: the packet is sent, and the rules drop it. From outside there is no way.
  vpc=/run/netns/mc-$(kube -n "$QUICKSTART" get vpc main -o 'jsonpath={.status.vpcId}')
  if [[ $(nsenter --net="$vpc" curl -s --noproxy '*' --max-time 2 http://10.0.1.10:8080/nonce) == *"$nonce"* ]] ||
    [[ $(curl -s --noproxy '*' --max-time 2 http://10.0.1.10:8080/nonce) == *"$nonce"* ]]; then
    die 'the server answers someone who is no member of its security group' "the VPC is not closed: $LOG/operator.log"
  fi
  say '  network: refused from a forged address, from no member of the group, and from outside the VPC'
}

# client_receives WORD: does the client get this word from the server?
client_receives() { [ "$(in_guest client "$FETCH")" = "$1" ]; }

# has_booted LOG: the agent marks each start, and the tiny guest tells when its user data has run; later its console is quiet.
has_booted() { [ "$(grep -aoE '^minicloud: start|tiny: ready' "$1" | tail -n 1)" = 'tiny: ready' ]; }

# s3 USER:SECRET CURL-ARG...: curl signs requests by itself; the key comes from a file handle, so no process list shows it.
s3() {
  local user=$1
  shift
  curl -sS --noproxy '*' --max-time 20 -K <(printf 'user = "%s"\n' "$user") --aws-sigv4 "aws:amz:$MINICLOUD_REGION:s3" "$@"
}

prove_bucket() {
  local nonce secret key url code got version
  nonce=$(openssl rand -hex 16)
  secret=$(kube -n "$QUICKSTART" get secret "$(kube -n "$QUICKSTART" get bucket lab-files -o 'jsonpath={.status.ownerAccessKeySecretName}')" -o json | jq '.data | map_values(@base64d)')
  key=$(jq -r '.AWS_ACCESS_KEY_ID + ":" + .AWS_SECRET_ACCESS_KEY' <<<"$secret")
  url=$(jq -r .AWS_ENDPOINT_URL_S3 <<<"$secret")/lab-files/proof
  printf %s "$nonce" >"$RUN/proof"
  version=$(s3 "$key" -f -o /dev/null -w '%header{x-amz-version-id}' -T "$RUN/proof" "$url") || die 'the bucket took no object' "$LOG/minio.log"
  got=$(s3 "$key" -f "$url")
  [ "$got" = "$nonce" ] || die "the bucket gave '$got' for '$nonce'" "$LOG/minio.log"
  say "  bucket: $nonce was written and read back by curl, as version $version"
  for user in "${key%%:*}:of-someone-else" ''; do
    if [ -n "$user" ]; then code=$(s3 "$user" -o /dev/null -w '%{http_code}' "$url"); else code=$(curl -sS --noproxy '*' --max-time 20 -o /dev/null -w '%{http_code}' "$url"); fi
    [ "$code" = 403 ] || die "the bucket answered $code where 403 is due" "$LOG/minio.log"
  done
  s3 "$key" -f -X DELETE "$url?versionId=$version" >/dev/null
  say '  bucket: refused (403) without a signature, and with a wrong one'
}

# shellcheck shell=bash
# What the agent's containers are made of. Source after settings.sh.

# make_container_images: builds them, or finds them built, and puts them where the agent looks.
make_container_images() {
  local made=$CACHE/images/haproxy own=$MINICLOUD_HOME/containers/haproxy.tar
  "$REPO/hack/images/haproxy/build" "$made" >"$LOG/haproxy-image.log" 2>&1 || {
    tail -n 5 "$LOG/haproxy-image.log" >&2
    die 'the image of HAProxy could not be built' "repair what the lines above complain about, most often the network; whole log: $LOG/haproxy-image.log"
  }
  # In one step: the agent may be reading it.
  cmp -s "$made/haproxy.tar" "$own" || { cp "$made/haproxy.tar" "$own.new" && mv -f "$own.new" "$own"; }
}
